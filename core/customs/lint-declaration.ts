import { isLatin } from '#core/address/is-latin.ts'
import { chooseForm, limitOf, mostGrams } from '#core/customs/choose-form.ts'
import { CUSTOMS_CATEGORIES, type Declaration } from '#core/customs/declaration.ts'
import { customsError, customsWarning, withSource, type CustomsFinding } from '#core/customs/finding.ts'
import { lintDestination, placeOfRow, type LintContext } from '#core/customs/lint-destination.ts'
import { lintLine } from '#core/customs/lint-lines.ts'
import { trySumMoney } from '#core/money/money.ts'
import { isIsoDay } from '#core/shared/iso-day.ts'

/**
 * Everything wrong with a declaration before it is printed or sent, rows first, then the form, then the
 * destination (logistics.md 5.2 "Rules", 4.3). No finding of severity `error` means it may be printed as CN
 * 22.
 */
export function lintDeclaration(declaration: Declaration, context: LintContext): CustomsFinding[] {
  return [
    ...(declaration.lines.length === 0 ? [customsError('lines', 'lines', 'no-lines')] : []),
    ...lintLines(declaration, context),
    ...lintTotal(declaration),
    ...lintWeight(declaration),
    ...lintForm(declaration, context),
    ...lintCategory(declaration),
    ...lintCertification(declaration),
    ...lintDestination(declaration, context),
  ]
}

/** What all parts of a bundle share is said once. */
function lintLines(declaration: Declaration, context: LintContext): CustomsFinding[] {
  const said = new Set<string>()
  return declaration.lines
    .flatMap((line, row) => lintLine(line, placeOfRow(row, context), declaration))
    .filter(({ field, reason }) => {
      const isNew = !said.has(`${field} ${reason}`)
      said.add(`${field} ${reason}`)
      return isNew
    })
}

/** The rows add up to the total, in minor units. A mix of currencies is the rows' finding. */
function lintTotal({ lines, total, currency }: Declaration): CustomsFinding[] {
  if (total.currency !== currency) return [customsError('currency', 'total', 'currency-mix')]
  const sum = trySumMoney(
    lines.map((line) => line.value),
    currency,
  )
  if (!sum.ok)
    return sum.error.reason === 'currency-mix' ? [] : [customsError('total', 'total', sum.error.reason ?? '')]
  return sum.value.minor === total.minor ? [] : [customsError('total', 'total', 'total-mismatch')]
}

/** How much heavier than its goods a parcel may be before somebody looks once more (logistics.md 5.3). */
const MOST_PACKAGING = 0.3

function lintWeight({ lines, grossGrams }: Declaration): CustomsFinding[] {
  if (!(grossGrams > 0)) return [customsError('weight', 'grossGrams', 'weight-unknown')]
  const net = lines.reduce((sum, line) => sum + line.netGrams, 0)
  if (net > grossGrams) return [customsError('weight', 'grossGrams', 'net-exceeds-gross')]
  const weighed = net > 0 && lines.every(({ netGrams }) => netGrams > 0)
  return weighed && grossGrams - net > grossGrams * MOST_PACKAGING
    ? [customsWarning('weight', 'grossGrams', 'gross-far-above-net')]
    : []
}

/** A label carries a CN 22, so what needs a CN 23 stops here instead of travelling with the wrong form. */
function lintForm(declaration: Declaration, context: LintContext): CustomsFinding[] {
  const { destination, sentFrom = '', shipOn, rates, checks } = context
  const limit = limitOf(sentFrom, shipOn, checks?.forms ?? [])
  const choice = chooseForm({ ...declaration, destination }, limit, rates)
  if (choice.form === 'cn22') return []
  const finding =
    choice.form === 'unknown'
      ? customsWarning('form', 'total', 'unknown-rate', limit.unit)
      : customsError(
          'form',
          choice.reason === 'over-weight' ? 'grossGrams' : 'total',
          'needs-cn23',
          `${limit.operator}: ${limit.amount} ${limit.unit}, ${mostGrams(limit, destination)} g`,
        )
  return [withSource(finding, checks?.sources[limit.source])]
}

function lintCategory({ category, explanation }: Declaration): CustomsFinding[] {
  // The type allows exactly one; what comes back from storage may not.
  if (!CUSTOMS_CATEGORIES.includes(category))
    return [customsError('category', 'category', 'category-invalid')]
  if (category !== 'other') return []
  if (explanation.trim() === '') return [customsError('explanation', 'explanation', 'explanation-missing')]
  return isLatin(explanation) ? [] : [customsError('explanation', 'explanation', 'explanation-not-latin')]
}

function lintCertification({ signer, signedOn }: Declaration): CustomsFinding[] {
  return [
    ...(signer.trim() === '' ? [customsError('signer', 'signer', 'signer-missing')] : []),
    ...(isIsoDay(signedOn) ? [] : [customsError('date', 'signedOn', 'date-invalid')]),
  ]
}
