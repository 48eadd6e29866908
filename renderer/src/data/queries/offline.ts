import type { OrderRow } from '#core/order/order-row.ts'
import type { SafetyFacts } from '#core/sync/offline-safety.ts'
import { countRemaining, type NumberPool } from '#core/shipping/number-pool.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { isEmpty } from '#renderer/data/is-empty.ts'
import { readConnections } from '#renderer/data/queries/connections.ts'
import { readPools } from '#renderer/data/queries/desk.ts'
import { readQueueRows } from '#renderer/data/queries/order-lists.ts'
import { readNewestRates } from '#renderer/data/queries/rates.ts'
import { readOutbox } from '#renderer/data/queries/outbox.ts'
import { watch, watchAtLeisure, type Watched } from '#renderer/data/queries/watch.ts'
import type { Connection } from '#renderer/data/records.ts'
import type { CopiedReserves, OfflineDesk } from '#renderer/data/setting-records.ts'
import { loadCopiedReserves } from '#renderer/data/repos/reserves.repo.ts'
import { loadDesk, loadOffline } from '#renderer/data/repos/settings.repo.ts'

/** What safety is judged by, without the time and what the system knows. */
export type StoredSafetyFacts = Omit<SafetyFacts, 'now' | 'space'>

/** Null while the desk is not prepared for work without a line. */
export function watchOffline(db: CaravelDatabase): Watched<OfflineDesk | null> {
  return watch(() => loadOffline(db))
}

/** Pieces that this desk keeps; also while a preparation was cut off. */
export function watchReserved(db: CaravelDatabase): Watched<boolean> {
  return watch(async () => !(await isEmpty(db.reserves)))
}

/** What a file says is out of the shops, until a person has decided on it. */
export function watchCopiedReserves(db: CaravelDatabase): Watched<CopiedReserves | null> {
  return watch(() => loadCopiedReserves(db))
}

/** Hundreds of rows are read for it, and it is told in hours. */
export function watchSafetyFacts(db: CaravelDatabase): Watched<StoredSafetyFacts> {
  return watchAtLeisure(async () => {
    const [connections, pools, outbox, noReserves, open, rates] = await Promise.all([
      readConnections(db),
      readPools(db),
      readOutbox(db),
      isEmpty(db.reserves),
      readOpenRows(db),
      readNewestRates(db),
    ])
    const { homeCurrency } = await loadDesk(db)
    const needsRates = open.some(({ currency }) => currency !== homeCurrency)
    const waiting = outbox.filter(({ held }) => !held)
    return {
      shops: connections.filter(({ paused }) => !paused).map(toShop),
      shipBy: open.flatMap(({ shipBy }) => (shipBy === null ? [] : [shipBy])),
      pools: await readPoolUse(db, pools),
      unsent: waiting.length,
      oldestUnsentAt: waiting.reduce<number | null>(
        (least, { createdAt }) => Math.min(least ?? createdAt, createdAt),
        null,
      ),
      frozen: !noReserves,
      ratesOf: needsRates ? (rates?.date ?? null) : null,
    }
  })
}

function toShop({
  name,
  lastSuccessAt,
  catalogue,
  tokenExpiresAt,
}: Connection): SafetyFacts['shops'][number] {
  return {
    ...{ name, ordersAt: lastSuccessAt, accessEndsAt: tokenExpiresAt ?? null },
    ...(catalogue === undefined ? {} : { stockAt: catalogue.lastSuccessAt }),
  }
}

/** The queue is in the order of its deadlines, so the first rows are enough. */
const MOST_ORDERS = 500

async function readOpenRows(db: CaravelDatabase): Promise<OrderRow[]> {
  const rows = await Promise.all(
    (['to_ship', 'blocked', 'label_ready'] as const).map((queue) => readQueueRows(db, queue, MOST_ORDERS)),
  )
  return rows.flat()
}

const DAYS = 7
const DAY_MS = 24 * 3_600_000
const MOST_SHIPMENTS = 2000

/** Numbers given out per day, over the week before the newest one: a desk that rests for a while has not changed its ways. */
async function readPoolUse(db: CaravelDatabase, pools: readonly NumberPool[]): Promise<SafetyFacts['pools']> {
  const shipments = await db.shipments.orderBy('id').reverse().limit(MOST_SHIPMENTS).toArray()
  const newest = shipments.reduce((most, { createdAt }) => Math.max(most, createdAt), 0)
  const lately = shipments.filter(({ createdAt }) => createdAt > newest - DAYS * DAY_MS)
  const services = [...new Set(pools.map(({ service }) => service))]
  return services.map((service) => {
    const ids = new Set(pools.filter((pool) => pool.service === service).map(({ id }) => id))
    const used = lately.filter(({ poolId }) => poolId !== null && ids.has(poolId)).length
    const left = pools.filter(({ id }) => ids.has(id)).map(countRemaining)
    return { service, left: left.reduce((sum, each) => sum + each, 0), perDay: used / DAYS }
  })
}
