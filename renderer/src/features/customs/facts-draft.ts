import { splitBarcodes, type ProductFacts } from '#core/catalog/product-facts.ts'
import type { Product } from '#core/catalog/product.ts'
import { toDecimalString } from '#core/money/money.ts'
import { readTypedMoney } from '#core/money/parse-money.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** Cost, barcodes and bin while a person types them. */
export interface FactsDraft {
  cost: string
  currency: string
  barcodes: string
  bin: string
}

export function toFactsDraft(
  { cost, barcodes = [], bin = '' }: Pick<Product, 'cost' | 'barcodes' | 'bin'>,
  fallbackCurrency: string,
  locale: string,
): FactsDraft {
  const mark = new Intl.NumberFormat(locale).format(1.1).charAt(1)
  return {
    cost: cost ? toDecimalString(cost).replace('.', mark) : '',
    currency: cost?.currency ?? fallbackCurrency,
    barcodes: barcodes.join(', '),
    bin,
  }
}

/** What was typed as facts. Fails with the field at fault. */
export function fromFactsDraft(draft: FactsDraft, locale: string): Result<ProductFacts> {
  const cost = draft.cost.trim() === '' ? ok(null) : readTypedMoney(draft.cost, draft.currency, locale)
  if (!cost.ok) return err({ ...cost.error, field: 'cost' })
  return ok({ cost: cost.value, barcodes: splitBarcodes(draft.barcodes), bin: draft.bin })
}
