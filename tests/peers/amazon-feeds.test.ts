import { Validator, type Schema } from '@cfworker/json-schema'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Result } from '#core/shared/result.ts'
import type { Desk } from '#tests/conformance/desk.ts'
import { readSpec, SKIPPED, specsFolder } from '#tests/contracts/specs-folder.ts'
import { createAccount } from '#tests/fakes/amazon/account-state.ts'
import { placeListing, priceIn, type FakeListing } from '#tests/fakes/amazon/listings-state.ts'
import type { Fault } from '#tests/support/fault.ts'
import { startHeldAccount, type HeldAccount } from './amazon-models/held-account.ts'

const [DE, GB] = ['A1PA6795UKMFR9', 'A1F83G8C2ARO7P'] as const
const SCHEMAS = 'specs/marketplaces/amazon-sp-api/schemas'

let held: HeldAccount
let fake: HeldAccount['fake']
let proxy: HeldAccount['proxy']
let clock: number
let desk: Desk

const broken = (schema: string, document: unknown): string[] => {
  const validator = new Validator(readSpec(`${SCHEMAS}/${schema}.json`) as Schema, '7', false)
  return validator
    .validate(document)
    .errors.map(({ instanceLocation, error }) => `${instanceLocation} ${error}`)
}

describe.skipIf(!specsFolder)(`Feeds of Amazon, held to the official models and schemas${SKIPPED}`, () => {
  beforeAll(async () => {
    held = await startHeldAccount(['listingsItems_2021-08-01', 'feeds_2021-06-30'])
    ;({ fake, proxy } = held)
  })

  afterAll(() => held.stop())

  beforeEach(() => {
    clock = Date.UTC(2026, 10, 20)
    fake.use(createAccount({ now: () => (clock += 1_000) }))
    fake.account.definitions.storageUrl = proxy.baseUrl
    proxy.clear()
    desk = held.open({ settings: { sellerId: fake.account.sellerId, marketplaces: 'DE, GB' } })
  })

  afterEach(() => {
    const { documents, byId } = fake.account.feeds
    const reports = [...byId.values()].flatMap(({ resultId }) => resultId ?? [])
    for (const [id, { content }] of documents) {
      const schema = reports.includes(id)
        ? 'listings-feed-processing-report-schema-v2'
        : 'listings-feed-schema-v2'
      if (content !== null) expect(broken(schema, content)).toEqual([])
    }
    expect(held.broken()).toEqual([])
  })

  const place = (sku: string): FakeListing =>
    placeListing(fake.account, {
      sku,
      prices: { [DE]: { currency: 'EUR', amount: 19.99 }, [GB]: { currency: 'GBP', amount: 17.5 } },
      titles: { de_DE: { title: sku, marketplaceId: DE } },
      quantity: 20,
    })

  const change = (sku: string, minor: number, before = 1_999) => ({
    ...{ intentId: `intent-${sku}`, listingRemoteId: sku, offerRemoteId: sku },
    ...{ before: { minor: before, currency: 'EUR' }, value: { minor, currency: 'EUR' } },
  })
  const push = (changes: OperationInput<'push-prices'>['changes'], market = 'DE') =>
    desk.runtime.run(desk.connectionId, 'push-prices', { market, changes })
  const read = (batchRemoteId: string) => desk.runtime.run(desk.connectionId, 'read-batch', { batchRemoteId })
  const idOf = (made: Result<OperationOutput<'push-prices'>>): string => {
    if (!made.ok || made.value.batch === null) throw new Error(JSON.stringify(made))
    return made.value.batch.remoteId
  }

  it('carries 45 prices from creation to the report, and leaves sales and prices for businesses alone', async () => {
    const all = Array.from({ length: 45 }, (_, n) => place(`SKU-${n}`))
    fake.account.feeds.delayMs = 60_000
    const made = await push(all.map(({ sku }) => change(sku, 2_149)))
    expect(made).toMatchObject({ ok: true, value: { batch: { taken: { length: 45 } } } })
    expect(fake.calls.filter((name) => name === 'SearchListingsItems')).toHaveLength(3)
    expect(await read(idOf(made))).toEqual({ ok: true, value: { state: 'working' } })
    expect(all.map((each) => priceIn(each, DE))).toEqual(Array(45).fill(19.99))
    clock += 60_000
    expect(await read(idOf(made))).toEqual({ ok: true, value: { state: 'done', refused: [] } })
    expect(all.map((each) => priceIn(each, DE))).toEqual(Array(45).fill(21.49))
    expect(all.map((each) => priceIn(each, GB))).toEqual(Array(45).fill(17.5))
    const offers = all[0]?.attributes.get('purchasable_offer')
    expect(offers?.filter((each) => each['audience'] === 'B2B')).toHaveLength(2)
    expect(offers?.filter((each) => 'discounted_price' in each)).toHaveLength(2)
  })

  it('leaves out what moved, what is there already and what is gone, and makes no feed of nothing', async () => {
    for (const sku of ['A', 'B', 'C']) place(sku)
    const changes = [change('A', 2_100), change('B', 2_100, 1_500), change('C', 1_999, 1_500), change('D', 1)]
    const made = await push(changes)
    expect(made).toMatchObject({
      ok: true,
      value: { batch: { taken: [{ intentId: 'intent-A', place: 1 }] } },
    })
    expect(await push(changes.slice(1))).toEqual({ ok: true, value: { batch: null } })
    expect(await push([change('A', 2_200)], 'FR')).toEqual({ ok: true, value: { batch: null } })
    expect(fake.calls.filter((name) => name === 'CreateFeed')).toHaveLength(1)
  })

  it.each([false, true])('reads what the report refuses, packed: %s', async (packsReports) => {
    for (const sku of ['A', 'B']) place(sku)
    Object.assign(fake.account.feeds, { packsReports })
    const made = await push([change('A', 2_100), change('B', 99_999_900)])
    expect(await read(idOf(made))).toEqual({
      ok: true,
      value: {
        state: 'done',
        refused: [{ place: 2, code: '99022', message: 'purchasable_offer: The price is too high.' }],
      },
    })
  })

  it.each(['FATAL', 'CANCELLED'] as const)('says that a feed that ended %s is lost', async (end) => {
    place('A')
    fake.account.feeds.end = end
    const made = await push([change('A', 2_100)])
    expect(await read(idOf(made))).toEqual({ ok: true, value: { state: 'lost', message: end } })
  })

  it('knows no feed of somebody else', async () => {
    expect(await read('999')).toMatchObject({ ok: true, value: { state: 'lost' } })
  })

  it('leaves the outcome open only where the feed itself may have been made', async () => {
    place('A')
    const fail = (path: string, fault: Fault): void =>
      void proxy.plan({ match: (request) => request.path.startsWith(path), fault })
    for (const path of ['/feeds/2021-06-30/documents', '/documents/feeds/']) {
      fail(path, { kind: 'status', status: 503 })
      expect(await push([change('A', 2_100)])).toMatchObject({ ok: false, error: { code: 'remote-down' } })
    }
    expect(fake.account.feeds.byId.size).toBe(0)
    fail('/feeds/2021-06-30/feeds', { kind: 'drop-answer' })
    expect(await push([change('A', 2_100)])).toMatchObject({ ok: false, error: { code: 'outcome-unknown' } })
    expect(fake.account.feeds.byId.size).toBe(1)
  })

  it('shows storage no token, and sends nothing to an address elsewhere', async () => {
    place('A')
    fake.account.definitions.storageUrl = 'https://elsewhere.example'
    expect(await push([change('A', 2_100)])).toMatchObject({ ok: false, error: { code: 'malformed' } })
    expect(fake.account.feeds.byId.size).toBe(0)
  })

  it('is told to wait when the account may make no more feeds', async () => {
    for (let n = 0; n < 16; n += 1) place(`SKU-${n}`)
    for (let n = 0; n < 15; n += 1)
      expect(await push([change(`SKU-${n}`, 2_100)])).toMatchObject({ ok: true })
    expect(await push([change('SKU-15', 2_100)])).toMatchObject({
      ok: false,
      error: { code: 'rate-limited', retryAfterMs: expect.any(Number) },
    })
  })
})
