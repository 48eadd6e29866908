import { isCurrency } from '#core/money/currencies.ts'
import { convertExact, exact, toExact, type Exact } from '#core/money/exact.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import type { ParcelLine, RuledParcel } from '#core/customs/rules/parcel.ts'
import type { Condition, DestinationRule, ValueBand } from '#core/customs/rules/rule.ts'

/** What a condition asks and the parcel does not say. */
export type Unsaid = 'rate' | 'freight' | 'sent-from' | 'travels' | 'scheme'

/** Whether something is so; where it cannot be told, what would have to be known. */
export type Truth = true | false | readonly Unsaid[]

/** Is the rule in force on that day? */
export function isInForce({ from, until }: DestinationRule, day: string): boolean {
  return from <= day && (until === null || day <= until)
}

/** Whether a rule is for a parcel; `line` is the goods that values per item are looked at of. The day is not looked at. */
export function matchRule(
  { when, unless }: DestinationRule,
  parcel: RuledParcel,
  line: ParcelLine | null,
  rates: RateSet | null,
): Truth {
  const applies = meets(when, parcel, line, rates)
  if (applies === false || unless === null) return applies
  const excepted = meets(unless, parcel, line, rates)
  if (excepted === true) return false
  if (excepted === false) return applies
  return both(applies, excepted)
}

/** All parts are so, or one is not; in between, everything that is unsaid. */
function meets(
  condition: Condition,
  parcel: RuledParcel,
  line: ParcelLine | null,
  rates: RateSet | null,
): Truth {
  const { value, sentFrom, travels, scheme, postcodes } = condition
  let found: Truth = true
  if (sentFrom !== undefined)
    found = both(found, parcel.sentFrom === '' ? ['sent-from'] : sentFrom.includes(parcel.sentFrom))
  if (travels !== undefined)
    found = both(found, parcel.travels === null ? ['travels'] : travels.includes(parcel.travels))
  if (scheme !== undefined)
    found = both(found, Object.hasOwn(parcel.schemes, scheme) ? parcel.schemes[scheme] === true : ['scheme'])
  const postcode = parcel.postcode.trim().toUpperCase()
  if (postcodes !== undefined)
    found = both(
      found,
      postcodes.some((each) => postcode.startsWith(each)),
    )
  return value === undefined ? found : both(found, isWithin(value, parcel, line, rates))
}

function both(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false
  if (a === true) return b
  return b === true ? a : [...new Set([...a, ...b])]
}

/** Compared without rounding, so that a limit is exact. */
function isWithin(
  band: ValueBand,
  parcel: RuledParcel,
  line: ParcelLine | null,
  rates: RateSet | null,
): Truth {
  const value = valueFor(band, parcel, line, rates)
  if ('unsaid' in value) return [value.unsaid]
  const { over, upTo } = band
  if (over && (over.inclusive ? value.units.lt(over.amount) : value.units.lte(over.amount))) return false
  return !(upTo && (upTo.inclusive ? value.units.gt(upTo.amount) : value.units.gte(upTo.amount)))
}

function valueFor(
  { per, of, currency }: ValueBand,
  parcel: RuledParcel,
  line: ParcelLine | null,
  rates: RateSet | null,
): { units: Exact } | { unsaid: Unsaid } {
  const lines = per === 'item' && line !== null ? [line] : parcel.lines
  const goods = goodsIn(currency, lines, rates)
  if (goods === null) return { unsaid: 'rate' }
  if (per === 'item' && line !== null) return { units: goods.dividedBy(Math.max(1, line.quantity)) }
  if (of !== 'cif') return { units: goods }
  if (parcel.freight === null) return { unsaid: 'freight' }
  const { freight } = parcel
  const carried = convertExact(toExact(freight), freight.currency, currency, rates)
  return carried.ok ? { units: goods.plus(carried.value) } : { unsaid: 'rate' }
}

/** All goods in one currency, not rounded; null when a rate is missing. */
export function goodsIn(currency: string, lines: readonly ParcelLine[], rates: RateSet | null): Exact | null {
  let sum = exact(0)
  for (const { value } of lines) {
    // What storage holds may be anything; it is said where the currency stands.
    if (!isCurrency(value.currency)) return null
    const units = convertExact(toExact(value), value.currency, currency, rates)
    if (!units.ok) return null
    sum = sum.plus(units.value)
  }
  return sum
}
