import type { ItemCustoms } from '#core/catalog/product.ts'
import { tryMultiplyMoney, zeroMoney, type Money } from '#core/money/money.ts'
import { apportion } from '#core/shared/apportion.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** An order line with its effective customs facts (see merge-customs.ts). */
export interface DeclarationItem {
  sku: string
  /** Pieces in this parcel; a line of 0 pieces is left out. */
  quantity: number
  /** What the buyer paid for one piece; used when the customs facts give no value. */
  unitPrice: Money
  customs: ItemCustoms
  /** What one piece is worth by itself: what a free gift takes its share of the payment by. Null while unknown. */
  worth?: Money | null | undefined
  /** What a bundle holds; each part makes a row of its own, and they share the bundle's value. Absent: it is no bundle. */
  parts?: readonly BundlePart[] | undefined
}

export interface BundlePart {
  sku: string
  /** Pieces in one bundle. */
  quantity: number
  customs: ItemCustoms
  worth?: Money | null | undefined
}

/** Goods that make one row, before their values are brought together. */
export interface DeclaredGoods {
  /** Place of the item among all. */
  at: number
  sku: string
  quantity: number
  customs: ItemCustoms
  /** Of all pieces; as declared by the seller, or as paid. */
  value: Money
  declared: boolean
  /** Of all pieces; null while unknown. */
  worth: Money | null
  /** Whole milligrams of all pieces; 0 while unknown. */
  netMilligrams: number
}

/** Up to 10 t: more is a wrong unit. */
export function isWeight(grams: number): boolean {
  return Number.isFinite(grams) && grams >= 0 && grams <= 10_000_000
}

/** One entry per item, or per part of a bundle. Issues as those of build-declaration, with paths of the items. */
export function readGoods(item: DeclarationItem, at: number): Result<DeclaredGoods[]> {
  const whole = readPiece(item, at, item.quantity)
  if (!whole.ok || item.parts === undefined || item.parts.length === 0)
    return whole.ok ? ok([whole.value]) : whole
  const parts: DeclaredGoods[] = []
  // A part has no value of its own: it gets its share.
  const unitPrice = zeroMoney(whole.value.value.currency)
  for (const [i, part] of item.parts.entries()) {
    const customs = { ...part.customs, unitValue: null }
    const read = readPiece({ ...part, customs, unitPrice }, at, part.quantity * item.quantity)
    if (!read.ok) return err({ ...read.error, field: ofPart(read.error.field, at, i) })
    if (read.value.quantity > 0) parts.push(read.value)
  }
  return ok(shareBundle(whole.value, parts))
}

/** `lines.1.quantity` as the path of a part: `lines.1.parts.0.quantity`. */
function ofPart(field: string | undefined, at: number, part: number): string {
  const line = `lines.${at}.`
  return `${line}parts.${part}.${(field ?? line).slice(line.length)}`
}

/**
 * By what the parts are worth; by pieces where that is not known of all, or in more than one currency. What the bundle is worth by itself
 * is then shared alike.
 */
function shareBundle(bundle: DeclaredGoods, parts: readonly DeclaredGoods[]): DeclaredGoods[] {
  const [first] = parts
  if (first === undefined) return [bundle]
  const known = parts.every(
    ({ worth }) => worth !== null && worth.minor > 0 && worth.currency === first.worth?.currency,
  )
  const order = orderByWhatTheyAre(parts)
  const weights = order.map((i) => (known ? parts[i]?.worth?.minor : parts[i]?.quantity) ?? 0)
  const share = (amount: Money): Money[] => {
    const shares = apportion(amount.minor, weights)
    return parts.map((_, i) => ({ ...amount, minor: shares[order.indexOf(i)] ?? 0 }))
  }
  const values = share(bundle.value)
  const worths = known || bundle.worth === null ? null : share(bundle.worth)
  return parts.map((part, i) => ({
    ...part,
    value: values[i] ?? bundle.value,
    worth: worths?.[i] ?? part.worth,
    declared: bundle.declared,
  }))
}

/** Places in an order that depends on what goods are and not on where they came. */
export function orderByWhatTheyAre(goods: readonly DeclaredGoods[]): number[] {
  const keys = goods.map(({ sku, quantity, customs, value, worth }) =>
    JSON.stringify([sku, customs.hs6, customs.origin, customs.description, quantity, value, worth, customs]),
  )
  return goods
    .map((_, i) => i)
    .sort((a, b) => {
      const [left = '', right = ''] = [keys[a], keys[b]]
      return left < right ? -1 : left > right ? 1 : 0
    })
}

function readPiece(
  { sku, customs, unitPrice, worth }: Omit<DeclarationItem, 'quantity' | 'parts'>,
  at: number,
  quantity: number,
): Result<DeclaredGoods> {
  const path = `lines.${at}`
  if (!Number.isSafeInteger(quantity) || quantity < 0)
    return err(refusal('quantity-invalid', `${path}.quantity`))
  const value = tryMultiplyMoney(customs.unitValue ?? unitPrice, quantity)
  if (!value.ok) return err({ ...value.error, field: `${path}.${valueField(customs.unitValue !== null)}` })
  const grams = customs.unitNetGrams ?? 0
  if (!isWeight(grams * quantity)) return err(refusal('weight-invalid', `${path}.customs.unitNetGrams`))
  // A milligram at least: 0 means unknown.
  const milligrams = grams > 0 ? Math.max(1, Math.round(grams * 1000)) : 0
  const allWorth = worth ? tryMultiplyMoney(worth, quantity) : null
  return ok({
    ...{ at, sku, quantity, customs, value: value.value, declared: customs.unitValue !== null },
    worth: allWorth?.ok ? allWorth.value : null,
    netMilligrams: milligrams * quantity,
  })
}

/** The field to open for a value that is wrong. */
export function valueField(declared: boolean): 'customs.unitValue' | 'unitPrice' {
  return declared ? 'customs.unitValue' : 'unitPrice'
}

export function refusal(reason: string, field: string): Issue {
  return issue('invalid-input', { reason, field })
}
