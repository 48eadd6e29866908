import 'fake-indexeddb/auto'
import Dexie, { liveQuery as realLiveQuery } from 'dexie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { declareVersions } from '#renderer/data/schema/migrations.ts'
import MemoryDexie, { liveQuery } from '#tests/support/memory-database/dexie.ts'
import {
  contentsOf,
  runAlone,
  runUnit,
  unitsOn,
  type Unit,
  type Work,
} from '#tests/support/memory-database/same-as-dexie.ts'

// The database in memory is only worth something while it does what Dexie over IndexedDB does, on the layout that this app has.

let made = 0

interface Pair {
  real: Dexie
  memory: Dexie
}

async function openBoth(): Promise<Pair> {
  const name = `same-${++made}`
  const real = new Dexie(name)
  const memory = new MemoryDexie(name) as unknown as Dexie
  for (const db of [real, memory]) {
    declareVersions(db)
    await db.open()
  }
  return { real, memory }
}

async function onBoth(use: (pair: Pair) => Promise<void>): Promise<void> {
  const pair = await openBoth()
  try {
    await use(pair)
  } finally {
    await pair.real.delete()
    await pair.memory.delete()
  }
}

const { tables } = await openBoth().then(({ real }) => real)
const units = unitsOn(tables)

describe('the database in memory, beside Dexie', () => {
  it('has the same stores and indexes', () =>
    onBoth(async ({ real, memory }) => {
      const formOf = (db: Dexie) =>
        db.tables
          .map(({ name, schema }) => [
            name,
            schema.primKey.src,
            ...schema.indexes.map(({ src }) => src).sort(),
          ])
          .sort()
      expect(formOf(memory)).toEqual(formOf(real))
      expect(memory.verno).toBe(real.verno)
    }))

  it('answers the same to transactions one after the other, and holds the same afterwards', () =>
    fc.assert(
      fc.asyncProperty(fc.array(units, { maxLength: 6 }), (all) =>
        onBoth(async ({ real, memory }) => {
          for (const unit of all) expect(await runUnit(memory, unit)).toEqual(await runUnit(real, unit))
          expect(await contentsOf(memory)).toEqual(await contentsOf(real))
        }),
      ),
      { numRuns: 150 },
    ))

  it('answers the same to requests without a transaction', () =>
    fc.assert(
      fc.asyncProperty(fc.array(units, { maxLength: 4 }), (all) =>
        onBoth(async ({ real, memory }) => {
          const works: Work[] = all.flatMap((unit) => unit.works)
          for (const work of works) expect(await runAlone(memory, work)).toEqual(await runAlone(real, work))
          expect(await contentsOf(memory)).toEqual(await contentsOf(real))
        }),
      ),
      { numRuns: 80 },
    ))

  it('keeps transactions apart that are begun at once', () =>
    fc.assert(
      fc.asyncProperty(fc.array(units, { minLength: 2, maxLength: 5 }), (all) =>
        onBoth(async ({ real, memory }) => {
          const runAll = (db: Dexie) => Promise.all(all.map((unit: Unit) => runUnit(db, unit)))
          expect(await runAll(memory)).toEqual(await runAll(real))
          // Dexie may still take what comes next for a part of a transaction that is over.
          const kept = await Dexie.ignoreTransaction(() =>
            real.transaction('r', real.tables, () => contentsOf(real)),
          )
          expect(await contentsOf(memory)).toEqual(kept)
        }),
      ),
      { numRuns: 60 },
    ))

  it('takes copies in, and what is done to a record that was read stays outside', () =>
    onBoth(async ({ real, memory }) => {
      for (const db of [real, memory]) {
        const row = { key: 'a', value: { list: [1] } }
        const writing = db.table('settings').put(row)
        await writing
        row.value.list.push(2)
        const read = await db.table('settings').get('a')
        // What is read from memory cannot be written to at all, what is read from Dexie is a copy.
        if (db === memory) expect(() => read.value.list.push(3)).toThrow(TypeError)
        else read.value.list.push(3)
        expect(await db.table('settings').get('a')).toEqual({ key: 'a', value: { list: [1] } })
        await expect(db.table('settings').put({ key: 'b', value: () => 1 })).rejects.toMatchObject({
          name: 'DataCloneError',
        })
      }
    }))

  it('repeats a read when what it read changes, by whatever connection, and shows the end', () =>
    onBoth(async ({ real, memory }) => {
      const seen = async (db: Dexie, live: typeof realLiveQuery): Promise<number[]> => {
        const counts: number[] = []
        const watching = live(() => db.table('outbox').count()).subscribe((count) => void counts.push(count))
        await until(() => counts.length === 1)
        await db.table('orders').put({ id: 'elsewhere' })
        await db.table('outbox').bulkPut([{ id: 'a' }, { id: 'b' }])
        await until(() => counts.at(-1) === 2)
        watching.unsubscribe()
        await db.table('outbox').clear()
        return counts
      }
      expect(await seen(memory, liveQuery as never)).toEqual(await seen(real, realLiveQuery))
    }))

  it('commits a transaction that waits for something else, and says so', () =>
    onBoth(async ({ real, memory }) => {
      for (const db of [real, memory]) {
        const early = db.transaction('rw', ['settings'], async () => {
          await db.table('settings').put({ key: 'a', value: 1 })
          await new Promise((resolve) => setTimeout(resolve, 20))
        })
        await expect(early).rejects.toMatchObject({ name: 'PrematureCommitError' })
        expect(await db.table('settings').get('a')).toEqual({ key: 'a', value: 1 })
      }
    }))

  it('tells of a commit before whoever waits for it goes on, and tells nothing of what was undone', () =>
    onBoth(async ({ real, memory }) => {
      const heardOf = async (db: Dexie, now: () => unknown, fails: boolean): Promise<string[]> => {
        const heard: string[] = []
        const unit = db.transaction('rw', ['settings'], async () => {
          await db.table('settings').put({ key: 'a', value: 1 })
          const { idbtrans } = now() as { idbtrans: EventTarget }
          idbtrans.addEventListener('complete', () => void heard.push('committed'), { capture: true })
          if (fails) throw new Error('undone')
        })
        await unit.then(
          () => heard.push('through'),
          () => heard.push('failed'),
        )
        await new Promise((resolve) => setTimeout(resolve, 5))
        return heard
      }
      for (const fails of [false, true]) {
        const seen = await heardOf(real, () => Dexie.currentTransaction, fails)
        expect(seen).toEqual(fails ? ['failed'] : ['committed', 'through'])
        expect(await heardOf(memory, () => MemoryDexie.currentTransaction, fails)).toEqual(seen)
      }
    }))

  it('refuses work once it is closed', () =>
    onBoth(async ({ real, memory }) => {
      for (const db of [real, memory]) {
        db.close()
        expect(db.isOpen()).toBe(false)
        await expect(db.table('settings').get('a')).rejects.toMatchObject({ name: 'DatabaseClosedError' })
      }
    }))
})

describe('a crash of the database in memory', () => {
  it('at any step leaves all of a transaction or none, and nobody hears of it', async () => {
    const outcomes = new Set<number>()
    for (let steps = 1; steps < 12; steps++) {
      const name = `crash-${++made}`
      const dying = new MemoryDexie(name)
      const other = new MemoryDexie(name)
      for (const db of [dying, other]) {
        declareVersions(db as unknown as Dexie)
        await db.open()
      }
      let left = steps
      dying.beat = () => (--left === 0 ? dying.crash() : undefined)
      let heard = false
      const unit = dying.transaction('rw', 'orders', 'settings', async () => {
        await dying.table('orders').put({ id: 'a' })
        await dying.table('orders').put({ id: 'b' })
        await dying.table('settings').put({ key: 'c' })
      })
      void unit.then(
        () => (heard = true),
        () => (heard = true),
      )
      // What waited for it goes on.
      await other.transaction('rw', ['orders'], async () => other.table('orders').put({ id: 'z' }))
      const rows = (await other.table('orders').count()) - 1 + (await other.table('settings').count())
      outcomes.add(rows)
      expect([0, 3]).toContain(rows)
      await new Promise((resolve) => setTimeout(resolve, 1))
      expect(heard).toBe(left > 0)
      await other.delete()
    }
    expect([...outcomes].sort()).toEqual([0, 3])
  })
})

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 10))
  await new Promise((resolve) => setTimeout(resolve, 30))
}
