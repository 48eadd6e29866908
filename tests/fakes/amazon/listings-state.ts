/** An element of an attribute: what sets it apart (marketplace, language, currency) beside its value. */
export type FakeElement = Record<string, unknown>

export interface FakeMarket {
  /** Epoch ms. */
  updatedAt: number
  status: ('BUYABLE' | 'DISCOVERABLE')[]
  issues: FakeIssue[]
}

export interface FakeIssue {
  code: string
  message: string
  severity: 'ERROR' | 'WARNING' | 'INFO'
  attributeNames?: string[]
  categories: string[]
  enforcements?: { actions: { action: string }[]; exemption: { status: string } }
}

export interface FakeListing {
  sku: string
  asin: string
  productType: string
  createdAt: number
  /** Where it is listed, by marketplace. */
  markets: Map<string, FakeMarket>
  /** By name; elements without a marketplace hold in all. */
  attributes: Map<string, FakeElement[]>
  /** False for what was submitted and cannot be found yet. */
  isIndexed: boolean
}

/** What was submitted and is not carried out yet. */
interface Pending {
  at: number
  carryOut: () => void
}

export interface FakeListings {
  bySku: Map<string, FakeListing>
  /** Accepted submissions are carried out so long after, ms. */
  delayMs: number
  pending: Pending[]
  /** Every submission that was accepted. */
  effects: { sku: string; marketplaceId: string; path: string }[]
}

export function createListings(): FakeListings {
  return { bySku: new Map(), delayMs: 0, pending: [], effects: [] }
}

/** Carries out what is due. */
export function settle(listings: FakeListings, now: number): void {
  const due = listings.pending.filter(({ at }) => at <= now)
  listings.pending = listings.pending.filter(({ at }) => at > now)
  for (const { carryOut } of due) carryOut()
}

/** An element is seen in one marketplace. */
export function isIn(element: FakeElement, marketplaceId: string): boolean {
  return element['marketplace_id'] === undefined || element['marketplace_id'] === marketplaceId
}

/** Attributes as one marketplace has them. */
export function attributesIn(listing: FakeListing, marketplaceId: string): Record<string, FakeElement[]> {
  const shown = [...listing.attributes].map(([name, elements]): [string, FakeElement[]] => [
    name,
    elements.filter((element) => isIn(element, marketplaceId)),
  ])
  return Object.fromEntries(shown.filter(([, elements]) => elements.length > 0))
}

export interface FakePatch {
  op: 'add' | 'replace' | 'merge' | 'delete'
  path: string
  value?: FakeElement[]
}

const SELECTORS = ['marketplace_id', 'language_tag', 'currency', 'audience', 'fulfillment_channel_code']

/** Carries a patch out in one marketplace: an attribute is set as a whole, as far as that marketplace has it. */
export function patch(
  listing: FakeListing,
  marketplaceId: string,
  { op, path, value = [] }: FakePatch,
): void {
  const name = path.replace('/attributes/', '')
  const all = listing.attributes.get(name) ?? []
  const isMeant = (element: FakeElement): boolean =>
    isIn(element, marketplaceId) &&
    (op !== 'delete' ||
      value.some((each) => SELECTORS.every((key) => each[key] === undefined || each[key] === element[key])))
  const kept = all.filter((element) => !isMeant(element))
  listing.attributes.set(name, op === 'delete' ? kept : [...kept, ...value])
}

export interface ListingFacts {
  sku: string
  /** By marketplace: prices in its currency. */
  prices: Record<string, { currency: string; amount: number }>
  /** `de_DE` → title; the description is made from it. */
  titles: Record<string, { title: string; marketplaceId: string }>
  /** Null: Amazon sends it. */
  quantity: number | null
  status?: FakeMarket['status']
  productType?: string
  /** Without bullet points, sales and prices for businesses. */
  isPlain?: boolean
}

/** Puts a listing into the account, as the seller would at this moment. */
export function placeListing(
  account: { now: () => number; listings: FakeListings; nextId: () => number },
  facts: ListingFacts,
): FakeListing {
  const now = account.now()
  const status = facts.status ?? ['BUYABLE', 'DISCOVERABLE']
  const texts = (write: (title: string) => string): FakeElement[] =>
    Object.entries(facts.titles).map(([language_tag, { title, marketplaceId }]) => ({
      ...{ value: write(title), language_tag, marketplace_id: marketplaceId },
    }))
  const listing: FakeListing = {
    ...{ sku: facts.sku, asin: `B0${account.nextId()}`, productType: facts.productType ?? 'DRINKING_CUP' },
    ...{ createdAt: now, isIndexed: true },
    markets: new Map(
      Object.keys(facts.prices).map((id) => [id, { updatedAt: now, status: [...status], issues: [] }]),
    ),
    attributes: new Map([
      ['item_name', texts((title) => title)],
      ['product_description', texts((title) => `${title}.`)],
      ['bullet_point', facts.isPlain === true ? [] : Object.keys(facts.prices).map(makeBullet)],
      [
        'purchasable_offer',
        Object.entries(facts.prices).flatMap(([id, price]) => makeOffers(id, price, facts.isPlain === true)),
      ],
      [
        'fulfillment_availability',
        facts.quantity === null
          ? [{ fulfillment_channel_code: 'AMAZON_EU' }]
          : [
              {
                ...{ fulfillment_channel_code: 'DEFAULT', quantity: facts.quantity },
                lead_time_to_ship_max_days: 2,
              },
            ],
      ],
    ]),
  }
  account.listings.bySku.set(facts.sku, listing)
  return listing
}

function makeBullet(marketplace_id: string): FakeElement {
  return { value: 'Stoneware', language_tag: 'en_GB', marketplace_id }
}

function makeOffers(
  marketplace_id: string,
  { currency, amount }: { currency: string; amount: number },
  isPlain: boolean,
): FakeElement[] {
  const schedule = (value_with_tax: number, more = {}): unknown[] => [
    { schedule: [{ value_with_tax, ...more }] },
  ]
  const forAll = { marketplace_id, currency, audience: 'ALL', our_price: schedule(amount) }
  if (isPlain) return [forAll]
  return [
    { ...forAll, discounted_price: schedule(amount - 1, { start_at: '2026-12-01' }) },
    { marketplace_id, currency, audience: 'B2B', our_price: schedule(amount - 0.5) },
  ]
}

/** The price for everybody as it is set in a marketplace. */
export function priceIn(listing: FakeListing, marketplaceId: string): unknown {
  const offer = (listing.attributes.get('purchasable_offer') ?? []).find(
    (each) => each['marketplace_id'] === marketplaceId && each['audience'] === 'ALL',
  )
  const [price] = (offer?.['our_price'] ?? []) as { schedule: { value_with_tax: unknown }[] }[]
  return price?.schedule[0]?.value_with_tax
}

export function quantityOf(listing: FakeListing): unknown {
  return listing.attributes
    .get('fulfillment_availability')
    ?.find((each) => each['fulfillment_channel_code'] === 'DEFAULT')?.['quantity']
}

export function titleIn(listing: FakeListing, languageTag: string): unknown {
  return listing.attributes.get('item_name')?.find((each) => each['language_tag'] === languageTag)?.['value']
}

/** Sells pieces, as buyers do: the listing's time stays. */
export function sell(listing: FakeListing, pieces: number): void {
  const own = listing.attributes.get('fulfillment_availability') ?? []
  for (const each of own)
    if (typeof each['quantity'] === 'number') each['quantity'] = Math.max(0, each['quantity'] - pieces)
}
