import { describe, expect, it } from 'vitest'
import { checkHs } from '#core/customs/check-hs.ts'
import { checkNational, declaredCode, stripHs } from '#core/customs/hs/code.ts'

describe('codes', () => {
  it.each(['6109.10', ' 6109 10 ', '６１０９．１０', '6109-10'])('reads %s', (text) =>
    expect(stripHs(text)).toBe('610910'),
  )
  it('keeps leading zeros', () => expect(stripHs('0901.21')).toBe('090121'))
  it.each([
    ['770000', 'hs-chapter'],
    ['980100', 'hs-chapter'],
    ['999999', 'hs-chapter'],
    ['6109', 'hs-too-short'],
    ['6109101234567', 'hs-too-long'],
    ['61O910', 'hs-not-digits'],
  ])('refuses %s: %s', (text, reason) => expect(checkHs(text)).toBe(reason))

  it('takes 98 and 99 as national codes only', () => {
    expect(checkNational('9801001010', '610910')).toBeNull()
    expect(checkNational('6110100012', '610910')).toBe('hs-national-differs')
    expect(checkNational('6109100012', '610910')).toBeNull()
  })

  it('declares the code of the destination, or of its union, or the one of the item', () => {
    const item = { hs6: '6109.10', national: { US: '6109.10.00.12', EU: '61091000', FR: '6109100010' } }
    expect(declaredCode(item, 'US')).toBe('6109100012')
    expect(declaredCode(item, 'DE')).toBe('61091000')
    expect(declaredCode(item, 'FR')).toBe('6109100010')
    expect(declaredCode(item, 'CA')).toBe('610910')
  })

  it('does not declare a national code that the item has moved away from', () => {
    expect(declaredCode({ hs6: '691200', national: { US: '6109100012' } }, 'US')).toBe('691200')
    expect(declaredCode({ hs6: '691200', national: { US: '9801001010' } }, 'US')).toBe('9801001010')
  })
})
