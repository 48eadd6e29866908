import 'fake-indexeddb/auto'
import Dexie from 'dexie'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { readNear } from '#renderer/data/read-near.ts'

const db = new Dexie('read-near')
db.version(1).stores({ things: 'id' })
const things = db.table<{ id: string }, string>('things')
afterAll(() => db.delete())

const idOf = (n: number) => `t${String(n).padStart(5, '0')}`

it('finds what single reads find, in the order it was asked for, whatever lies between', async () => {
  await things.bulkPut(Array.from({ length: 3_000 }, (_, n) => ({ id: idOf(n * 2) })))
  const stretch = fc
    .tuple(fc.nat(6_000), fc.nat(1_500), fc.integer({ min: 1, max: 9 }))
    .map(([from, length, step]) => Array.from({ length }, (_, i) => idOf(from + i * step)))
  await fc.assert(
    fc.asyncProperty(fc.array(stretch, { maxLength: 3 }), fc.boolean(), async (stretches, backwards) => {
      const ids = stretches.flat()
      if (backwards) ids.reverse()
      expect(await readNear(things, ids)).toEqual(await things.bulkGet(ids))
    }),
    { numRuns: 60 },
  )
})
