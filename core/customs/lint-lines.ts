import { countryNameEnglish } from '#core/address/countries.ts'
import { checkDescription, isVagueLocal } from '#core/customs/check-description.ts'
import { checkHs } from '#core/customs/check-hs.ts'
import type { Declaration, DeclarationLine } from '#core/customs/declaration.ts'
import { aboutPart, type DeclaredPlace } from '#core/customs/declared-place.ts'
import { customsError, customsWarning, type CustomsFinding } from '#core/customs/finding.ts'

/** What a row itself gets wrong, in the order of the form. The value of a part is its share of the line's. */
export function lintLine(
  line: DeclarationLine,
  place: DeclaredPlace,
  declaration: Declaration,
): CustomsFinding[] {
  const { path } = place
  const findings: CustomsFinding[] = []
  const description = checkDescription(line.description)
  if (description) findings.push(customsError('description', `${path}.customs.description`, description))
  if (isVagueLocal(line.descriptionLocal))
    findings.push(
      customsWarning('description', `${path}.customs.descriptionLocal`, 'description-local-vague'),
    )
  findings.push(
    ...lintHs(line, path, declaration),
    ...lintOrigin(line, path),
    ...lintValue(line, place.line, declaration),
  )
  // 0 is what build-declaration writes for a weight nobody knows.
  if (!(line.netGrams > 0))
    findings.push(customsError('weight', `${path}.customs.unitNetGrams`, 'weight-unknown'))
  if (!Number.isSafeInteger(line.quantity) || line.quantity <= 0)
    findings.push(customsError('quantity', `${place.line}.quantity`, 'quantity-invalid'))
  return findings.map((finding) => aboutPart(finding, place))
}

/** Goods for sale need a code; for a gift or sample it may be left out, but not be wrong. */
function lintHs(line: DeclarationLine, path: string, { category }: Declaration): CustomsFinding[] {
  const field = `${path}.customs.hs6`
  if (line.hs6 === '') return category === 'sale' ? [customsError('hs', field, 'hs-missing')] : []
  const reason = checkHs(line.hs6)
  return reason === null ? [] : [customsError('hs', field, reason)]
}

function lintOrigin({ origin }: DeclarationLine, path: string): CustomsFinding[] {
  const field = `${path}.customs.origin`
  if (origin === '') return [customsError('origin', field, 'origin-missing')]
  const known = /^[A-Z]{2}$/.test(origin) && countryNameEnglish(origin) !== null
  return known ? [] : [customsError('origin', field, 'origin-invalid')]
}

/** A value of nothing is refused even for samples and gifts: customs charge on what it would cost. */
function lintValue({ value }: DeclarationLine, path: string, { currency }: Declaration): CustomsFinding[] {
  const field = `${path}.customs.unitValue`
  if (value.currency !== currency) return [customsError('currency', field, 'currency-mix')]
  return value.minor > 0 ? [] : [customsError('value', field, 'value-zero')]
}
