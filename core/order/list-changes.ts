import { maskId } from '#core/customs/tax-ids/seller-id.ts'
import { changeText, type FieldChange } from '#core/shared/field-change.ts'
import { sameJson } from '#core/shared/same-json.ts'
import type { Order } from '#core/order/order.ts'

/** One field that moved; values as they are in the record, undefined where there was none. */
export interface OrderChange {
  /** `status`, `shipTo.postcode`, `lines.0.quantity`, `lines.2` for a whole line. */
  field: string
  from: unknown
  to: unknown
}

/** Bookkeeping and what follows from other changes: not news. */
const SILENT = new Set([
  ...['updatedAt', 'remoteUpdatedAt', 'shipBy', 'promised', 'blockedDetail', 'ignored'],
  ...['service', 'labelCost', 'printedAt', 'handedOverAt', 'newsAt', 'charges'],
])

/** Told by what they add up to. */
const PARTS = /^lines\.\d+\.(discount|tax)$/

/**
 * What differs between two versions of an order, leaf by leaf; amounts of money and fulfilments count as one
 * value.
 */
export function listChanges(before: Order, after: Order): OrderChange[] {
  return compare('', before, after).filter(({ field }) => !SILENT.has(field) && !PARTS.test(field))
}

/** Follows from the fields beside it. */
const DERIVED = /^(blockedField|rawStatus)$/

/** The same as the journal keeps it: texts, without what follows from other fields. */
export function describeChanges(changes: readonly OrderChange[]): FieldChange[] {
  return changes
    .filter(({ field }) => !DERIVED.test(field))
    .map(({ field, from, to }) => ({ field, from: textOf(field, from), to: textOf(field, to) }))
}

/** Numbers of people and of tax offices: that one changed is news, what it is is not. */
const MASKED = new Set(['consigneeId', 'marketplaceTaxId'])

function textOf(field: string, value: unknown): string | null {
  if (MASKED.has(field) && typeof value === 'string') return maskId(value)
  return changeText(field === 'tags' && Array.isArray(value) ? value.join(', ') : value)
}

/** True when nothing differs but our own `updatedAt`; a key that is undefined counts as absent. */
export function isSame(before: Order, after: Order): boolean {
  return sameJson({ ...before, updatedAt: 0 }, { ...after, updatedAt: 0 })
}

function compare(field: string, from: unknown, to: unknown): OrderChange[] {
  if (Object.is(from, to)) return []
  if (!isBranch(field, from) || !isBranch(field, to)) return sameJson(from, to) ? [] : [{ field, from, to }]
  const keys = new Set([...Object.keys(from), ...Object.keys(to)])
  return [...keys].flatMap((key) => compare(field === '' ? key : `${field}.${key}`, from[key], to[key]))
}

/** Worth looking into: the order, its address, its lines and their fields. */
function isBranch(field: string, value: unknown): value is Record<string, unknown> {
  return isObject(value) && /^(|shipTo(\.latin)?|lines(\.\d+)?(\.customs)?)$/.test(field)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
