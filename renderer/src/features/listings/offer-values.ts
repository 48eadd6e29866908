import { toDecimalString, type Money } from '#core/money/money.ts'
import { readTypedMoney } from '#core/money/parse-money.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** An amount as it is typed: without code and groups, with the decimal mark of the language. */
export function priceText(amount: Money, locale: string): string {
  const mark = new Intl.NumberFormat(locale).formatToParts(1.1).find(({ type }) => type === 'decimal')?.value
  return toDecimalString(amount).replace('.', mark ?? '.')
}

/** What was typed as a price. Issues: those of `readTypedMoney`, `invalid-input.price-invalid` below 0. */
export function readPrice(text: string, currency: string, locale: string): Result<Money> {
  const read = readTypedMoney(text, currency, locale)
  if (!read.ok) return read
  return read.value.minor < 0 ? err(issue('invalid-input', { reason: 'price-invalid' })) : read
}

/** What was typed as pieces: a number, or `+3`, `-2` against what is there. Issues: `invalid-input.stock-invalid`. */
export function readStock(text: string, now: number): Result<number> {
  const clean = text.normalize('NFKC').replaceAll('\u2212', '-').replaceAll(/\s/g, '')
  if (!/^[+-]?\d{1,9}$/.test(clean)) return err(issue('invalid-input', { reason: 'stock-invalid' }))
  const pieces = /^[+-]/.test(clean) ? now + Number(clean) : Number(clean)
  return pieces < 0 ? err(issue('invalid-input', { reason: 'stock-invalid' })) : ok(pieces)
}
