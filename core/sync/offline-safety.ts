import { ageOfRates } from '#core/money/choose-rates.ts'
import { isSpaceLow } from '#core/sync/health.ts'

/** What decides how long a desk can work without a line before something goes wrong that it cannot see. */
export interface SafetyFacts {
  now: number
  /** Shops that are in use. */
  shops: readonly ShopFacts[]
  /** Ship-by moments of orders that still have to leave. */
  shipBy: readonly number[]
  pools: readonly PoolFacts[]
  space: { used: number; quota: number } | null
  /** When the oldest change that no shop has heard of was made; null when there is none. */
  oldestUnsentAt: number | null
  unsent: number
  /** A share of the stock was taken out of the shops for this desk: nobody else sells it. */
  frozen: boolean
  /** Day of the exchange rates; null when nothing here is in another currency, or there are no rates. */
  ratesOf: string | null
}

export interface ShopFacts {
  name: string
  /** End of the last whole pull; null when there was none. */
  ordersAt: number | null
  /** The same of its listings; undefined for a shop that has none. */
  stockAt?: number | null
  /** When its access ends unless a person renews it; null when nobody has to. */
  accessEndsAt: number | null
}

export interface PoolFacts {
  service: string
  left: number
  /** Numbers given out per day lately; 0 when none were. */
  perDay: number
}

export const SAFETY_KINDS = [
  'orders-old',
  'oversell',
  'ship-by',
  'numbers-out',
  'access-ends',
  'space-low',
  'unsent',
  'rates-old',
] as const
export type SafetyKind = (typeof SAFETY_KINDS)[number]

/** From this moment on the desk may be wrong about something. */
export interface SafetyReason {
  kind: SafetyKind
  at: number
  /** The shop's or the service's name; '' when it is about neither. */
  name: string
  count: number
}

export interface OfflineSafety {
  /** The oldest of what is known of the shops; null when a shop was never pulled, or there is none. */
  dataFrom: number | null
  /** The first moment of `reasons`; null when nothing sets an end. */
  safeUntil: number | null
  /** By time. */
  reasons: SafetyReason[]
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Buyers cancel and correct addresses: after a day the orders here are no longer those of the shop. */
const ORDERS_TRUST_MS = DAY
/** Other channels sell on; without a share of its own the desk counts pieces that may be gone. */
const STOCK_TRUST_MS = 4 * HOUR
/** A buyer who hears nothing of a parcel for a day asks. */
const UNSENT_TRUST_MS = DAY

/** How long the data here is safe to work on. What is bad already has a moment that has passed. */
export function judgeOffline(facts: SafetyFacts): OfflineSafety {
  const reasons = [
    ...facts.shops.flatMap((shop) => ofShop(shop, facts)),
    ...ofDeadlines(facts),
    ...facts.pools.flatMap((pool) => ofPool(pool, facts.now)),
    ...ofDesk(facts),
  ].sort((a, b) => a.at - b.at || SAFETY_KINDS.indexOf(a.kind) - SAFETY_KINDS.indexOf(b.kind))
  const pulled = facts.shops.map(({ ordersAt }) => ordersAt)
  const known = pulled.filter((at) => at !== null)
  const dataFrom = known.length === pulled.length && known.length > 0 ? Math.min(...known) : null
  return { dataFrom, safeUntil: reasons[0]?.at ?? null, reasons }
}

function ofShop(
  { name, ordersAt, stockAt, accessEndsAt }: ShopFacts,
  { now, frozen }: SafetyFacts,
): SafetyReason[] {
  const ordersOld = ordersAt === null ? now : ordersAt + ORDERS_TRUST_MS
  const stockOld = stockAt === null ? now : (stockAt ?? 0) + STOCK_TRUST_MS
  return [
    { kind: 'orders-old', at: ordersOld, name, count: 0 },
    ...(stockAt === undefined || frozen ? [] : [{ kind: 'oversell' as const, at: stockOld, name, count: 0 }]),
    ...(accessEndsAt === null ? [] : [{ kind: 'access-ends' as const, at: accessEndsAt, name, count: 0 }]),
  ]
}

/** The shop has to hear of the next order by its deadline. Those that are late were late with a line as well. */
function ofDeadlines({ now, shipBy }: SafetyFacts): SafetyReason[] {
  const ahead = shipBy.filter((at) => at > now)
  const first = ahead.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY)
  if (ahead.length === 0) return []
  return [{ kind: 'ship-by', at: first, name: '', count: ahead.filter((at) => at < first + DAY).length }]
}

/** An empty pool that nobody used lately is of a service that is no longer used. */
function ofPool({ service, left, perDay }: PoolFacts, now: number): SafetyReason[] {
  if (perDay <= 0) return []
  return [{ kind: 'numbers-out', at: now + (left / perDay) * DAY, name: service, count: left }]
}

function ofDesk({ now, space, unsent, oldestUnsentAt, ratesOf }: SafetyFacts): SafetyReason[] {
  return [
    ...(space !== null && isSpaceLow(space)
      ? [
          {
            ...{ kind: 'space-low' as const, at: now, name: '' },
            count: Math.round((100 * space.used) / space.quota),
          },
        ]
      : []),
    ...(oldestUnsentAt === null
      ? []
      : [{ kind: 'unsent' as const, at: oldestUnsentAt + UNSENT_TRUST_MS, name: '', count: unsent }]),
    ...(ratesOf === null
      ? []
      : [{ kind: 'rates-old' as const, at: ageOfRates(ratesOf, ratesOf).safeUntil, name: '', count: 0 }]),
  ]
}
