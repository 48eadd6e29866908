import type { ItemCustoms } from '#core/catalog/product.ts'
import type { CustomsCategory, Declaration, DeclarationLine } from '#core/customs/declaration.ts'
import { tryMultiplyMoney, trySumMoney, type Money } from '#core/money/money.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { issue, type Issue } from '#core/shared/issue.ts'

/** An order line with its effective customs facts (see merge-customs.ts). */
export interface DeclarationItem {
  sku: string
  /** Pieces in this parcel; a line of 0 pieces is left out. */
  quantity: number
  /** What the buyer paid for one piece; used when the customs facts give no value. */
  unitPrice: Money
  customs: ItemCustoms
}

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
}

/**
 * Places of the items that make a declaration row, in its order; the n-th row stands for `items[result[n]]`.
 */
export function listDeclared(items: readonly Pick<DeclarationItem, 'quantity'>[]): number[] {
  return items.flatMap((item, i) => (item.quantity === 0 ? [] : [i]))
}

/**
 * Makes the declaration of a parcel: one row per line, values exact in minor units, weights rounded to whole
 * grams per row. Facts not known yet become blanks or 0 and are the linter's to report, so a screen can show
 * all at once. Only what no declaration can hold fails, as a list of `invalid-input` Issues with paths of the
 * items: no-lines, quantity-invalid, currency-mix, currency-unknown, amount-too-large, weight-invalid.
 */
export function buildDeclaration(input: DeclarationInput): Result<Declaration, Issue[]> {
  const issues: Issue[] = []
  const lines: DeclarationLine[] = []
  for (const i of listDeclared(input.items)) {
    const item = input.items[i]
    if (item === undefined) continue
    const line = buildLine(item, `lines.${i}`)
    if (line.ok) lines.push(line.value)
    else issues.push(line.error)
  }
  if (!isWeight(input.grossGrams)) issues.push(refusal('weight-invalid', 'grossGrams'))
  if (issues.length > 0) return err(issues)
  const currency = lines[0]?.value.currency
  if (currency === undefined) return err([refusal('no-lines', 'lines')])
  const total = trySumMoney(
    lines.map((line) => line.value),
    currency,
  )
  if (!total.ok) return err([{ ...total.error, field: pathOfSum(total.error, input.items) }])
  return ok({
    category: input.category,
    explanation: input.explanation?.trim() ?? '',
    currency,
    lines,
    grossGrams: Math.round(input.grossGrams),
    total: total.value,
    signer: input.signer.trim(),
    signedOn: input.signedOn,
    senderTaxReference: input.senderTaxReference?.trim() ?? '',
  })
}

function buildLine(item: DeclarationItem, path: string): Result<DeclarationLine> {
  const { customs, quantity } = item
  if (!Number.isSafeInteger(quantity) || quantity < 0)
    return err(refusal('quantity-invalid', `${path}.quantity`))
  const value = tryMultiplyMoney(customs.unitValue ?? item.unitPrice, quantity)
  const valueField = customs.unitValue === null ? 'unitPrice' : 'customs.unitValue'
  if (!value.ok) return err({ ...value.error, field: `${path}.${valueField}` })
  const netGrams = (customs.unitNetGrams ?? 0) * quantity
  if (!isWeight(netGrams)) return err(refusal('weight-invalid', `${path}.customs.unitNetGrams`))
  return ok({
    sku: item.sku,
    quantity,
    description: customs.description.trim(),
    descriptionLocal: customs.descriptionLocal.trim(),
    hs6: customs.hs6.replace(/[\s.]/g, ''),
    origin: customs.origin.trim().toUpperCase(),
    // 0 means unknown to the linter, so a feather still weighs a gram.
    netGrams: netGrams > 0 ? Math.max(1, Math.round(netGrams)) : 0,
    value: value.value,
  })
}

/** The sum names its amounts by place; people look at lines. */
function pathOfSum(failure: Issue, items: readonly DeclarationItem[]): string {
  const at = listDeclared(items)[Number(failure.field)] ?? 0
  return `lines.${at}.${items[at]?.customs.unitValue ? 'customs.unitValue' : 'unitPrice'}`
}

/** Up to 10 t: more is a wrong unit. */
function isWeight(grams: number): boolean {
  return Number.isFinite(grams) && grams >= 0 && grams <= 10_000_000
}

function refusal(reason: string, field: string): Issue {
  return issue('invalid-input', { reason, field })
}
