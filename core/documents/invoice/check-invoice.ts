import type { InvoiceInput } from '#core/documents/invoice/invoice-model.ts'
import { addressIssues } from '#core/documents/flow/paper-blocks.ts'
import { isCurrency } from '#core/money/currencies.ts'
import type { Money } from '#core/money/money.ts'
import { issue, type Issue } from '#core/shared/issue.ts'

/** An invoice must add up, in one currency, and name who, what and where from; checked where it is drawn, whatever was linted before. */
export function checkInvoice(input: InvoiceInput): Issue[] {
  const issues = [...sumIssues(input)]
  const missing = (field: string) => issues.push(issue('invalid-input', { reason: 'missing', field }))
  const { lines, invoiceNo, signer, proforma } = input
  if (lines.length === 0) missing('lines')
  if (invoiceNo.trim() === '' && !proforma) missing('invoiceNo')
  if (signer.trim() === '') missing('signer')
  lines.forEach((line, index) => {
    if (line.description.trim() === '') missing(`lines.${index}.description`)
    if (line.origin.trim() === '') missing(`lines.${index}.origin`)
  })
  const parties = {
    shipper: input.shipper,
    seller: input.seller,
    shipTo: input.shipTo,
    buyer: input.buyer,
    importer: input.importer,
  }
  for (const [side, party] of Object.entries(parties))
    if (party !== null) issues.push(...addressIssues(party.address, side))
  return issues
}

function sumIssues({ currency, lines, total, ...input }: InvoiceInput): Issue[] {
  const issues: Issue[] = []
  const add = (reason: string, field: string) => issues.push(issue('invalid-input', { reason, field }))
  if (!isCurrency(currency)) add('currency-unknown', 'currency')
  const signs: Readonly<Record<string, number>> = { discount: -1, freight: 1, insurance: 1, otherCharges: 1 }
  let sum = lines.reduce((so, line) => so + line.value.minor, 0)
  const known = (amount: Money, field: string) => amount.currency === currency || add('currency-mix', field)
  lines.forEach((line, index) => {
    known(line.value, `lines.${index}.value`)
    known(line.unitValue, `lines.${index}.unitValue`)
  })
  for (const [field, sign] of Object.entries(signs)) {
    const amount = input[field as 'discount' | 'freight' | 'insurance' | 'otherCharges']
    if (amount === null) continue
    known(amount, field)
    sum += sign * amount.minor
  }
  if (total.currency !== currency || total.minor !== sum) add('total-mismatch', 'total')
  const net = lines.reduce((so, line) => so + line.netGrams, 0)
  if (net > input.grossGrams) add('net-exceeds-gross', 'grossGrams')
  return issues
}
