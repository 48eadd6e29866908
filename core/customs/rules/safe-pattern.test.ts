import { describe, expect, it } from 'vitest'
import { readSafePattern } from '#core/customs/rules/safe-pattern.ts'

describe('a pattern that came with a file', () => {
  it.each([
    ['^IM[0-9]{10}$', 'IM2760000001', 'IM276'],
    ['^P[0-9]{12}$', 'P123456789012', 'Q123456789012'],
    ['^CHE-?[0-9]{3}\\.?[0-9]{3}\\.?[0-9]{3}( ?(MWST|TVA|IVA))?$', 'CHE-123.456.789 MWST', 'CHE-12'],
    ['^([A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}|[A-Z]{4}[0-9]{6})$', 'ÑAB123456XY1', 'AB1'],
  ])('takes %s', (text, good, bad) => {
    const pattern = readSafePattern(text)
    expect([pattern?.test(good), pattern?.test(bad)]).toEqual([true, false])
  })

  it.each([
    ...['(a+)+$', '^(a+)+$', '^a*$', '^a{1,}$', '^(a|aa){20}$', '^(a?){20}$', '^([a-z]{1,9}){9}$'],
    ...[
      '^a{0,60}a{0,60}a{0,60}$',
      '^(?=a)a$',
      '^(?:a)$',
      '^\\1(a)$',
      '^[^a]$',
      '^.$',
      '^\\w{3}$',
      'abc',
      '^abc',
    ],
    ...['^a??$', '^?$', '^|?$', '^[a$', '^(a$', '^a{61}$', '^a{3,2}$', `^${'a'.repeat(300)}$`, '', 5, null],
  ])('refuses %j', (text) => {
    expect(readSafePattern(text)).toBeNull()
  })

  it('answers at once, whatever it is asked', () => {
    // The most ways that are let through, and a text that fits all but the end.
    const pattern = readSafePattern(`^${'a{0,7}'.repeat(4)}b$`)
    const began = performance.now()
    for (let i = 0; i < 50; i++) expect(pattern?.test('a'.repeat(5_000))).toBe(false)
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})
