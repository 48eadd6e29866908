import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { JournalEntry, JournalStore } from '#core/contracts/journal.ts'
import { pageJournal, type ReadJournalPage } from '#main/journal/journal-pages.ts'
import { createJournal, type Journal } from '#main/journal/journal.ts'

let folder: string
let journal: Journal
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'journal-pages-'))
  journal = createJournal({ folder })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const put = (store: JournalStore, id: string, seq: number): JournalEntry => ({
  ...{ kind: 'put', store, id, seq, value: { id } },
})

async function readAll(read: ReadJournalPage, productsAfter: number | null): Promise<string[]> {
  const ids: string[] = []
  for (let after: number | null = 0; after !== null;) {
    const page = await read({ after, productsAfter })
    ids.push(...page.entries.map(({ id }) => id))
    after = page.next
  }
  return ids
}

it('hands over everything once, by number, whatever the size of a page', async () => {
  await journal.append(Array.from({ length: 10 }, (_, n) => put('outbox', `o${n}`, n + 1)))
  const ids = Array.from({ length: 10 }, (_, n) => `o${n}`)
  for (const size of [1, 3, 5, 10, 11]) expect(await readAll(pageJournal(journal, size), null)).toEqual(ids)
})

it('leaves out the products of changes that the store has told, and nothing else', async () => {
  const stores: JournalStore[] = ['products', 'outbox', 'products', 'orders', 'products']
  await journal.append(stores.map((store, n) => put(store, `${store}${n}`, n + 1)))
  const read = pageJournal(journal, 2)
  expect(await readAll(read, 3)).toEqual(['outbox1', 'orders3', 'products4'])
  expect(await readAll(read, null)).toHaveLength(5)
})

it('is of the moment in which its first page was asked for', async () => {
  await journal.append([put('outbox', 'a', 1), put('outbox', 'b', 2), put('outbox', 'c', 3)])
  const read = pageJournal(journal, 2)
  const first = await read({ after: 0, productsAfter: null })
  await journal.append([{ kind: 'remove', store: 'outbox', id: 'a', seq: 4 }, put('outbox', 'd', 5)])
  const last = await read({ after: first.next ?? 0, productsAfter: null })
  expect([...first.entries, ...last.entries].map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(await readAll(read, null)).toContain('d')
})
