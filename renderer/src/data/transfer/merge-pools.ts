import { numberOf } from '#core/shipping/shipment.ts'
import type { NumberPool } from '#core/shipping/number-pool.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'

/**
 * Ranges of numbers of two sides: of the same range the higher position counts. A range of the other side that overlaps with one here
 * only moves this one forward: half of it given out twice would be worse than numbers left over. Then every range is moved past
 * the numbers that parcels carry.
 */
export async function mergePools(db: CaravelDatabase, from: CaravelDatabase): Promise<true> {
  const others = await from.pools.toArray()
  await inUnit(db, { stores: ['pools', 'shipments'], durability: 'strict' }, () => takePools(db, others))
  return true
}

async function takePools(db: CaravelDatabase, others: readonly NumberPool[]): Promise<void> {
  for (const other of others) {
    const here = await db.pools.toArray()
    const overlapping = here.filter((pool) => overlaps(pool, other))
    if (overlapping.length === 0) await db.pools.add(other)
    for (const pool of overlapping) {
      const next = Math.max(pool.next, Math.min(other.next, pool.to + 1))
      if (next > pool.next) await db.pools.put({ ...pool, next })
    }
  }
  for (const pool of await db.pools.toArray()) {
    const highest = await highestUsed(db, pool)
    if (highest >= pool.next) await db.pools.put({ ...pool, next: highest + 1 })
  }
}

function overlaps(a: NumberPool, b: NumberPool): boolean {
  return a.indicator === b.indicator && a.country === b.country && a.from <= b.to && b.from <= a.to
}

/** Highest serial of the range that a parcel has; -1 when none has. An S10 number is two letters, eight digits, a check digit, two letters. */
async function highestUsed(
  db: CaravelDatabase,
  { indicator, country, from, to }: NumberPool,
): Promise<number> {
  const two = (serial: number): string => String(serial).padStart(8, '0')
  const last = await db.shipments
    .where('trackingNumber')
    .between(`${indicator}${two(from)}`, `${indicator}${two(to)}\uffff`, true, true)
    .filter((shipment) => numberOf(shipment).endsWith(country))
    .last()
  return last === undefined ? -1 : Number(numberOf(last).slice(2, 10))
}
