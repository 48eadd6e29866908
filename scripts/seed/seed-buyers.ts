import type { Address } from '#core/address/address.ts'
import type { Rng } from '#core/shared/ports.ts'
import { SEED_COUNTRIES, type SeedCountry } from './seed-countries.ts'

const TOTAL = SEED_COUNTRIES.reduce((sum, { weight }) => sum + weight, 0)

/** Somebody who does not exist, in a place that does. */
export function seedBuyer(rng: Rng): Address {
  const country = pickCountry(rng)
  const given = putTogether(country.given, 2 + Math.floor(rng() * 2), country, rng)
  const family = putTogether(country.family, 2, country, rng)
  const space = country.familyFirst === true ? '' : ' '
  const name = country.familyFirst === true ? `${family}${space}${given}` : `${given}${space}${family}`
  const [city, postcode, region] = pick(country.places, rng)
  const house = 1 + Math.floor(rng() * 240)
  const number = Math.floor(rng() * 1e6)
  return {
    ...{ name, company: rng() < 0.08 ? `${family} ${pick(COMPANIES, rng)}` : '' },
    ...{ line1: country.street(house), line2: rng() < 0.1 ? `#${house % 40}` : '' },
    ...{ city, region, postcode, country: country.code },
    phone: country.phone(number),
    email: `buyer.${number.toString(36)}.${country.code.toLowerCase()}@example.net`,
  }
}

const COMPANIES = ['GmbH', 'Ltd', 'SARL', '株式会社', 'Studio']

export function pick<T>(values: readonly T[], rng: Rng): T {
  return values[Math.floor(rng() * values.length)] as T
}

function pickCountry(rng: Rng): SeedCountry {
  let left = rng() * TOTAL
  return SEED_COUNTRIES.find(({ weight }) => (left -= weight) < 0) ?? (SEED_COUNTRIES[0] as SeedCountry)
}

function putTogether(syllables: readonly string[], count: number, { cased }: SeedCountry, rng: Rng): string {
  let text = ''
  for (let n = 0; n < count; n++) text += pick(syllables, rng)
  return cased ? text.charAt(0).toLocaleUpperCase() + text.slice(1) : text
}
