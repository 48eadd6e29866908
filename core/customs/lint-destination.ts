import type { Declaration } from '#core/customs/declaration.ts'
import {
  findDestinationBasics,
  type DestinationBasics,
  type DestinationBasicsSet,
} from '#core/customs/destination-basics.ts'
import { customsError, customsWarning, type CustomsFinding } from '#core/customs/finding.ts'
import { isAtMost } from '#core/money/fx.ts'
import type { RateSet } from '#core/money/rate-set.ts'

/** What the linter needs to know of the parcel beside the declaration. */
export interface LintContext {
  /** ISO 3166-1 alpha-2. */
  destination: string
  /** ISO day of shipment: the rules of that day count. */
  shipOn: string
  /** Null while the file could not be read; then every destination is without a rule. */
  basics: DestinationBasicsSet | null
  /** For the limits in SDR and in other currencies; approximate is enough. */
  rates: RateSet | null
  /** The service pays duty in advance (DDP). */
  dutyPrepaid?: boolean
  /** The recipient's number (KR PCCC, BR CPF…), empty when unknown. */
  consigneeId?: string
  /** n-th row stands for this order line; from listDeclared(). Absent: the same places. */
  lineIndexes?: readonly number[]
}

/**
 * What the destination would stumble over. Only warnings, but for a tax number above its limit: rules are
 * dated and may be wrong.
 */
export function lintDestination(declaration: Declaration, context: LintContext): CustomsFinding[] {
  const none: CustomsFinding[] = [customsWarning('destination', 'destination', 'no-rule')]
  if (context.basics === null) return none
  const answer = findDestinationBasics(context.basics, context.destination, context.shipOn)
  if (answer.kind === 'no-rule') return none
  return [
    ...lintHsDigits(declaration, answer.rule, context),
    ...lintConsigneeId(answer.rule, context.consigneeId?.trim() ?? ''),
    ...lintPostal(answer.rule, context),
    ...lintTaxReference(declaration, answer.rule, context),
  ]
}

/** The path of the order line a row stands for. */
export function pathOfLine(row: number, { lineIndexes }: LintContext): string {
  return `lines.${lineIndexes?.[row] ?? row}`
}

/** Codes too short for everybody are the line rules' business; here only what is enough elsewhere. */
function lintHsDigits(
  { category, lines }: Declaration,
  rule: DestinationBasics,
  context: LintContext,
): CustomsFinding[] {
  const digits = rule.hsDigits
  if (digits === null || category === 'documents') return []
  return lines.flatMap(({ hs6 }, row) => {
    const enough =
      hs6.length >= digits || (hs6.length > 0 && hs6.length < 6) || (hs6 === '' && category === 'sale')
    const field = `${pathOfLine(row, context)}.customs.hs6`
    return enough ? [] : [customsWarning('destination', field, 'hs-short-for-destination', String(digits))]
  })
}

function lintConsigneeId({ consigneeId }: DestinationBasics, given: string): CustomsFinding[] {
  if (consigneeId === null) return []
  const { type, pattern, need } = consigneeId
  if (given === '') {
    const reason = need === 'required' ? 'consignee-id-missing' : 'consignee-id-expected'
    return [customsWarning('destination', 'consigneeId', reason, type)]
  }
  if (pattern === null || pattern.test(given)) return []
  return [customsWarning('destination', 'consigneeId', 'consignee-id-invalid', type)]
}

function lintPostal(rule: DestinationBasics, { dutyPrepaid }: LintContext): CustomsFinding[] {
  if (rule.postal === 'open' || dutyPrepaid === true) return []
  return [customsWarning('destination', 'service', 'duty-prepaid-only')]
}

function lintTaxReference(
  declaration: Declaration,
  rule: DestinationBasics,
  { rates }: LintContext,
): CustomsFinding[] {
  const reference = declaration.senderTaxReference.replace(/\s/g, '')
  if (reference === '' || rule.taxLimit === null || !rule.taxLimit.numberPattern.test(reference)) return []
  const within = isAtMost(declaration.total, rule.taxLimit, rates)
  if (!within.ok) return [customsWarning('destination', 'senderTaxReference', 'tax-limit-unknown-rate')]
  return within.value ? [] : [customsError('destination', 'senderTaxReference', 'tax-limit-exceeded')]
}
