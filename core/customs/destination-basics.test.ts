import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EU27 } from '#core/customs/customs-territory.ts'
import { findDestinationBasics, readDestinationBasics } from '#core/customs/destination-basics.ts'

const file = JSON.parse(
  readFileSync(new URL('../../resources/destination-basics.json', import.meta.url), 'utf8'),
) as { rows: object[] }
const row = {
  id: 'a',
  country: 'KR',
  effectiveFrom: '2026-01-01',
  effectiveUntil: '2026-06-30',
  confidence: 'high',
  source: 's',
  checkedAt: '2026-11-22',
}
const readRows = (...rows: unknown[]) => {
  const read = readDestinationBasics({ schemaVersion: 1, rows })
  if (!read.ok) throw new Error('unreadable')
  return read.value
}

describe('readDestinationBasics', () => {
  it('reads our own edition whole', () => {
    const set = readRows(...file.rows)
    expect(set.rejected).toEqual([])
    expect(EU27).toHaveLength(27)
    for (const country of EU27) expect(findDestinationBasics(set, country, '2026-11-22').kind).toBe('rule')
    for (const { source, checkedAt } of set.rows)
      expect([source !== '', checkedAt >= '2026-11-22']).toEqual([true, true])
  })

  it.each([null, [], 'x', {}, { rows: {} }])('refuses %j as a file', (value) => {
    expect(readDestinationBasics(value)).toMatchObject({ ok: false, error: { reason: 'rules-unreadable' } })
  })
  it('refuses a file of another version', () => {
    expect(readDestinationBasics({ schemaVersion: 2, rows: [] })).toMatchObject({
      error: { reason: 'rules-version' },
    })
  })

  it.each([
    { country: 'Korea' },
    { effectiveFrom: '2026-02-30' },
    { effectiveUntil: '2025-12-31' },
    { effectiveUntil: 5 },
    { confidence: 'sure' },
    { source: undefined },
    { checkedAt: 'today' },
    { hsDigits: 7 },
    { postal: 'closed' },
    { consigneeId: { type: 'x', need: 'maybe', pattern: null } },
    { consigneeId: { type: 'x', need: 'required', pattern: '(' } },
    { taxLimit: { scheme: 'IOSS', amount: '150,00', unit: 'EUR', numberPattern: '^IM' } },
  ])('leaves out a row with %j and keeps the rest', (change) => {
    const set = readRows({ ...row, ...change }, { ...row, id: 'b', country: 'JP' })
    expect(set.rows.map(({ id }) => id)).toEqual(['b'])
    expect(set.rejected).toMatchObject([{ reason: 'rule-invalid', field: 'rows.0' }])
  })

  it('leaves out both of two rows that overlap, also through EU27', () => {
    const set = readRows(row, { ...row, id: 'b', effectiveFrom: '2026-06-30', effectiveUntil: null })
    expect([set.rows, set.rejected.length]).toEqual([[], 2])
    const eu = readRows({ ...row, country: 'EU27' }, { ...row, id: 'fr', country: 'FR' })
    expect(eu.rows).toHaveLength(26)
    expect(findDestinationBasics(eu, 'FR', '2026-03-01')).toEqual({ kind: 'no-rule' })
  })

  it('picks by the day, both ends included', () => {
    const set = readRows(row, { ...row, id: 'b', effectiveFrom: '2026-07-01', effectiveUntil: null })
    const idOn = (day: string) => {
      const answer = findDestinationBasics(set, 'KR', day)
      return answer.kind === 'rule' ? answer.rule.id : answer.kind
    }
    expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01', '2099-01-01'].map(idOn)).toEqual([
      'no-rule',
      'a',
      'a',
      'b',
      'b',
    ])
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.anything()), (any, rows) => {
        readDestinationBasics(any)
        readDestinationBasics({ schemaVersion: 1, rows })
      }),
    )
  })
})
