import type { Table } from 'dexie'

/** Fewer than so many are asked for one by one. */
const FEW = 32
/** The first look at what lies between them, and the largest that follows. */
const FIRST_LOOK = 64
const LARGEST_LOOK = 1_000

/**
 * Records by id, in the order of `ids`; undefined for what is not there. Ids begin with a time, so that many of one list are mostly
 * neighbours: those are read in stretches, which costs the store a fraction of as many single reads. Where others lie between them, it is one
 * by one.
 */
export async function readNear<T>(
  table: Table<T, string>,
  ids: readonly string[],
): Promise<(T | undefined)[]> {
  if (ids.length < FEW) return table.bulkGet([...ids])
  const sorted = [...new Set(ids)].sort()
  const found = new Map<string, T>()
  const left = await readStretches(table, sorted, found)
  const others = left.length === 0 ? [] : await table.bulkGet(left)
  left.forEach((id, i) => {
    const record = others[i]
    if (record !== undefined) found.set(id, record)
  })
  return ids.map((id) => found.get(id))
}

/** Reads on as long as at least half of what comes is wanted; the ids that it did not get to. */
async function readStretches<T>(
  table: Table<T, string>,
  sorted: readonly string[],
  found: Map<string, T>,
): Promise<string[]> {
  const [last] = sorted.slice(-1)
  const wanted = new Set(sorted)
  const key = table.schema.primKey.keyPath as keyof T
  let [from, isNext] = [sorted[0], false]
  for (let look = FIRST_LOOK; from !== undefined && from !== last; look = LARGEST_LOOK) {
    const near = await table.where(':id').between(from, last, !isNext, true).limit(look).toArray()
    const known = found.size
    const ids = near.map((record) => String(record[key]))
    near.forEach((record, i) => wanted.has(ids[i] ?? '') && found.set(ids[i] ?? '', record))
    if (near.length < look) return []
    ;[from, isNext] = [ids.at(-1), true]
    if ((found.size - known) * 2 < near.length) return sorted.filter((id) => id > (from ?? ''))
  }
  return []
}
