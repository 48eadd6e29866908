import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ConnectionId, ListingId } from '#core/shared/ids.ts'
import type { ListingRow } from '#core/listing/listing-row.ts'
import { foldText } from '#core/shared/fold-text.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { ListingSearch } from '#renderer/data/listing-index/listing-search.ts'
import { watchListingSearch } from '#renderer/data/queries/listing-search.ts'
import { saveProducts } from '#renderer/data/repos/products.repo.ts'
import { freshDatabase } from '#tests/support/test-desk.ts'

let db: CaravelDatabase
let search: ListingSearch
let changes = 0

beforeEach(async () => {
  db = await freshDatabase()
  changes = 0
  search = new ListingSearch(db, {
    breathe: () => Promise.resolve(),
    onChange: () => changes++,
    onError: (error) => {
      throw error
    },
  })
})
afterEach(() => {
  search.stop()
  db.close()
})

const SHOPS = ['shop-a', 'shop-b'] as ConnectionId[]
const rng = seededRng(7)
const pick = <T>(from: readonly T[]): T => from[Math.floor(rng() * from.length)]!

function row(n: number, title: string, more: Partial<ListingRow> = {}): ListingRow {
  return {
    ...{
      id: `l${String(n).padStart(5, '0')}` as ListingId,
      remoteId: String(n),
      connectionId: SHOPS[n % 2]!,
    },
    ...{ list: 'active', state: 'active', title, sortKey: foldText(title), sku: `SKU-${n}`, offerCount: 1 },
    ...{ locales: ['en'], price: null, stock: null, pictureUrl: '' },
    searchText: foldText(`${title} SKU-${n}`),
    ...more,
  }
}

/** Pairs of Chinese characters are anywhere, other words begin where none goes on. */
function hasPart(text: string, word: string): boolean {
  return /^[a-z\d]/.test(word) ? new RegExp(`(^|[^a-z\\d])${word}`).test(text) : text.includes(word)
}

async function found(text: string, query: Partial<Parameters<ListingSearch['find']>[0]> = {}) {
  return search.find({ list: 'all', most: 500, ...query, text })
}

async function ready(): Promise<void> {
  await found('x')
  await vi.waitFor(() => expect(changes).toBeGreaterThan(0))
}

it('answers as the rows do, of a list and a shop, by title, and no more than asked for', async () => {
  const titles = ['Ceramic mug', 'Großer Becher', '陶瓷马克杯', 'Mug ceramic blue', 'Tasse émaillée', 'MUG']
  const lists = ['active', 'hidden', 'unsent'] as const
  const rows = Array.from({ length: 1_200 }, (_, n) =>
    row(n, `${pick(titles)} ${n % 50}`, { list: pick(lists) }),
  )
  await db.listingRows.bulkPut(rows)
  rows.sort((a, b) => (a.sortKey === b.sortKey ? (a.id < b.id ? -1 : 1) : a.sortKey < b.sortKey ? -1 : 1))
  expect(await found('mug')).toBeNull()
  await ready()
  for (const text of ['mug', 'ceramic mug', 'grosser', '马克', 'emaillee 7', 'sku-17', 'nothing'])
    for (const list of ['all', 'hidden'] as const)
      for (const connectionId of [undefined, SHOPS[1]]) {
        const words = foldText(text).split(' ')
        const wanted = rows
          .filter((each) => list === 'all' || each.list === list)
          .filter((each) => connectionId === undefined || each.connectionId === connectionId)
          .filter(({ searchText }) => words.every((word) => hasPart(searchText, word)))
          .map(({ id }) => id)
        expect(await found(text, { list, connectionId, most: 5_000 }), text).toEqual(wanted)
        expect(await found(text, { list, connectionId, most: 3 }), text).toEqual(wanted.slice(0, 3))
      }
})

it('hears of what was written, moved and removed, and says that it did', async () => {
  await db.listingRows.bulkPut([row(1, 'Mug'), row(2, 'Bowl')])
  await ready()
  expect(await found('mug')).toHaveLength(1)
  const before = changes
  await db.listingRows.bulkPut([row(2, 'Mug bowl'), row(3, 'A mug')])
  await vi.waitFor(() => expect(changes).toBeGreaterThan(before))
  expect(await found('mug')).toEqual([3, 1, 2].map((n) => row(n, '').id))
  await db.listingRows.put(row(1, 'Plate', { list: 'hidden' }))
  await db.listingRows.delete(row(3, '').id)
  expect(await found('mug')).toEqual([row(2, '').id])
  expect(await found('plate', { list: 'active' })).toEqual([])
  await db.listingRows.clear()
  expect(await found('mug')).toEqual([])
})

it('finds what a barcode stands for', async () => {
  await db.listingRows.bulkPut([row(1, 'Mug'), row(2, 'Bowl')])
  const blank = { titles: {}, customs: {}, createdAt: 0, updatedAt: 0, unitGrossGrams: null }
  await saveProducts(db, [
    {
      ...blank,
      id: 'p1',
      sku: 'SKU-2',
      customs: { description: '', hs6: '', origin: '', unitNetGrams: null },
      barcodes: ['4006381333931'],
    } as never,
  ])
  await ready()
  expect(await found('4006381333931')).toEqual([row(2, '').id])
})

it('a page looks through the rows until the words are there, then asks for them', async () => {
  await db.listingRows.bulkPut([row(1, 'Mug'), row(2, 'Bowl')])
  const hearers = new Set<() => void>()
  let isReady = false
  const client = {
    find: (question: Parameters<ListingSearch['find']>[0]) =>
      isReady ? search.find(question) : Promise.resolve(null),
    onChange: (hear: () => void) => {
      hearers.add(hear)
      return () => void hearers.delete(hear)
    },
  }
  const shown: string[][] = []
  const watching = watchListingSearch(db, client, { list: 'all', text: 'mug', most: 9 }).subscribe((rows) =>
    shown.push(rows.map(({ remoteId }) => remoteId)),
  )
  await vi.waitFor(() => expect(shown).toEqual([['1']]))
  await ready()
  isReady = true
  await db.listingRows.put(row(3, 'Another mug'))
  hearers.forEach((hear) => hear())
  await vi.waitFor(() => expect(shown.at(-1)).toEqual(['3', '1']))
  watching.unsubscribe()
  expect(hearers.size).toBe(0)
})
