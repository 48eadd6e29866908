import type { Address } from '#core/address/address.ts'
import { countryNameEnglish } from '#core/address/countries.ts'
import { toE164 } from '#core/address/phone.ts'
import { requirementOf, type AddressRequirement, type Need } from '#core/address/requirements.ts'

export interface AddressFinding {
  field: 'name' | 'line1' | 'city' | 'region' | 'postcode' | 'country' | 'phone'
  /** Key of the text for people. */
  reason: 'missing' | 'expected' | 'country-invalid' | 'postcode-pattern' | 'phone-invalid'
  /** An error keeps the parcel here; a warning is shown and may be ignored. */
  severity: 'error' | 'warning'
}

/**
 * What stands between this address and a delivered parcel, in the order of the form. A company may stand in
 * for the name. Postcode patterns and phones only warn: tables age, buyers do not.
 */
export function checkAddress(address: Address): AddressFinding[] {
  const needs = requirementOf(address.country)
  const findings: AddressFinding[] = []
  const add = (finding: AddressFinding | null): void => {
    if (finding !== null) findings.push(finding)
  }
  add(isBlank(address.name) && isBlank(address.company) ? missing('name') : null)
  add(isBlank(address.line1) && isBlank(address.line2) ? missing('line1') : null)
  add(checkNeed('city', address.city, needs.city))
  add(checkNeed('region', address.region, needs.region))
  add(checkPostcode(address.postcode, needs))
  add(checkCountry(address.country))
  add(checkPhone(address))
  return findings
}

/** True when nothing in the findings keeps the parcel here. */
export function isShippable(findings: readonly AddressFinding[]): boolean {
  return findings.every((finding) => finding.severity !== 'error')
}

function checkNeed(field: 'city' | 'region' | 'postcode', value: string, need: Need): AddressFinding | null {
  if (!isBlank(value) || need === 'optional') return null
  return need === 'required' ? missing(field) : { field, reason: 'expected', severity: 'warning' }
}

function checkPostcode(postcode: string, needs: AddressRequirement): AddressFinding | null {
  if (isBlank(postcode)) return checkNeed('postcode', postcode, needs.postcode)
  const text = postcode.normalize('NFKC').replace(/\s+/g, ' ').trim().toUpperCase()
  if (needs.postcodePattern === null || needs.postcodePattern.test(text)) return null
  return { field: 'postcode', reason: 'postcode-pattern', severity: 'warning' }
}

function checkCountry(country: string): AddressFinding | null {
  if (isBlank(country)) return missing('country')
  if (/^[A-Z]{2}$/.test(country) && countryNameEnglish(country) !== null) return null
  return { field: 'country', reason: 'country-invalid', severity: 'error' }
}

function checkPhone({ phone, country }: Address): AddressFinding | null {
  // Without a country a national number cannot be read; the country is the finding then.
  if (isBlank(phone) || checkCountry(country) !== null || toE164(phone, country).ok) return null
  return { field: 'phone', reason: 'phone-invalid', severity: 'warning' }
}

function missing(field: AddressFinding['field']): AddressFinding {
  return { field, reason: 'missing', severity: 'error' }
}

/** Blank also for texts that only look like nothing: no-break and zero-width blanks, a lone dash or dot. */
function isBlank(text: string): boolean {
  return /^[\s\p{Cf}\p{Cc}.\-–—_]*$/u.test(text)
}
