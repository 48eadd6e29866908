import type { CustomsCategory } from '#core/customs/declaration.ts'

/** Languages a paper can be in. That of the screen has no say in it. */
export const PAPER_LANGUAGES = ['en', 'fr', 'zh', 'de', 'es'] as const
export type PaperLanguage = (typeof PAPER_LANGUAGES)[number]

/** The fixed words of papers that go along with parcels; customs forms are in English and French and have words of their own. */
export interface FlowWords {
  page: (page: number, pages: number) => string
  continued: string
  order: string
  date: string
  phone: string
  email: string
  vat: string
  taxId: string
  draft: string
  invoice: {
    commercial: string
    proforma: string
    number: string
    tracking: string
    shipper: string
    seller: string
    shipTo: string
    buyer: string
    importer: string
    shipperReference: string
    receiverReference: string
    reason: string
    incoterm: string
    currency: string
    no: string
    description: string
    hs: string
    hsImport: string
    origin: string
    sku: string
    quantity: string
    unitValue: string
    value: string
    netKg: string
    grossKg: string
    carried: string
    subtotal: string
    discount: string
    freight: string
    insurance: string
    otherCharges: string
    total: string
    packages: string
    exportReference: string
    declaration: string
    place: string
    signature: string
  }
  categories: Readonly<Record<CustomsCategory, string>>
  packing: {
    title: string
    from: string
    shipTo: string
    shipDate: string
    item: string
    bin: string
    quantity: string
    price: string
    total: string
    pieces: (count: number) => string
    note: string
    returns: string
  }
  picking: {
    title: string
    batch: string
    bin: string
    item: string
    quantity: string
    slots: string
    slot: string
    orders: string
    destination: string
    summary: (orders: number, pieces: number) => string
  }
  handOver: {
    title: string
    carrier: string
    account: string
    origin: string
    sequence: string
    manifest: string
    bag: string
    bags: string
    items: string
    tracking: string
    order: string
    destination: string
    service: string
    weightKg: string
    total: string
    summary: (parcels: number) => string
    driver: string
    signature: string
    time: string
  }
}
