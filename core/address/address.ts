/** A postal address as the buyer or the shop wrote it. Empty string means not given. */
export interface Address {
  name: string
  company: string
  line1: string
  line2: string
  city: string
  region: string
  postcode: string
  /** ISO 3166-1 alpha-2, upper case. */
  country: string
  phone: string
  email: string
  /** The Latin form of the parts that are not Latin, typed by a person; never guessed for kanji. */
  latin?: { name?: string; line1?: string; line2?: string; city?: string; region?: string } | undefined
}

/** Nothing is known of it yet. */
export const NO_ADDRESS: Readonly<Address> = {
  ...{ name: '', company: '', line1: '', line2: '', city: '', region: '', postcode: '', country: '' },
  ...{ phone: '', email: '' },
}
