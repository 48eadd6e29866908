import type { Address } from '#core/address/address.ts'
import type { Declaration, DeclarationLine } from '#core/customs/declaration.ts'
import type { Cn23Input } from '#core/documents/cn23/cn23-model.ts'
import type { HandOverInput } from '#core/documents/hand-over/hand-over-model.ts'
import type { InvoiceInput, InvoiceParty } from '#core/documents/invoice/invoice-model.ts'
import type { PackingLine, PackingSlipInput, PickListInput } from '#core/documents/packing/packing-model.ts'
import { address, DECLARATION, RECIPIENTS, SENDER, trackingFor } from '#tests/support/label-samples.ts'

/** Forty invented orders to places in twelve scripts, with one line to thirty, for everything that is printed about them. */
export interface PaperOrder {
  number: string
  tracking: string
  to: Address
  lines: readonly DeclarationLine[]
  currency: string
}

const MORE: Readonly<Record<string, Address>> = {
  SA: address({
    name: 'محمد بن عبد الله القحطاني',
    line1: 'شارع الملك فهد، مبنى 12 (الطابق ٣)',
    city: 'الرياض',
    postcode: '12211',
    country: 'SA',
    phone: '+966 11 000 0000',
    email: 'm@example.test',
    latin: { name: 'Mohammed Al-Qahtani', line1: '12 King Fahd Road, 3rd floor', city: 'Riyadh' },
  }),
  AE: address({
    name: 'فاطمة المنصوري',
    company: 'Al Nakheel Trading LLC',
    line1: 'شارع الشيخ زايد، برج ٤',
    city: 'دبي',
    country: 'AE',
    latin: { name: 'Fatima Al Mansoori', line1: 'Tower 4, Sheikh Zayed Road', city: 'Dubai' },
  }),
  PK: address({
    name: 'احمد ٹیکسٹائل',
    line1: 'شاہراہِ فیصل، بلاک ۶',
    city: 'کراچی',
    postcode: '75400',
    country: 'PK',
    latin: { name: 'Ahmed Textile', line1: 'Shahrah-e-Faisal, Block 6', city: 'Karachi' },
  }),
  IL: address({
    name: 'מיכל כהן-לוי',
    line1: 'רחוב הרצל 15, דירה 3 (כניסה ב׳)',
    city: 'תל אביב-יפו',
    postcode: '6688312',
    country: 'IL',
    phone: '+972 3 000 0000',
    latin: { name: 'Michal Cohen-Levi', line1: '15 Herzl St, Apt 3 (entrance B)', city: 'Tel Aviv-Yafo' },
  }),
  BG: address({
    name: 'Цветан Щърбанов',
    line1: 'бул. „Витоша“ 44',
    city: 'София',
    postcode: '1000',
    country: 'BG',
    latin: { name: 'Tsvetan Shtarbanov', line1: '44 Vitosha Blvd', city: 'Sofia' },
  }),
  RS: address({
    name: 'Ђорђе Њежић',
    line1: 'Улица Кнеза Михаила 7',
    city: 'Београд',
    postcode: '11000',
    country: 'RS',
    latin: { name: 'Đorđe Nježić', line1: 'Kneza Mihaila 7', city: 'Beograd' },
  }),
  CZ: address({
    name: 'Řehoř Žluťoučký',
    line1: 'Příčná 1892/4',
    city: 'Ústí nad Labem',
    postcode: '400 01',
    country: 'CZ',
  }),
  TR: address({
    name: 'Gülşah Işıkoğlu',
    line1: 'İstiklal Caddesi No: 15',
    city: 'İstanbul',
    postcode: '34433',
    country: 'TR',
  }),
  HK: address({
    name: '黃志強',
    line1: '彌敦道100號12樓B室',
    city: '九龍',
    country: 'HK',
    latin: { name: 'Wong Chi Keung', line1: 'Flat B, 12/F, 100 Nathan Road', city: 'Kowloon' },
  }),
  IS: address({
    name: 'Þórdís Ægisdóttir',
    line1: 'Laugavegur 28',
    city: 'Reykjavík',
    postcode: '101',
    country: 'IS',
  }),
  RO: address({
    name: 'Ștefan Țurcanu',
    line1: 'Strada Ștefan cel Mare 12',
    city: 'București',
    postcode: '010101',
    country: 'RO',
  }),
  HU: address({
    name: 'Győző Űrhajós',
    line1: 'Andrássy út 60.',
    city: 'Budapest',
    postcode: '1062',
    country: 'HU',
  }),
}

/** Goods by name, name at home, HS code and origin. */
const GOODS: readonly (readonly [string, string, string, string])[] = [
  ['Cotton T-shirt, knitted, women', '女式针织棉T恤', '610910', 'CN'],
  ['USB-C charging cable 1 m', '充电线', '854442', 'CN'],
  ['Polyester shopping bag', '涤纶购物袋', '420292', 'VN'],
  ['Stoneware mug, glazed', '陶瓷马克杯', '691200', 'CN'],
  ['Bamboo cutting board', '竹砧板', '441911', 'CN'],
  ['Stainless steel vacuum flask 500 ml', '不锈钢保温杯', '961700', 'TR'],
  ['Paper notebook, ruled', '横线笔记本', '482010', 'CN'],
  ['Wooden toy train', '木制玩具火车', '950300', 'CN'],
]
const CURRENCIES = ['USD', 'EUR', 'GBP', 'JPY', 'KWD']
const TITLES = [
  'Tasse „Hafen“',
  'قميص قطني',
  'חולצת כותנה',
  'เสื้อยืดผ้าฝ้าย',
  '북유럽 머그컵',
  'Кружка керамічна',
  'マグカップ',
  '陶瓷马克杯',
  'Κούπα',
  'Áo thun',
]

function linesFor(index: number, currency: string): DeclarationLine[] {
  const counts = [1, 2, 3, 3, 4, 5, 8, 30]
  return Array.from({ length: counts[index % counts.length] ?? 1 }, (_, line) => {
    const [description = '', descriptionLocal = '', hs6 = '', origin = ''] =
      GOODS[(index + line) % GOODS.length] ?? []
    return {
      ...{
        sku: `SKU-${100 + line}`,
        quantity: 1 + ((index + line) % 4),
        description,
        descriptionLocal,
        hs6,
        origin,
      },
      ...{ netGrams: 35 + 10 * line, value: { minor: 450 + 137 * line + index, currency } },
    }
  })
}

const PLACES = Object.values({ ...RECIPIENTS, ...MORE })

export const PAPER_ORDERS: readonly PaperOrder[] = Array.from({ length: 40 }, (_, index) => {
  const currency = CURRENCIES[index % CURRENCIES.length] ?? 'EUR'
  return {
    ...{ number: `SO-2026-${1000 + index}`, tracking: trackingFor(500 + index), currency },
    to: address({ ...PLACES[index % PLACES.length] }),
    lines: linesFor(index, currency),
  }
})

export function declarationOf({ lines, currency }: PaperOrder): Declaration {
  const net = lines.reduce((sum, line) => sum + line.netGrams, 0)
  const minor = lines.reduce((sum, line) => sum + line.value.minor, 0)
  return { ...DECLARATION, currency, lines: [...lines], total: { minor, currency }, grossGrams: net + 80 }
}

/** The declaration as a CN 22 can hold it: at most three kinds of goods. */
export function shortDeclarationOf(order: PaperOrder): Declaration {
  return declarationOf({ ...order, lines: order.lines.slice(0, 3) })
}

export function cn23Of(order: PaperOrder): Cn23Input {
  return {
    ...{
      orderNumber: order.number,
      operator: 'China Post',
      tracking: order.tracking,
      from: SENDER,
      to: order.to,
    },
    declaration: declarationOf(order),
    ...{
      importerReference: 'VAT 000000000',
      importerContact: '',
      postalCharges: { minor: 1234, currency: order.currency },
    },
    ...{ posting: 'Shenzhen 518000, 2026-11-22', comments: '', licenceNo: '', certificateNo: '' },
    ...{ invoiceNo: `INV-${order.number}`, draft: false },
  }
}

function party(where: Address, numbers: Partial<InvoiceParty> = {}): InvoiceParty {
  return { address: where, vat: '', eori: '', taxId: '', ...numbers }
}

export function invoiceOf(order: PaperOrder): InvoiceInput {
  const { currency } = order
  const declaration = declarationOf(order)
  const freight = { minor: 990, currency }
  const discount = { minor: 10, currency }
  return {
    ...{
      orderNumber: order.number,
      proforma: false,
      invoiceNo: `INV-${order.number}`,
      issuedOn: '2026-11-22',
    },
    tracking: order.tracking,
    shipper: party(SENDER, { eori: 'CN0000000000' }),
    seller: null,
    shipTo: party(order.to),
    buyer: party(order.to, { vat: 'XX000000000' }),
    importer: null,
    ...{
      shipperReference: 'S-1',
      receiverReference: '',
      reason: 'sale' as const,
      incoterm: 'DAP',
      incotermPlace: order.to.latin?.city ?? order.to.city,
    },
    currency,
    lines: order.lines.map((line) => ({
      ...{
        sku: line.sku,
        description: line.description,
        descriptionLocal: line.descriptionLocal,
        hs: line.hs6,
      },
      ...{ hsImport: '', origin: line.origin, quantity: line.quantity, unit: 'pcs', value: line.value },
      unitValue: { minor: Math.round(line.value.minor / line.quantity), currency },
      ...{ netGrams: line.netGrams, grossGrams: null },
    })),
    ...{ discount, freight, insurance: null, otherCharges: null },
    total: { minor: declaration.total.minor + 990 - 10, currency },
    packages: 1,
    ...{ netGrams: declaration.grossGrams - 80, grossGrams: declaration.grossGrams, exportReference: '' },
    ...{
      originStatement: '',
      signer: 'Wang Xiaoming',
      place: 'Shenzhen',
      signedOn: '2026-11-22',
      draft: false,
    },
  }
}

function packingLines(order: PaperOrder): PackingLine[] {
  return order.lines.map((line, index) => ({
    ...{
      sku: line.sku,
      title: TITLES[(index + order.lines.length) % TITLES.length] ?? '',
      titleEn: line.description,
    },
    ...{
      variant: index % 2 === 0 ? 'blue, M' : '',
      quantity: line.quantity,
      bin: `A-${(index * 7) % 12}-${index % 5}`,
    },
    price: line.value,
  }))
}

export function packingSlipOf(order: PaperOrder, withPrices = false): PackingSlipInput {
  return {
    ...{ orderNumber: order.number, shopName: 'Hafen & Söhne 港', shipOn: '2026-11-22', shipTo: order.to },
    ...{ lines: packingLines(order), withPrices, total: withPrices ? declarationOf(order).total : null },
    ...{
      note: 'Vielen Dank! شكرا',
      returnsUrl: `https://example.test/returns/${order.number}`,
      draft: false,
    },
  }
}

export function pickListOf(orders: readonly PaperOrder[]): PickListInput {
  return {
    ...{ batchName: 'B-7', madeOn: '2026-11-22' },
    orders: orders.map((order, index) => ({
      ...{
        orderNumber: order.number,
        slot: `${String.fromCharCode(65 + (index % 4))}${1 + Math.floor(index / 4)}`,
      },
      ...{ destination: order.to.country, lines: packingLines(order) },
    })),
  }
}

export function handOverOf(orders: readonly PaperOrder[]): HandOverInput {
  return {
    ...{ carrier: 'China Post', account: 'A-100', origin: 'Shenzhen', date: '2026-11-22', sequenceNo: '7' },
    manifestId: 'MAN-20261122-7',
    lines: orders.map((order, index) => ({
      ...{
        tracking: order.tracking,
        orderNumber: order.number,
        destination: order.to.country,
        service: 'Registered packet',
      },
      ...{ grams: declarationOf(order).grossGrams, bag: index % 3 === 0 ? '' : `BAG-${index % 3}` },
    })),
    draft: false,
  }
}
