import type { OperationOutput } from '#core/contracts/operations.ts'
import type { Result } from '#core/shared/result.ts'
import { startAmazonRecorder } from '#tests/conformance/record-amazon-kit.ts'
import type { Fault } from '#tests/support/fault.ts'
import { createAccount } from '#tests/fakes/amazon/account-state.ts'
import {
  placeListing,
  sell,
  type FakeListing,
  type ListingFacts,
} from '#tests/fakes/amazon/listings-state.ts'

/**
 * Writes the fixtures of Amazon's listings: runs against the fake account behind Amazon's official models.
 * `CARAVEL_SPECS=… npx tsx tests/conformance/record-amazon-listings.ts`
 */

const [DE, GB] = ['A1PA6795UKMFR9', 'A1F83G8C2ARO7P'] as const
const START = Date.UTC(2026, 10, 20, 9)
let clock = START
let step = 250
// Time goes by with every look at it, so that the buckets of operations fill again.
const account = createAccount({ now: () => (clock += step) })
const { fake, proxy, run, stop } = await startAmazonRecorder(
  account,
  ['listingsItems_2021-08-01', 'feeds_2021-06-30'],
  {
    settings: { sellerId: account.sellerId, marketplaces: 'DE, GB' },
    beforeRun: () => (clock += 60_000),
  },
)

const breakNext = (method: string, fault: Fault, path = '/listings'): void => {
  proxy.plan({ match: (request) => request.method === method && request.path.startsWith(path), fault })
}

const place = (sku: string, over: Partial<ListingFacts> = {}): FakeListing => {
  clock += 60_000
  return placeListing(account, {
    sku,
    prices: { [DE]: { currency: 'EUR', amount: 19.99 }, [GB]: { currency: 'GBP', amount: 17.5 } },
    titles: {
      de_DE: { title: `Becher ${sku}`, marketplaceId: DE },
      en_GB: { title: `Mug ${sku}`, marketplaceId: GB },
    },
    ...{ quantity: 20, isPlain: true },
    ...over,
  })
}
const page = (pageSize: number, pageToken: string | null = null) => ({
  checkpoint: null,
  pageToken,
  pageSize,
})

await run('pull-listings', 'empty', page(50))
const mug = place('MUG-01', { isPlain: false })
place('MUG-02', { status: ['DISCOVERABLE'], prices: { [DE]: { currency: 'EUR', amount: 19.99 } } })
place('BOX-03', { quantity: null, titles: { de_DE: { title: 'Karton', marketplaceId: DE } } })
place('TEA-04', { prices: { [GB]: { currency: 'GBP', amount: 3 } } }).markets.get(GB)!.issues = [
  {
    ...{ code: '90220', message: "'unit_count' is required but not supplied.", severity: 'ERROR' },
    ...{ attributeNames: ['unit_count'], categories: ['MISSING_ATTRIBUTE'] },
  },
]
await run('pull-listings', 'success', page(50))
let token: string | null = null
for (let n = 1; n === 1 || token !== null; n += 1) {
  const paged: Result<OperationOutput<'pull-listings'>> = await run(
    'pull-listings',
    `paged-${n}`,
    page(3, token),
  )
  token = paged.ok ? paged.value.nextPage : null
}
const since = { updatedAt: clock + 600_000, id: 'TEA-04' }
clock += 3_600_000
for (const market of mug.markets.values()) market.updatedAt = clock
await run('pull-listings', 'changed', { ...page(50), checkpoint: since })
step = 0
fake.drain('SearchListingsItems')
await run('pull-listings', 'throttled', page(50))
fake.fill('SearchListingsItems')
step = 250
await run('read-listings', 'success', { remoteIds: ['MUG-01', 'MUG-02', 'NONE-99'] })

// Pushes are about a plain one: its answers have fewer leaves to drop.
place('MUG-01')
const push = (sku: string, mayHaveArrived = false) => ({
  ...{ intentId: `intent-${sku}`, mayHaveArrived, listingRemoteId: sku },
})
const texts = (before: string, value: string) => ({
  ...push('MUG-01'),
  changes: [{ locale: 'de-DE', part: 'title' as const, before, value }],
})
await run('push-listing', 'success', {
  ...push('MUG-01'),
  changes: [
    { locale: 'de-DE', part: 'title', before: 'Becher MUG-01', value: 'Tasse' },
    { locale: 'en-GB', part: 'description', before: 'Mug MUG-01.', value: 'A cup.' },
  ],
})
await run('push-listing', 'already', texts('Becher MUG-01', 'Tasse'))
await run('push-listing', 'moved', texts('Becher MUG-01', 'Krug'))
await run('push-listing', 'refused', texts('Tasse', 'x'.repeat(201)))
await run('push-listing', 'not-found', { ...texts('Tasse', 'Krug'), listingRemoteId: 'NONE-99' })
breakNext('PATCH', { kind: 'drop-answer' })
await run('push-listing', 'lost-answer', texts('Tasse', 'Krug'))
account.listings.delayMs = 3_600_000
await run('push-listing', 'accepted', texts('Krug', 'Henkelbecher'))
account.listings.delayMs = 0
await run('check-listing', 'success', {
  listingRemoteId: 'MUG-01',
  changes: [{ locale: 'en-GB', part: 'title', before: 'Mug MUG-01', value: 'Cup!!' }],
})

const euros = (minor: number) => ({ minor, currency: 'EUR' })
const price = (before: number, value: number) => ({
  ...{ ...push('MUG-01'), offerRemoteId: 'MUG-01', market: 'DE', before: euros(before), value: euros(value) },
})
await run('push-price', 'success', price(1999, 2149))
await run('push-price', 'already', price(1999, 2149))
await run('push-price', 'moved', price(1999, 2500))
await run('push-price', 'currency', {
  ...price(2149, 1),
  ...{ before: null, value: { minor: 100, currency: 'GBP' } },
})
breakNext('PATCH', { kind: 'drop-answer' })
await run('push-price', 'lost-answer', price(2149, 2300))

const priced = (sku: string, before: number, value: number) => ({
  ...{ intentId: `price-${sku}`, listingRemoteId: sku, offerRemoteId: sku },
  ...{ before: euros(before), value: euros(value) },
})
// One was sold under another price, one is not there: neither joins.
const prices = [priced('MUG-01', 2300, 2400), priced('MUG-02', 2500, 2600), priced('NONE-99', 1, 2)]
await run('push-prices', 'success', { market: 'DE', changes: prices })
await run('push-prices', 'none', { market: 'DE', changes: prices.slice(1) })
place('BOX-05')
place('BOX-06')
account.feeds.delayMs = 120_000
breakNext('POST', { kind: 'drop-answer' }, '/feeds/2021-06-30/feeds')
await run('push-prices', 'lost-answer', { market: 'DE', changes: [priced('BOX-05', 1999, 2099)] })
const made = await run('push-prices', 'most', {
  market: 'DE',
  changes: [priced('BOX-05', 1999, 2199), priced('BOX-06', 1999, 99_999_900)],
})
const batchRemoteId = made.ok ? (made.value.batch?.remoteId ?? '') : ''
await run('read-batch', 'working', { batchRemoteId })
clock += 240_000
await run('read-batch', 'success', { batchRemoteId })
await run('read-batch', 'gone', { batchRemoteId: '999' })

const stock = (from: number, to: number) => ({ ...push('MUG-02'), offerRemoteId: 'MUG-02', from, to })
await run('push-stock', 'success', stock(20, 14))
sell(account.listings.bySku.get('MUG-02')!, 2)
await run('push-stock', 'moved', stock(14, 10))
await run('push-stock', 'already', { ...stock(20, 12), mayHaveArrived: true })
breakNext('PATCH', { kind: 'drop-answer' })
await run('push-stock', 'lost-answer', stock(12, 9))
await run('push-stock', 'by-amazon', { ...stock(5, 4), listingRemoteId: 'BOX-03', offerRemoteId: 'BOX-03' })

await stop()
