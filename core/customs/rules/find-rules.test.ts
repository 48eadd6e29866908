import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findRules, idsOfRules, type RuleAnswer } from '#core/customs/rules/find-rules.ts'
import { readRules } from '#core/customs/rules/read-rule-file.ts'
import type { RuledParcel } from '#core/customs/rules/parcel.ts'
import type { DestinationRule, RuleSet } from '#core/customs/rules/rule.ts'
import { exact, roundExact } from '#core/money/exact.ts'
import { money } from '#core/money/money.ts'
import { lineOf, ourRules, parcelTo, TEST_RATES } from '#tests/support/destination-rules.ts'

const set = ourRules()
const said = (answer: RuleAnswer | undefined) =>
  answer?.kind === 'rule'
    ? answer.rule.id
    : answer?.kind === 'undecided'
      ? answer.unsaid.join()
      : answer?.kind
const clearance = (parcel: RuledParcel, rates: typeof TEST_RATES | null = TEST_RATES) =>
  findRules(set, parcel, rates).clearance.map(said)

/** A parcel that a rule is for in all but its value and day. */
function parcelFor(rule: DestinationRule, minor: number, currency: string): RuledParcel {
  const { when, unless } = rule
  const sentFrom = when.sentFrom?.[0] ?? (unless?.sentFrom?.includes('CN') ? 'US' : 'CN')
  const schemes = {
    ...(unless?.scheme === undefined ? {} : { [unless.scheme]: false }),
    ...(when.scheme === undefined ? {} : { [when.scheme]: true }),
  }
  return parcelTo(rule.country, [lineOf(minor, currency)], {
    ...{ sentFrom, schemes, shipOn: rule.from, travels: when.travels?.[0] ?? 'courier' },
    postcode: when.postcodes?.[0] ?? '',
  })
}

describe('every threshold of our rules', () => {
  const banded = set.rules.filter(
    ({ role, when, where, country }) =>
      role !== 'papers' && when.value && (where !== 'EU27' || country === 'DE'),
  )
  const ends = banded.flatMap((rule) =>
    (['over', 'upTo'] as const).flatMap((side) => {
      const edge = rule.when.value?.[side]
      return edge === undefined ? [] : [{ id: rule.id, rule, side, edge }]
    }),
  )

  it.each(ends)('$id, $side $edge.amount: a minor unit below, at, and above', ({ rule, side, edge }) => {
    const currency = rule.when.value?.currency ?? ''
    const at = roundExact(exact(edge.amount), currency)
    if (!at.ok) throw new Error('no amount')
    const applies = (step: number) => {
      const parcel = parcelFor(rule, at.value.minor + step, currency)
      const { clearance: charged, levies } = findRules(set, parcel, null)
      return [...charged, ...levies].some((each) => each.kind === 'rule' && each.rule.id === rule.id)
    }
    expect([applies(-1), applies(0), applies(1)]).toEqual(
      side === 'upTo' ? [true, edge.inclusive, false] : [false, edge.inclusive, true],
    )
  })

  it('holds whatever the goods are split into, in whatever order', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 8_000 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(parts, (minors) => {
        const lines = minors.map((minor) => lineOf(minor, 'EUR'))
        const expected =
          minors.reduce((sum, minor) => sum + minor, 0) <= 15_000 ? 'eu-low-flat-duty' : 'eu-high'
        expect(new Set(clearance(parcelTo('DE', lines)))).toEqual(new Set([expected]))
        expect(new Set(clearance(parcelTo('DE', lines.toReversed())))).toEqual(new Set([expected]))
      }),
    )
  })
})

describe('every date of change', () => {
  const step = (day: string, days: number) =>
    new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
  const small = set.rules.filter(({ where, country }) => where !== 'EU27' || country === 'DE')

  it.each(small)('$id begins and ends on its days', (rule) => {
    const currency = rule.when.value?.currency ?? 'EUR'
    const units = exact(rule.when.value?.over?.amount ?? '0').plus(1)
    const worth = roundExact(units, currency)
    if (!worth.ok) throw new Error('no amount')
    const used = (shipOn: string) => {
      const parcel = { ...parcelFor(rule, worth.value.minor, currency), shipOn }
      return idsOfRules(findRules(set, parcel, TEST_RATES)).includes(rule.id)
    }
    expect([used(step(rule.from, -1)), used(rule.from)]).toEqual([false, true])
    if (rule.until !== null) expect([used(rule.until), used(step(rule.until, 1))]).toEqual([true, false])
  })
})

describe('what applies', () => {
  it('per item is decided item by item, not by the parcel', () => {
    const voec = { schemes: { VOEC: true } }
    const items = (...minors: number[]) => minors.map((minor) => lineOf(minor * 100, 'NOK'))
    expect(clearance(parcelTo('NO', items(1600, 1600), voec))).toEqual(['no-voec', 'no-voec'])
    expect(clearance(parcelTo('NO', items(2999), voec))).toEqual(['no-voec'])
    expect(clearance(parcelTo('NO', items(3000), voec))).toEqual(['no-other'])
    expect(clearance(parcelTo('NO', items(1600, 3200), voec))).toEqual(['no-voec', 'no-other'])
    // Two pieces of 1,600 on one line are two items.
    expect(clearance(parcelTo('NO', [lineOf(320_000, 'NOK', { quantity: 2 })], voec))).toEqual(['no-voec'])
  })

  it('above the last row is no rule, and never free', () => {
    const worth = (minor: number, currency: string) => [lineOf(minor, currency)]
    expect(clearance(parcelTo('MY', worth(50_001, 'MYR')))).toEqual(['no-rule'])
    expect(clearance(parcelTo('ID', worth(150_001, 'USD')))).toEqual(['no-rule'])
    expect(clearance(parcelTo('MX', worth(250_001, 'USD')))).toEqual(['no-rule'])
    expect(clearance(parcelTo('NZ', worth(100_001, 'NZD')))).toEqual(['no-rule'])
    expect(
      clearance(parcelTo('BR', worth(300_001, 'USD'), { schemes: { 'Remessa Conforme': true } })),
    ).toEqual(['no-rule'])
    expect(clearance(parcelTo('IN', worth(1, 'USD')))).toEqual(['no-rule'])
    expect(findRules(null, parcelTo('DE', worth(1, 'EUR')), TEST_RATES).clearance.map(said)).toEqual([
      'no-rule',
    ])
    // A treaty nobody has read.
    expect(clearance(parcelTo('MX', worth(1, 'USD'), { sentFrom: 'JP' }))).toEqual(['no-rule'])
  })

  it('is undecided while what decides is not said', () => {
    const worth = [lineOf(10_000, 'EUR')]
    expect(clearance(parcelTo('DE', [lineOf(10_000, 'USD')]), null)).toEqual(['rate'])
    expect(clearance(parcelTo('NO', worth))).toEqual(['scheme'])
    expect(clearance(parcelTo('CA', worth, { sentFrom: 'US', travels: null }))).toEqual(['travels'])
    expect(clearance(parcelTo('KR', worth, { sentFrom: '' }))).toEqual(['sent-from'])
    expect(clearance(parcelTo('AE', worth, { freight: null }))).toEqual(['freight'])
    // What is not said and decides nothing is not asked for.
    expect(clearance(parcelTo('CA', worth, { travels: null }))).toEqual(['ca-high'])
  })

  it('goes by where it is sent from, how, and to which part', () => {
    const at = (minor: number, more: Partial<RuledParcel>) =>
      clearance(parcelTo('CA', [lineOf(minor, 'CAD')], more))[0]
    expect([
      at(3000, { sentFrom: 'US' }),
      at(3000, { sentFrom: 'US', travels: 'post' }),
      at(3000, {}),
    ]).toEqual(['ca-cusma-low', 'ca-high', 'ca-high'])
    const gb = (postcode: string) => clearance(parcelTo('GB', [lineOf(100, 'GBP')], { postcode }))[0]
    expect([gb('SW1A 1AA'), gb('bt1 5gs')]).toEqual(['gb-low', 'gb-northern-ireland'])
    // CIF counts freight; goods alone do not.
    const ae = (minor: number) =>
      clearance(parcelTo('AE', [lineOf(100_000, 'AED')], { freight: money(minor, 'AED') }))[0]
    expect([ae(0), ae(1)]).toEqual(['ae-low', 'ae-high'])
  })

  it('adds what a country charges to what the Union charges, of one series one', () => {
    const levies = (country: string, shipOn: string, more: Partial<RuledParcel> = {}) =>
      findRules(set, parcelTo(country, [lineOf(1000, 'EUR')], { shipOn, ...more }), TEST_RATES).levies.map(
        said,
      )
    expect(levies('FR', '2026-07-01')).toEqual(['fr-small-parcel'])
    expect(levies('FR', '2026-11-22')).toEqual(['eu-handling-fee', 'fr-small-parcel'])
    expect(levies('DE', '2026-07-01')).toEqual([])
    expect(levies('NZ', '2026-11-22', { travels: 'sea' })).toEqual(['nz-levy-sea'])
    expect(levies('NZ', '2026-11-22', { travels: null })).toEqual(['travels'])
  })

  it('says so when two rows contradict each other', () => {
    const words = { en: 'a', 'zh-CN': '甲' }
    const row = {
      ...{ id: 'a', where: 'IN', role: 'clearance', title: words, from: '2026-01-01', confidence: 'high' },
      ...{ checkedAt: '2026-11-22', staleAfterDays: 90, sources: ['s'], currency: 'INR' },
      ...{ duty: { kind: 'none' }, tax: { kind: 'none' } },
    }
    const read = readRules({
      ...{ format: 'caravel-destination-rules', formatVersion: 1, edition: '2026-11-22' },
      ...{ sources: { s: { title: 'A' } }, rules: [row, { ...row, id: 'b', until: '2026-06-30' }] },
    })
    const two = (read.ok ? read.value.set : null) as RuleSet
    const on = (shipOn: string) =>
      findRules(two, parcelTo('IN', [lineOf(1, 'EUR')], { shipOn }), null).clearance.map(said)
    expect([on('2026-06-30'), on('2026-07-01')]).toEqual([['two-rules'], ['a']])
  })

  it('of a shipment of earlier is what it went by then', () => {
    const parcel = parcelTo('DE', [lineOf(1000, 'EUR')], { shipOn: '2026-06-30' })
    const used = idsOfRules(findRules(set, parcel, TEST_RATES))
    expect(used).toEqual(['eu-gpsr', 'eu-low-2021', 'eu-usb-c'])
    const today = findRules(set, { ...parcel, shipOn: '2026-11-22' }, TEST_RATES, used)
    expect(today.clearance.map(said)).toEqual(['eu-low-2021'])
    expect(findRules(set, parcel, TEST_RATES, ['gone-since']).gone).toEqual(['gone-since'])
  })
})
