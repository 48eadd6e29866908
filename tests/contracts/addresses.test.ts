import { describe, expect, it } from 'vitest'
import { countryNameEnglish } from '#core/address/countries.ts'
import { KNOWN_COUNTRIES, requirementOf } from '#core/address/requirements.ts'
import { readSpec, SKIPPED, specsFolder } from './specs-folder.ts'

interface Region {
  require?: string
  zipex?: string
}

describe.skipIf(!specsFolder)(`addresses against libaddressinput${SKIPPED}`, () => {
  const regions = () =>
    readSpec('specs/logistics/libaddressinput/address-formats.json') as Record<string, Region>

  it('accepts every example postcode', () => {
    const refused = KNOWN_COUNTRIES.flatMap((country) => {
      const { postcodePattern } = requirementOf(country)
      const examples = regions()[country]?.zipex?.split(',') ?? []
      return examples
        .filter((example) => !example.includes(':') && postcodePattern && !postcodePattern.test(example))
        .map((example) => `${country} ${example}`)
    })
    expect(refused).toEqual([])
  })

  it('never lets a field pass in silence that the destination requires', () => {
    const silent = KNOWN_COUNTRIES.flatMap((country) => {
      const require = regions()[country]?.require ?? ''
      const { city, postcode, region } = requirementOf(country)
      const fields = { C: city, Z: postcode, S: region }
      return Object.entries(fields)
        .filter(([letter, need]) => require.includes(letter) && need === 'optional')
        .map(([letter]) => `${country} ${letter}`)
    })
    expect(silent).toEqual([])
  })

  it('has an English name for every region that has an address format', () => {
    const nameless = Object.keys(regions()).filter(
      (code) => code.length === 2 && code !== 'ZZ' && countryNameEnglish(code) === null,
    )
    // Exceptionally reserved codes of ISO 3166, which posts do not use.
    expect(nameless).toEqual(['AC', 'TA'])
  })
})
