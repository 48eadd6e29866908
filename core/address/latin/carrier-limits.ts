import type { LineLimits } from '#core/address/latin/fit-lines.ts'

/** How much of each part of an address a carrier takes, in characters; what is not named has the width of a line. */
export interface AddressLimits extends LineLimits {
  name?: number
  company?: number
  city?: number
  region?: number
}

/** What labels and carriers take that say nothing else (35 characters: most resellers of labels, and the postal customs forms). */
export const USUAL_LIMITS: AddressLimits = { width: 35, lines: 3 }

/** By carrier id, each from where it is published. Others: {@link USUAL_LIMITS}. */
const LIMITS: Readonly<Record<string, AddressLimits>> = {
  // https://sendcloud.dev/docs/addresses/address-field-limits, Amazon
  'amazon-shipping': { width: 60, lines: 2, name: 50, company: 50, city: 30 },
  // DHL Express: https://github.com/alfallouji/DHL-API/issues/7
  dhl: { width: 35, lines: 3 },
  // Parcel DE Shipping API 2.2, ContactAddress: 50 for the street, 60 for what is added to it
  'dhl-parcel-de': { width: 50, lines: 2, name: 50, company: 50, city: 40, region: 20 },
  // name1, street and city, Tryton changeset a988f48a6162 of 2021-03-18
  dpd: { width: 35, lines: 2 },
  // Ship API v1, streetLines and city
  fedex: { width: 35, lines: 3 },
  // Click & Drop API v1, AddressRequest
  'royal-mail': { width: 100, lines: 3, name: 210 },
  // Shipping API, ShipTo: all three lines are printed
  ups: { width: 35, lines: 3, city: 30 },
  // https://www.serviceobjects.com/blog/character-limits-in-address-lines-for-usps-ups-and-fedex/
  usps: { width: 46, lines: 2, city: 50, region: 50 },
}

export function limitsOf(carrier: string): AddressLimits {
  return LIMITS[carrier] ?? USUAL_LIMITS
}
