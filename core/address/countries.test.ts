import { describe, expect, it } from 'vitest'
import { COUNTRY_NAMES, countryNameEnglish } from '#core/address/countries.ts'

describe('country names', () => {
  it('has one plain name for every code', () => {
    expect(COUNTRY_NAMES.size).toBe(250)
    for (const [code, name] of COUNTRY_NAMES) {
      expect(code).toMatch(/^[A-Z]{2}$/)
      expect(name).toMatch(/^[A-Z][A-Za-z .'()-]+$/)
    }
    expect(new Set(COUNTRY_NAMES.values()).size).toBe(250)
  })

  it('knows what it does not know', () => {
    expect(countryNameEnglish('CI')).toBe("Cote d'Ivoire")
    expect(countryNameEnglish('ZZ')).toBeNull()
    expect(countryNameEnglish('de')).toBeNull()
  })
})
