import type { Money } from '#core/money/money.ts'

/** What one piece of each SKU costs, by the SKUs' numbers in the index. */
export interface CostColumns {
  /** NaN while nobody knows. */
  minor: Float64Array
  /** Place in `currencies`. */
  currency: Uint32Array
  currencies: readonly string[]
}

export function toCostColumns(
  skus: readonly string[],
  costOf: (sku: string) => Money | undefined,
): CostColumns {
  const minor = new Float64Array(skus.length).fill(NaN)
  const currency = new Uint32Array(skus.length)
  const currencies: string[] = []
  for (const [i, sku] of skus.entries()) {
    const cost = costOf(sku)
    if (cost === undefined) continue
    let place = currencies.indexOf(cost.currency)
    if (place < 0) place = currencies.push(cost.currency) - 1
    minor[i] = cost.minor
    currency[i] = place
  }
  return { minor, currency, currencies }
}
