import { describe, expect, it } from 'vitest'
import { casesOf, runSandbox } from './amazon-sandbox-run.ts'
import type { SandboxCase } from './amazon-sandbox.ts'
import { SKIPPED, specsFolder } from './specs-folder.ts'

const SETTINGS = { region: 'na', clientId: 'client-1', sellerId: 'A2LANTERNROW01', marketplaces: 'US' }
const MODEL = 'feeds_2021-06-30'

describe.skipIf(!specsFolder)(`Amazon’s own sandbox cases of feeds${SKIPPED}`, () => {
  const read = (cases: Parameters<typeof runSandbox>[2]) =>
    runSandbox('read-batch', { batchRemoteId: 'FeedId1' }, cases, SETTINGS)
  const refused = { ok: false, error: [{ code: 'invalid-input', reason: 'refused' }] }

  it('of a new document come to its address, which lies in no storage of Amazon’s, or to a refusal', () => {
    const listing = {
      sku: 'SKU-1',
      productTypes: [{ productType: 'MUG' }],
      attributes: { purchasable_offer: OFFER },
    }
    const found: SandboxCase = {
      ...{ operationId: 'searchListingsItems', parameters: {} },
      response: { kind: 'answer', status: 200, headers: {}, body: { items: [listing] } },
    }
    const change = { intentId: 'intent-1', listingRemoteId: 'SKU-1', offerRemoteId: 'SKU-1' }
    const [before, value] = [1_000, 1_200].map((minor) => ({ minor, currency: 'USD' }))
    const input = { market: 'US', changes: [{ ...change, before, value }] }
    const results = casesOf(MODEL, 'createFeedDocument').map((each) =>
      runSandbox('push-prices', input, [found, each], SETTINGS),
    )
    expect(results).toMatchObject([{ ok: false, error: [{ code: 'malformed' }] }, refused])
  })

  it('of a feed come to how far it is, or to a refusal', () => {
    const results = casesOf(MODEL, 'getFeed').map((each) => read([each]))
    expect(results).toMatchObject([{ ok: true, value: { state: 'lost', message: 'CANCELLED' } }, refused])
  })

  it('of a report’s document come to its address, which lies in no storage of Amazon’s, or to a refusal', () => {
    const [feed] = casesOf(MODEL, 'getFeed')
    const done = { ...feed!, response: { ...feed!.response, body: DONE } }
    const results = casesOf(MODEL, 'getFeedDocument').map((each) => read([done, each]))
    expect(results).toMatchObject([{ ok: false, error: [{ code: 'malformed' }] }, refused])
  })
})

const DONE = {
  ...{ feedId: 'FeedId1', feedType: 'JSON_LISTINGS_FEED', createdTime: '2026-11-20T10:00:00Z' },
  ...{ processingStatus: 'DONE', resultFeedDocumentId: 'document-1' },
}

const OFFER = [
  {
    ...{ marketplace_id: 'ATVPDKIKX0DER', currency: 'USD', audience: 'ALL' },
    our_price: [{ schedule: [{ value_with_tax: 10 }] }],
  },
]
