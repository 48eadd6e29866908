/** One parcel that is handed to a carrier. */
export interface HandOverLine {
  tracking: string
  orderNumber: string
  /** ISO 3166-1 alpha-2. */
  destination: string
  service: string
  grams: number
  /** Id of a bag; empty for loose parcels. */
  bag: string
}

/** Everything a hand-over list says; what is counted and weighed in it is added up from its lines. */
export interface HandOverInput {
  carrier: string
  account: string
  /** Where it is handed over. */
  origin: string
  /** ISO date. */
  date: string
  sequenceNo: string
  /** The carrier's or our own; printed as a barcode, may be empty. */
  manifestId: string
  lines: readonly HandOverLine[]
  draft: boolean
}
