import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EU27 } from '#core/customs/customs-territory.ts'
import { readRuleFile, readRules } from '#core/customs/rules/read-rule-file.ts'
import { isInForce } from '#core/customs/rules/match-rule.ts'
import { rulesOf } from '#core/customs/rules/rules-of.ts'
import { isStale, needsWord } from '#core/customs/rules/rule-standing.ts'
import { ourRules, RULES_TEXT } from '#tests/support/destination-rules.ts'

const words = { en: 'a', 'zh-CN': '甲' }
const row = {
  ...{ id: 'a', where: 'KR', role: 'clearance', title: words, from: '2026-01-01', until: '2026-06-30' },
  ...{ confidence: 'high', checkedAt: '2026-11-22', staleAfterDays: 90, sources: ['s'], currency: 'KRW' },
  ...{ duty: { kind: 'none' }, tax: { kind: 'none' } },
}
const file = (...rules: unknown[]) => ({
  ...{ format: 'caravel-destination-rules', formatVersion: 1, edition: '2026-11-22', rules },
  sources: { s: { title: 'A source', url: 'https://example.org/a' } },
  taxRates: { t: { KR: '0.10' } },
})
const readRows = (...rules: unknown[]) => {
  const read = readRules(file(...rules))
  if (!read.ok) throw new Error(read.error.reason)
  return read.value
}
const rate = { kind: 'rate', name: 'vat', rate: '0.10', on: ['goods'], collectors: ['carrier'], at: 'border' }

describe('our own edition', () => {
  const set = ourRules()
  it('is read whole', () => {
    const read = readRuleFile(RULES_TEXT)
    expect(read).toMatchObject({ ok: true, value: { rejected: [] } })
    expect(EU27).toHaveLength(27)
  })

  it('knows what applies today in every country that it names, and says so for no other', () => {
    const countries = [...new Set(set.rules.map(({ country }) => country))]
    expect(countries.length).toBeGreaterThanOrEqual(45)
    for (const country of countries)
      expect(
        rulesOf(set, country).some((rule) => rule.role === 'clearance' && isInForce(rule, '2026-11-22')),
      ).toBe(true)
    expect(rulesOf(set, 'IN')).toEqual([])
    // Monaco clears as France does.
    expect(rulesOf(set, 'MC')).toBe(rulesOf(set, 'FR'))
  })

  it('rests on sources that can be looked up, and none is without use', () => {
    const used = new Set(set.rules.flatMap(({ sources }) => sources))
    expect(Object.keys(set.sources).filter((id) => !used.has(id))).toEqual([])
    for (const { url } of Object.values(set.sources))
      expect(url === '' || url.startsWith('https://')).toBe(true)
  })

  it('has no numbers of low standing in totals by itself', () => {
    const low = [...new Set(set.rules.filter((rule) => needsWord(rule, '2026-11-22')).map(({ id }) => id))]
    expect(low.sort()).toEqual(
      ['eu-handling-fee', 'fr-small-parcel', 'it-parcel', 'ro-logistics', 'sa-high', 'sa-low'].sort(),
    )
    const france = set.rules.find(({ id }) => id === 'fr-small-parcel')
    expect(france && [needsWord(france, '2026-07-31'), needsWord(france, '2026-08-01')]).toEqual([
      false,
      true,
    ])
  })

  it('goes stale on the day after', () => {
    const rule = set.rules.find(({ id }) => id === 'gb-low')
    // 180 days after 2026-11-22.
    expect(rule && [isStale(rule, '2027-05-21'), isStale(rule, '2027-05-22')]).toEqual([false, true])
  })
})

describe('a rule file', () => {
  it.each([
    null,
    [],
    'x',
    {},
    { ...file(), format: 'x' },
    { ...file(), rules: {} },
    { ...file(), edition: 'x' },
  ])('is none: %j', (value) => {
    expect(readRules(value)).toMatchObject({ ok: false, error: { reason: 'rules-unreadable' } })
  })

  it('of another version, or too large, or too deep is refused', () => {
    expect(readRules({ ...file(), formatVersion: 2 })).toMatchObject({ error: { reason: 'rules-version' } })
    expect(readRuleFile(`"${'x'.repeat(1_000_001)}"`)).toMatchObject({ error: { reason: 'rules-too-large' } })
    const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`
    expect(readRuleFile(deep)).toMatchObject({ error: { reason: 'rules-unreadable' } })
    expect(readRuleFile(`{"a":"${'[{'.repeat(100_000)}\\"`)).toMatchObject({
      error: { reason: 'rules-unreadable' },
    })
    expect(readRuleFile(JSON.stringify(file(row))).ok).toBe(true)
  })

  it.each<[object, string]>([
    [{ where: 'Korea' }, 'where'],
    [{ from: '2026-02-30' }, 'from'],
    [{ until: '2025-12-31' }, 'until'],
    [{ confidence: 'sure' }, 'confidence'],
    [{ checkedAt: 'today' }, 'checkedAt'],
    [{ staleAfterDays: -1 }, 'staleAfterDays'],
    [{ sources: [] }, 'sources'],
    [{ sources: ['unknown'] }, 'sources'],
    [{ title: { en: 'a' } }, 'title'],
    [{ currency: 'WON' }, 'currency'],
    [{ hsDigits: 7 }, 'hsDigits'],
    [{ postal: 'closed' }, 'postal'],
    [{ duty: undefined }, 'duty'],
    [{ duty: { kind: 'rate', rate: '7.5%' } }, 'duty.rate'],
    [{ duty: { kind: 'rate', rate: '1', on: ['freight'] } }, 'duty.on'],
    [{ duty: { kind: 'formula', currency: 'USD', brackets: [] } }, 'duty.brackets'],
    [
      {
        duty: {
          kind: 'formula',
          currency: 'USD',
          brackets: [
            { upTo: '9', rate: '0' },
            { upTo: '9', rate: '1' },
          ],
        },
      },
      'duty.brackets',
    ],
    [{ tax: { ...rate, rate: '1' } }, 'tax.rate'],
    [{ tax: { ...rate, rates: ['0.1', '0.2'] } }, 'tax.rate'],
    [{ tax: { ...rate, rate: undefined, table: 'none' } }, 'tax.rate'],
    [{ tax: { ...rate, rate: undefined, table: '__proto__' } }, 'tax.rate'],
    [{ tax: { ...rate, name: 'surprise' } }, 'tax.name'],
    [{ when: { valeu: {} } }, 'when.valeu'],
    [{ when: { value: { per: 'item', of: 'goods', currency: 'USD', lt: '1', lte: '2' } } }, 'when.value.lte'],
    [{ when: { value: { per: 'item', of: 'goods', currency: 'USD', gt: '2', lt: '1' } } }, 'when.value'],
    [{ when: { value: { per: 'item', of: 'goods', currency: 'USD', lte: '150,00' } } }, 'when.value.lte'],
    [{ consigneeId: { type: 'x', need: 'maybe' } }, 'consigneeId.need'],
    [{ consigneeId: { type: 'x', need: 'required', pattern: '^(a+)+$' } }, 'consigneeId.pattern'],
    [{ levies: [{ amount: '1', currency: 'KRW', per: 'kg' }] }, 'levies'],
    [{ surprise: 1 }, 'surprise'],
    [{ role: 'papers' }, 'duty'],
  ])('leaves out a row with %j by name, and the rest goes on', (change, field) => {
    const read = readRows({ ...row, ...change }, { ...row, id: 'b' })
    expect(read.set.rules.map(({ id }) => id)).toEqual(['b'])
    expect(read.rejected).toEqual([{ id: 'a', reason: 'rule-invalid', field }])
  })

  it('takes neither of two rows with one id', () => {
    const read = readRows(row, { ...row, where: 'JP' }, { ...row, id: 'b' }, 5)
    expect(read.set.rules.map(({ id }) => id)).toEqual(['b'])
    expect(read.rejected).toEqual([
      { id: 'a', reason: 'rule-twice', field: 'id' },
      { id: 'a', reason: 'rule-twice', field: 'id' },
      { id: '#4', reason: 'rule-invalid', field: '' },
    ])
  })

  it('opens no address but https', () => {
    const read = readRules({
      ...file(row, { ...row, id: 'b', sources: ['t'] }),
      sources: { s: { title: 'A' }, t: { title: 'B', url: 'javascript:alert(1)' } },
    })
    expect(read).toMatchObject({ ok: true, value: { rejected: [{ id: 'b', field: 'sources' }] } })
  })

  it('never throws', () => {
    const wild = fc.record(
      { id: fc.string(), where: fc.anything(), duty: fc.anything(), tax: fc.anything(), when: fc.anything() },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.oneof(wild, fc.anything())), fc.string(), (any, rules, text) => {
        readRules(any)
        readRuleFile(text)
        expect(
          readRows(...rules.map((each) => Object.assign({ ...row }, each))).set.rules.length,
        ).toBeLessThanOrEqual(rules.length * 27)
      }),
    )
  })
})
