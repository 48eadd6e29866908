import type { Declaration } from '#core/customs/declaration.ts'
import { isCurrency } from '#core/money/currencies.ts'
import { issue, type Issue } from '#core/shared/issue.ts'

/** Paper must add up; these are checked where it is drawn, whatever was linted before. */
export function sumIssues(declaration: Declaration): Issue[] {
  const issues: Issue[] = []
  const add = (reason: string, field: string) => issues.push(issue('invalid-input', { reason, field }))
  const { lines, currency, total, grossGrams } = declaration
  if (!isCurrency(currency)) add('currency-unknown', 'declaration.currency')
  if (lines.length === 0) add('missing', 'declaration.lines')
  lines.forEach((line, index) => {
    if (line.value.currency !== currency) add('currency-mix', `declaration.lines.${index}.value`)
  })
  const valueSum = lines.reduce((sum, line) => sum + line.value.minor, 0)
  if (total.currency !== currency || total.minor !== valueSum) add('total-mismatch', 'declaration.total')
  const netSum = lines.reduce((sum, line) => sum + line.netGrams, 0)
  if (netSum > grossGrams) add('net-exceeds-gross', 'declaration.grossGrams')
  return issues
}

/** What every customs form must say beside its lines. */
export function wordIssues(declaration: Declaration): Issue[] {
  const issues: Issue[] = []
  const missing = (field: string) => issues.push(issue('invalid-input', { reason: 'missing', field }))
  const { category, explanation, signer } = declaration
  if (category === 'other' && explanation.trim() === '') missing('declaration.explanation')
  if (signer.trim() === '') missing('declaration.signer')
  return issues
}
