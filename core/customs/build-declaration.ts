import { bringValuesTogether } from '#core/customs/bring-values-together.ts'
import type {
  CustomsCategory,
  Declaration,
  DeclarationLine,
  DeclarationParticulars,
} from '#core/customs/declaration.ts'
import {
  isWeight,
  readGoods,
  refusal,
  valueField,
  type DeclarationItem,
  type DeclaredGoods,
} from '#core/customs/declared-goods.ts'
import { placeOfItem, placeOfPart, type DeclaredPlace } from '#core/customs/declared-place.ts'
import { declaredCode } from '#core/customs/hs/code.ts'
import { weighGoods } from '#core/customs/weigh-goods.ts'
import { trySumMoney, type Money } from '#core/money/money.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import type { Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

export interface DeclarationInput {
  items: readonly DeclarationItem[]
  /** Weight of the packed parcel; 0 while unknown. */
  grossGrams: number
  category: CustomsCategory
  explanation?: string
  signer: string
  /** ISO day. */
  signedOn: string
  senderTaxReference?: string
  /** Of the declaration; absent: that of the first item. */
  currency?: string | undefined
  /** Of the day, for values in other currencies; absent or null: none is converted. */
  rates?: RateSet | null | undefined
  /** What the buyer paid less than the prices of the goods. */
  discount?: Money | null | undefined
  particulars?: DeclarationParticulars | undefined
  /** ISO 3166-1 alpha-2: its own codes are declared where goods have one; absent: the codes of the goods. */
  destination?: string | undefined
}

/** What each declaration row stands for, in its order: an item, or one part of a bundle. */
export function listDeclared(items: readonly Pick<DeclarationItem, 'quantity' | 'parts'>[]): DeclaredPlace[] {
  return items.flatMap(({ quantity, parts = [] }, i) => {
    if (quantity === 0) return []
    const rows = parts.flatMap((part, n) => (part.quantity === 0 ? [] : [placeOfPart(i, n, part.sku)]))
    return rows.length === 0 ? [placeOfItem(i)] : rows
  })
}

/**
 * Makes the declaration of a parcel: one row per line, values exact in minor units and in one currency, weights in whole grams that add up. Facts
 * not known yet become blanks or 0 and are the linter's to report, so a screen can show
 * all at once. Only what no declaration can hold fails, as a list of `invalid-input` Issues with paths of the
 * items: no-lines, quantity-invalid, currency-mix (no rate is known), currency-unknown, amount-too-large, weight-invalid,
 * discount-too-large.
 */
export function buildDeclaration(input: DeclarationInput): Result<Declaration, Issue[]> {
  const issues: Issue[] = []
  const goods: DeclaredGoods[] = []
  input.items.forEach((item, i) => {
    if (item.quantity === 0) return
    const read = readGoods(item, i)
    if (read.ok) goods.push(...read.value)
    else issues.push(read.error)
  })
  if (!isWeight(input.grossGrams)) issues.push(refusal('weight-invalid', 'grossGrams'))
  if (issues.length > 0) return err(issues)
  const currency = input.currency ?? goods[0]?.value.currency
  if (currency === undefined || goods.length === 0) return err([refusal('no-lines', 'lines')])
  const together = bringValuesTogether(goods, input.discount ?? null, {
    currency,
    rates: input.rates ?? null,
  })
  if (!together.ok) return together
  const { values, ratesUsed } = together.value
  const total = trySumMoney(values, currency)
  if (!total.ok) return err([{ ...total.error, field: pathOfSum(total.error, goods) }])
  const { netGrams, grossGrams } = weighGoods(goods, input.grossGrams)
  return ok({
    category: input.category,
    explanation: input.explanation?.trim() ?? '',
    currency,
    lines: goods.map((each, row) =>
      toLine(each, values[row] ?? each.value, netGrams[row] ?? 0, input.destination ?? ''),
    ),
    grossGrams,
    total: total.value,
    signer: input.signer.trim(),
    signedOn: input.signedOn,
    senderTaxReference: input.senderTaxReference?.trim() ?? '',
    ...(input.particulars === undefined ? {} : { particulars: input.particulars }),
    ...(ratesUsed.length === 0 ? {} : { ratesUsed }),
  })
}

function toLine(
  { sku, quantity, customs }: DeclaredGoods,
  value: Money,
  netGrams: number,
  destination: string,
): DeclarationLine {
  return {
    sku,
    quantity,
    description: customs.description.trim(),
    descriptionLocal: customs.descriptionLocal.trim(),
    hs6: declaredCode(customs, destination),
    origin: customs.origin.trim().toUpperCase(),
    netGrams,
    value,
  }
}

/** The sum names its amounts by place; people look at lines. */
function pathOfSum(failure: Issue, goods: readonly DeclaredGoods[]): string {
  const each = goods[Number(failure.field)]
  return each === undefined ? 'lines' : `lines.${each.at}.${valueField(each.declared)}`
}
