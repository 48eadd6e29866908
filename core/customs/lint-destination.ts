import type { Declaration } from '#core/customs/declaration.ts'
import { aboutPart, placeOfItem, type DeclaredPlace } from '#core/customs/declared-place.ts'
import { customsError, customsWarning, withSource, type CustomsFinding } from '#core/customs/finding.ts'
import type { ParcelChecks } from '#core/customs/parcel-checks.ts'
import { findRules, type FoundRules } from '#core/customs/rules/find-rules.ts'
import { isInForce, matchRule } from '#core/customs/rules/match-rule.ts'
import { needsOf, type DestinationNeeds } from '#core/customs/rules/needs-of.ts'
import type { RuledParcel } from '#core/customs/rules/parcel.ts'
import { rulesOf } from '#core/customs/rules/rules-of.ts'
import type { DestinationRule, RuleSet, RuleSource } from '#core/customs/rules/rule.ts'
import { fitsConsigneeId } from '#core/customs/tax-ids/check-digits.ts'
import type { RateSet } from '#core/money/rate-set.ts'

/** What the linter needs to know of the parcel beside the declaration. */
export interface LintContext {
  /** ISO 3166-1 alpha-2. */
  destination: string
  /** ISO day of shipment: the rules of that day count. */
  shipOn: string
  /** Null while the file could not be read; then every destination is without a rule. */
  destinations: RuleSet | null
  /** For the limits in SDR and in other currencies; approximate is enough. */
  rates: RateSet | null
  /** Limits of forms; absent: those of the UPU. */
  checks?: ParcelChecks | null | undefined
  /** ISO 3166-1 alpha-2; absent while unknown. */
  sentFrom?: string
  /** The service pays duty in advance (DDP). */
  dutyPrepaid?: boolean
  /** The recipient's number (KR PCCC, BR CPF…), empty when unknown. */
  consigneeId?: string
  /** What the n-th row stands for; from listDeclared(). Absent: the order line of the same place. */
  places?: readonly DeclaredPlace[]
}

/**
 * What the destination would stumble over. Only warnings, but for a tax number above its limit: rules are
 * dated and may be wrong.
 */
export function lintDestination(declaration: Declaration, context: LintContext): CustomsFinding[] {
  const parcel = parcelOf(declaration, context)
  const found = findRules(context.destinations, parcel, context.rates)
  const needs = needsOf(found)
  const lacking = found.clearance.some(({ kind }) => kind === 'no-rule')
  const askedBy = (asks: (rule: DestinationRule) => boolean): RuleSource | undefined =>
    sourceOf(found, context.destinations, asks)
  return [
    ...(lacking ? [customsWarning('destination', 'destination', 'no-rule')] : []),
    ...lintHsDigits(declaration, needs, context).map((each) =>
      withSource(
        each,
        askedBy(({ hsDigits }) => hsDigits === needs.hsDigits),
      ),
    ),
    ...lintConsigneeId(needs, context.consigneeId?.trim() ?? '').map((each) =>
      withSource(
        each,
        askedBy(({ consigneeId }) => consigneeId?.type === needs.consigneeId?.type),
      ),
    ),
    ...lintPostal(needs, context).map((each) =>
      withSource(
        each,
        askedBy(({ postal }) => postal === needs.postal),
      ),
    ),
    ...lintTaxReference(declaration, parcel, context),
  ]
}

/** Where the first rule that asks for it can be looked up. */
export function sourceOf(
  { clearance, papers }: FoundRules,
  set: RuleSet | null,
  asks: (rule: DestinationRule) => boolean,
): RuleSource | undefined {
  const charging = clearance.flatMap((each) =>
    each.kind === 'rule' ? [each.rule] : each.kind === 'no-rule' ? [] : each.rules,
  )
  const sources = [...charging, ...papers].find(asks)?.sources.flatMap((id) => set?.sources[id] ?? []) ?? []
  return sources.find(({ url }) => url !== '') ?? sources[0]
}

/** The declaration as rules look at it. How it travels and under which schemes is not the linter's to know. */
export function parcelOf({ lines, grossGrams }: Declaration, context: LintContext): RuledParcel {
  const { destination, shipOn, sentFrom = '' } = context
  return {
    ...{ destination, postcode: '', sentFrom, travels: null, schemes: {}, shipOn, freight: null, grossGrams },
    lines: lines.map(({ hs6, origin, quantity, value }) => ({
      hs6,
      origin,
      quantity,
      value,
      dutyRate: null,
    })),
  }
}

/** What a row stands for. */
export function placeOfRow(row: number, { places }: LintContext): DeclaredPlace {
  return places?.[row] ?? placeOfItem(row)
}

/** Codes too short for everybody are the line rules' business; here only what is enough elsewhere. */
function lintHsDigits(
  { category, lines }: Declaration,
  needs: DestinationNeeds,
  context: LintContext,
): CustomsFinding[] {
  const digits = needs.hsDigits
  if (digits === null || category === 'documents') return []
  return lines.flatMap(({ hs6 }, row) => {
    const enough =
      hs6.length >= digits || (hs6.length > 0 && hs6.length < 6) || (hs6 === '' && category === 'sale')
    if (enough) return []
    const place = placeOfRow(row, context)
    const field = `${place.path}.customs.hs6`
    return [
      aboutPart(customsWarning('destination', field, 'hs-short-for-destination', String(digits)), place),
    ]
  })
}

function lintConsigneeId({ consigneeId }: DestinationNeeds, given: string): CustomsFinding[] {
  if (consigneeId === null) return []
  const { type, pattern, need } = consigneeId
  if (given === '') {
    const reason = need === 'required' ? 'consignee-id-missing' : 'consignee-id-expected'
    return [customsWarning('destination', 'consigneeId', reason, type)]
  }
  if (pattern !== null && !pattern.test(given))
    return [customsWarning('destination', 'consigneeId', 'consignee-id-invalid', type)]
  return fitsConsigneeId(type, given)
    ? []
    : [customsWarning('destination', 'consigneeId', 'consignee-id-check', type)]
}

function lintPostal(needs: DestinationNeeds, { dutyPrepaid }: LintContext): CustomsFinding[] {
  if (needs.postal === 'open' || dutyPrepaid === true) return []
  return [customsWarning('destination', 'service', 'duty-prepaid-only')]
}

/** A number that may be used within its rule only, on goods outside of it. */
function lintTaxReference(
  declaration: Declaration,
  parcel: RuledParcel,
  { destinations, rates, shipOn }: LintContext,
): CustomsFinding[] {
  const reference = declaration.senderTaxReference.replace(/\s/g, '')
  if (reference === '' || destinations === null) return []
  const rules = rulesOf(destinations, parcel.destination).filter(
    (rule) =>
      isInForce(rule, shipOn) && rule.scheme?.onlyWithin && rule.scheme.numberPattern?.test(reference),
  )
  const [rule] = rules
  if (rule === undefined) return []
  const schemes = { [rule.scheme?.name ?? '']: true }
  const truths = parcel.lines.map((line) => matchRule(rule, { ...parcel, schemes }, line, rates))
  if (truths.includes(false)) return [customsError('destination', 'senderTaxReference', 'tax-limit-exceeded')]
  return truths.every((truth) => truth === true)
    ? []
    : [customsWarning('destination', 'senderTaxReference', 'tax-limit-unknown-rate')]
}
