import type { ConnectionId } from '#core/shared/ids.ts'
import { makeId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { readJournalPage, verifyJournal } from '#renderer/data/queries/journal.ts'
import { addActivity, type NewActivity } from '#renderer/data/repos/activity.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { restoreDump, type DatabaseDump } from '#tests/repositories/dump.ts'

interface JournalPlace {
  test: (name: string, run: () => Promise<void>) => void
  withDatabase: (name: string, use: (db: CaravelDatabase) => Promise<void>) => void
  equal: (actual: unknown, expected: unknown) => void
  openDatabase: (name: string) => Promise<Result<CaravelDatabase>>
  v2: DatabaseDump
  /** Of the database that the v2 fixture is restored into. */
  name: string
}

const SHOP = '0000000000shop001' as ConnectionId
const AT = Date.UTC(2026, 10, 22, 8)
const rng = seededRng(5)
const newId = <K extends string>() => makeId<K>(AT, rng)

const entry = (n: number): NewActivity => ({
  ...{ entityKey: `order:${n % 3}`, connectionId: n % 2 ? SHOP : '', label: `A-${n}`, at: AT + n },
  ...{ what: n % 4 ? 'note-set' : 'held', values: { n }, by: n % 5 ? 'here' : 'remote' },
  changes: [{ field: 'note', from: null, to: `text ${n}` }],
})

/** The journal's part of the repository suite: the chain, its pages, and the way from v2. */
export function runJournalSuite({ test, withDatabase, equal, openDatabase, v2, name }: JournalPlace): void {
  const write = (db: CaravelDatabase, from: number, count: number) =>
    inUnit(db, { stores: ['activity'], durability: 'relaxed' }, () =>
      addActivity(
        db,
        newId,
        Array.from({ length: count }, (_, i) => entry(from + i)),
      ),
    )

  withDatabase('the journal is one chain, also when several write at once', async (db) => {
    await Promise.all([write(db, 0, 3), write(db, 3, 1), write(db, 4, 700), write(db, 704, 2)])
    equal(await verifyJournal(db), { checked: 706, broken: null })
    equal(
      (await db.activity.orderBy('seq').keys()).map(Number),
      Array.from({ length: 706 }, (_, i) => i + 1),
    )
  })

  withDatabase('an entry that was changed, taken out or cut off is found', async (db) => {
    await write(db, 0, 600)
    const at = await db.activity.where('seq').equals(551).first()
    await db.activity.update(at?.id as never, { values: { n: 1 } })
    equal((await verifyJournal(db)).broken, { seq: 551, at: AT + 550, flaw: 'altered' })
    await db.activity.delete(at?.id as never)
    equal((await verifyJournal(db)).broken, { seq: 551, at: AT + 551, flaw: 'missing' })
    await db.activity.where('seq').above(540).delete()
    equal((await verifyJournal(db)).broken, { seq: 541, at: AT + 539, flaw: 'cut-off' })
  })

  withDatabase('a unit that fails leaves no gap', async (db) => {
    await write(db, 0, 2)
    const failed = inUnit(db, { stores: ['activity'], durability: 'strict' }, async () => {
      await addActivity(db, newId, [entry(2)])
      throw new Error('stop')
    })
    await failed.catch(() => undefined)
    await write(db, 3, 1)
    equal(await verifyJournal(db), { checked: 3, broken: null })
  })

  withDatabase('pages by keyset show every entry that is wanted once, newest first', async (db) => {
    await write(db, 0, 1300)
    const filters = [
      {},
      { connectionId: SHOP },
      { entityKey: 'order:1' },
      { what: 'held', by: 'here' as const },
      { from: AT + 100, until: AT + 900, text: 'a-5' },
      { connectionId: SHOP, entityKey: 'order:2' },
    ]
    for (const filter of filters) {
      const seen: number[] = []
      let before: number | null = null
      do {
        const page: Awaited<ReturnType<typeof readJournalPage>> = await readJournalPage(db, filter, {
          before,
          limit: 90,
        })
        seen.push(...page.entries.map(({ seq }) => seq))
        before = page.next
      } while (before !== null)
      const all = await readJournalPage(db, filter, { before: null, limit: 5000 })
      equal(
        seen,
        all.entries.map(({ seq }) => seq),
      )
      equal(
        seen,
        [...new Set(seen)].sort((a, b) => b - a),
      )
      equal(seen.length > 0, true)
    }
  })

  test('a database of v2 is brought up to date, its timelines chained in their order', async () => {
    await restoreDump(name, v2)
    const opened = await openDatabase(name)
    if (!opened.ok) throw new Error(`${opened.error.code}.${opened.error.reason}`)
    const db = opened.value
    equal(db.verno, 8)
    equal(await verifyJournal(db), { checked: 1203, broken: null })
    const ids = (await db.activity.orderBy('seq').toArray()).map(({ id }) => id)
    equal(ids, [...ids].sort())
    const [first] = await db.activity
      .where('[entityKey+seq]')
      .between(['order:0', 0], ['order:z', 2])
      .toArray()
    equal([first?.label, first?.connectionId, first?.offline, first?.changes], ['A-1001', SHOP, null, []])
    equal(
      (await readJournalPage(db, { entityKey: 'order:gone' }, { before: null, limit: 9 })).entries.length,
      2,
    )
    await write(db, 0, 1)
    equal(await verifyJournal(db), { checked: 1204, broken: null })
    equal((await db.orders.count()) + (await db.quarantine.count()), 4)
    const desk = await db.settings.get('desk')
    equal(desk?.key === 'desk' ? desk.value.deskId.length : 0, 17)
    db.close()
    await new Promise((resolve) => {
      const request = indexedDB.deleteDatabase(name)
      request.onsuccess = request.onerror = request.onblocked = resolve
    })
  })
}
