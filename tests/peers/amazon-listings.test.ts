import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OperationInput } from '#core/contracts/operations.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import type { Desk } from '#tests/conformance/desk.ts'
import { SKIPPED, specsFolder } from '#tests/contracts/specs-folder.ts'
import { createAccount } from '#tests/fakes/amazon/account-state.ts'
import {
  placeListing,
  priceIn,
  quantityOf,
  sell,
  titleIn,
  type FakeListing,
  type ListingFacts,
} from '#tests/fakes/amazon/listings-state.ts'
import { startHeldAccount, type HeldAccount } from './amazon-models/held-account.ts'

const [DE, FR, GB] = ['A1PA6795UKMFR9', 'A13V1IB3VIYZZH', 'A1F83G8C2ARO7P'] as const

let held: HeldAccount
let fake: HeldAccount['fake']
let proxy: HeldAccount['proxy']
let clock: number

describe.skipIf(!specsFolder)(`Listings of Amazon, held to the official models${SKIPPED}`, () => {
  beforeAll(async () => {
    held = await startHeldAccount(['listingsItems_2021-08-01'])
    ;({ fake, proxy } = held)
  })

  afterAll(() => held.stop())

  beforeEach(() => {
    clock = Date.UTC(2026, 10, 20)
    fake.use(createAccount({ now: () => (clock += 1_000) }))
    proxy.clear()
  })

  afterEach(() => {
    expect(held.broken()).toEqual([])
  })

  const open = (marketplaces = 'DE, FR, GB'): Desk =>
    held.open({ settings: { sellerId: fake.account.sellerId, marketplaces } })

  const mug = (over: Partial<ListingFacts> = {}): FakeListing =>
    placeListing(fake.account, {
      sku: 'MUG/01 blue',
      prices: { [DE]: { currency: 'EUR', amount: 19.99 }, [GB]: { currency: 'GBP', amount: 17.5 } },
      titles: {
        de_DE: { title: 'Becher', marketplaceId: DE },
        en_GB: { title: 'Mug', marketplaceId: GB },
      },
      quantity: 20,
      ...over,
    })

  async function read(desk: Desk, sku: string): Promise<RemoteListing> {
    const result = await desk.runtime.run(desk.connectionId, 'read-listings', { remoteIds: [sku] })
    if (!result.ok || result.value.listings[0] === undefined) throw new Error(JSON.stringify(result))
    return result.value.listings[0]
  }

  async function pull(
    desk: Desk,
    over: Partial<OperationInput<'pull-listings'>> = {},
  ): Promise<{ skus: string[]; checkpoint: unknown; listings: RemoteListing[] }> {
    const input = { checkpoint: null, pageToken: null, pageSize: 50, ...over }
    const listings: RemoteListing[] = []
    for (;;) {
      const page = await desk.runtime.run(desk.connectionId, 'pull-listings', input)
      if (!page.ok) throw new Error(JSON.stringify(page.error))
      expect(page.value.rejected).toEqual([])
      listings.push(...page.value.listings)
      if (page.value.nextPage === null)
        return { skus: listings.map(({ remoteId }) => remoteId), checkpoint: page.value.checkpoint, listings }
      input.pageToken = page.value.nextPage
    }
  }

  const push = { intentId: 'i1', mayHaveArrived: false, listingRemoteId: 'MUG/01 blue' }
  const offer = { ...push, offerRemoteId: 'MUG/01 blue' }

  it('brings a SKU of two marketplaces as one listing', async () => {
    mug()
    const { listings } = await pull(open())
    expect(listings).toHaveLength(1)
    expect(listings[0]).toMatchObject({
      ...{ remoteId: 'MUG/01 blue', status: 'active', mainLocale: 'de-DE' },
      contents: {
        'de-DE': { title: 'Becher', description: 'Becher.' },
        'en-GB': { title: 'Mug', description: 'Mug.' },
      },
      offers: [
        {
          ...{ remoteId: 'MUG/01 blue', sku: 'MUG/01 blue', stock: 20 },
          prices: [
            { minor: 1999, currency: 'EUR', market: 'DE' },
            { minor: 1750, currency: 'GBP', market: 'GB' },
          ],
        },
      ],
    })
    expect(listings[0]).not.toHaveProperty('issues')
  })

  it('walks every marketplace over several pages and brings each SKU once', async () => {
    for (let n = 0; n < 45; n += 1) mug({ sku: `DE-${n}` })
    for (let n = 0; n < 25; n += 1)
      mug({ sku: `FR-${n}`, prices: { [FR]: { currency: 'EUR', amount: 9 } }, titles: {} })
    const { skus } = await pull(open())
    expect([skus.length, new Set(skus).size]).toEqual([70, 70])
  })

  it('goes on behind the thousand that a search shows', async () => {
    for (let n = 0; n < 1_030; n += 1)
      mug({ sku: `SKU-${n}`, prices: { [FR]: { currency: 'EUR', amount: 9 } } })
    const { skus } = await pull(open('FR'), { pageSize: 500 })
    expect(new Set(skus).size).toBe(1_030)
  }, 60_000)

  it('brings what changed since, in whatever marketplace', async () => {
    mug({ sku: 'PLATE-02' })
    clock += 3_600_000
    const first = mug()
    const { checkpoint } = await pull(open())
    clock += 3_600_000
    first.markets.get(GB)!.updatedAt = fake.account.now()
    const { skus, checkpoint: next } = await pull(open(), {
      checkpoint: checkpoint as { updatedAt: number; id: string },
    })
    expect([...new Set(skus)]).toEqual(['MUG/01 blue'])
    expect(next).toMatchObject({ updatedAt: first.markets.get(GB)!.updatedAt })
  })

  it('tells how a listing stands, with what Amazon finds', async () => {
    mug({ sku: 'hidden', status: ['DISCOVERABLE'] })
    mug({ sku: 'fba', quantity: null })
    mug({ sku: 'new' }).isIndexed = false
    const out = mug({ sku: 'out' })
    for (const market of out.markets.values())
      market.issues = [
        {
          ...{
            code: '18027',
            message: 'The main image has text.',
            severity: 'ERROR',
            categories: ['INVALID_IMAGE'],
          },
          enforcements: { actions: [{ action: 'LISTING_SUPPRESSED' }], exemption: { status: 'NOT_EXEMPT' } },
        },
      ]
    const desk = open()
    expect(await read(desk, 'hidden')).toMatchObject({
      status: 'hidden',
      rawStatus: 'DE DISCOVERABLE; GB DISCOVERABLE',
    })
    expect((await read(desk, 'fba')).offers[0]).toMatchObject({ stock: null })
    expect(await read(desk, 'new')).toMatchObject({ status: 'processing' })
    expect(await read(desk, 'out')).toMatchObject({
      status: 'blocked',
      issues: [
        { code: '18027', severity: 'error', fields: [], market: 'DE' },
        { code: '18027', severity: 'error', fields: [], market: 'GB' },
      ],
    })
  })

  it('writes texts of two languages, each to its marketplace, and leaves all else', async () => {
    const listing = mug()
    const before = structuredClone(Object.fromEntries(listing.attributes))
    const desk = open()
    const result = await desk.runtime.run(desk.connectionId, 'push-listing', {
      ...push,
      changes: [
        { locale: 'de-DE', part: 'title', before: 'Becher', value: 'Tasse' },
        { locale: 'en-GB', part: 'title', before: 'Mug', value: 'Cup' },
        { locale: 'en-GB', part: 'description', before: 'Mug.', value: '' },
      ],
    })
    expect(result).toMatchObject({
      value: { outcome: 'written', listing: { contents: { 'en-GB': { title: 'Cup' } } } },
    })
    expect([titleIn(listing, 'de_DE'), titleIn(listing, 'en_GB')]).toEqual(['Tasse', 'Cup'])
    const after = Object.fromEntries(listing.attributes)
    expect(after['product_description']).toEqual(
      before['product_description']?.filter((each) => each['language_tag'] === 'de_DE'),
    )
    for (const name of ['bullet_point', 'purchasable_offer', 'fulfillment_availability'])
      expect(after[name]).toEqual(before[name])
  })

  it('keeps the other languages of a marketplace', async () => {
    const listing = mug({
      titles: { de_DE: { title: 'Becher', marketplaceId: DE }, en_GB: { title: 'Mug', marketplaceId: DE } },
    })
    const changes = [{ locale: 'en-GB', part: 'title' as const, before: 'Mug', value: 'Cup' }]
    const desk = open('DE')
    await desk.runtime.run(desk.connectionId, 'push-listing', { ...push, changes })
    expect([titleIn(listing, 'de_DE'), titleIn(listing, 'en_GB')]).toEqual(['Becher', 'Cup'])
  })

  it('sets a price in one marketplace, and leaves sales and prices for businesses', async () => {
    const listing = mug()
    const before = structuredClone(listing.attributes.get('purchasable_offer'))
    const desk = open()
    const value = { minor: 2149, currency: 'EUR' }
    const result = await desk.runtime.run(desk.connectionId, 'push-price', {
      ...{ ...offer, market: 'DE', before: { minor: 1999, currency: 'EUR' }, value },
    })
    expect(result).toMatchObject({ value: { outcome: 'written' } })
    expect([priceIn(listing, DE), priceIn(listing, GB)]).toEqual([21.49, 17.5])
    const others = (list: typeof before) =>
      list?.filter((each) => each['audience'] !== 'ALL' || each['marketplace_id'] !== DE)
    const byKey = (list: typeof before) =>
      others(list)
        ?.map((each) => JSON.stringify(each))
        .sort()
    expect(byKey(listing.attributes.get('purchasable_offer'))).toEqual(byKey(before))
    const sale = listing.attributes
      .get('purchasable_offer')
      ?.find((each) => each['audience'] === 'ALL' && each['marketplace_id'] === DE)
    expect(sale?.['discounted_price']).toEqual([
      { schedule: [{ value_with_tax: 18.99, start_at: '2026-12-01' }] },
    ])
  })

  it('sets pieces and leaves how fast they are sent', async () => {
    const listing = mug()
    const desk = open()
    const result = await desk.runtime.run(desk.connectionId, 'push-stock', { ...offer, from: 20, to: 14 })
    expect(result).toMatchObject({ value: { outcome: 'written', listing: { offers: [{ stock: 14 }] } } })
    expect(listing.attributes.get('fulfillment_availability')).toEqual([
      { fulfillment_channel_code: 'DEFAULT', quantity: 14, lead_time_to_ship_max_days: 2 },
    ])
  })

  it('writes nothing over what somebody else changed, and nothing twice', async () => {
    const listing = mug()
    const desk = open()
    const change = (before: string, value: string) =>
      desk.runtime.run(desk.connectionId, 'push-listing', {
        ...{ ...push, changes: [{ locale: 'de-DE', part: 'title', before, value }] },
      })
    expect(await change('Krug', 'Tasse')).toMatchObject({ value: { outcome: 'moved' } })
    expect(await change('Krug', 'Becher')).toMatchObject({ value: { outcome: 'already' } })
    sell(listing, 3)
    const stock = await desk.runtime.run(desk.connectionId, 'push-stock', { ...offer, from: 20, to: 14 })
    expect(stock).toMatchObject({ value: { outcome: 'moved', listing: { offers: [{ stock: 17 }] } } })
    expect(fake.account.listings.effects).toEqual([])
  })

  it('says that a change was taken and does not show yet', async () => {
    const listing = mug()
    fake.account.listings.delayMs = 300_000
    const desk = open()
    const changes = [{ locale: 'de-DE', part: 'title' as const, before: 'Becher', value: 'Tasse' }]
    const taken = await desk.runtime.run(desk.connectionId, 'push-listing', { ...push, changes })
    expect(taken).toMatchObject({
      value: { outcome: 'accepted', listing: { contents: { 'de-DE': { title: 'Becher' } } } },
    })
    clock += 300_000
    expect((await read(desk, listing.sku)).contents['de-DE']?.title).toBe('Tasse')
  })

  it('says in words why Amazon refuses, by attribute and language', async () => {
    mug()
    const desk = open()
    const value = 'x'.repeat(201)
    const changes = [{ locale: 'de-DE', part: 'title' as const, before: 'Becher', value }]
    expect(await desk.runtime.run(desk.connectionId, 'push-listing', { ...push, changes })).toMatchObject({
      error: {
        ...{ code: 'invalid-input', reason: 'refused', remoteCode: '99010' },
        remoteMessage: "DE de-DE item_name: 'item_name' exceeds the maximum length.",
      },
    })
  })

  it('asks what Amazon would say, and changes nothing', async () => {
    const listing = mug()
    const desk = open()
    const check = (german: string) =>
      desk.runtime.run(desk.connectionId, 'check-listing', {
        listingRemoteId: listing.sku,
        changes: [
          { locale: 'de-DE', part: 'title', before: 'Becher', value: german },
          { locale: 'en-GB', part: 'title', before: 'Mug', value: 'Cup!!' },
        ],
      })
    const finding = { severity: 'warning', fields: ['item_name'], locale: 'en-GB', market: 'GB' }
    expect(await check('Tasse')).toMatchObject({ value: { status: 'valid', issues: [finding] } })
    expect(await check('x'.repeat(201))).toMatchObject({
      value: { status: 'invalid', issues: [{ severity: 'error', locale: 'de-DE', market: 'DE' }, finding] },
    })
    expect([titleIn(listing, 'de_DE'), fake.account.listings.effects]).toEqual(['Becher', []])
  })

  it('finds a change again whose answer was lost', async () => {
    const listing = mug()
    const desk = open()
    proxy.plan({ match: ({ method }) => method === 'PATCH', fault: { kind: 'drop-answer' } })
    const stock = { ...offer, from: 20, to: 14, readAt: (await read(desk, listing.sku)).updatedAt }
    const lost = await desk.runtime.run(desk.connectionId, 'push-stock', stock)
    expect(lost).toMatchObject({ error: { code: 'outcome-unknown' } })
    const again = await desk.runtime.run(desk.connectionId, 'push-stock', { ...stock, mayHaveArrived: true })
    expect(again).toMatchObject({ value: { outcome: 'already' } })
    expect([quantityOf(listing), fake.account.listings.effects.length]).toEqual([14, 1])
  })
})
