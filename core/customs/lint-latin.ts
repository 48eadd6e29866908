import type { Address } from '#core/address/address.ts'
import { checkAddress } from '#core/address/check-address.ts'
import { listMissingLatin } from '#core/address/is-latin.ts'
import { customsError, customsWarning, type CustomsFinding } from '#core/customs/finding.ts'

/** What an address lacks, as one list with everything else that keeps a parcel here. */
export function lintAddress(address: Address, path: 'shipTo' | 'sender'): CustomsFinding[] {
  return checkAddress(address).map(({ field, reason, severity }) => {
    const make = severity === 'error' ? customsError : customsWarning
    // The part fills the sentence in: "Postcode is missing".
    return make(
      'address',
      `${path}.${field}`,
      reason === 'missing' ? 'address-part-missing' : `address-${reason}`,
      field,
    )
  })
}

/**
 * Parts without a Latin form, on a parcel that crosses a border: carriers' and customs' systems take Latin only, whatever the label shows
 * (logistics.md 2.6; USPS IMM 122.1d wants the place in Latin letters beside any other script).
 */
export function lintLatin(address: Address, path: 'shipTo' | 'sender'): CustomsFinding[] {
  return listMissingLatin(address).map((field) =>
    customsWarning('latin', `${path}.latin.${field}`, 'latin-missing', field),
  )
}
