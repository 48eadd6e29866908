import { describe, expect, it } from 'vitest'
import type { OperationName } from '#core/contracts/operations.ts'
import type { SandboxCase } from './amazon-sandbox.ts'
import { casesOf, runSandbox } from './amazon-sandbox-run.ts'
import { SKIPPED, specsFolder } from './specs-folder.ts'

const SETTINGS = { region: 'na', clientId: 'client-1', sellerId: 'A2LANTERNROW01', marketplaces: 'US' }
const MODEL = 'listingsItems_2021-08-01'
const SKU = 'GM-ZDPI-9B4E'

const run = <N extends OperationName>(operation: N, input: unknown, cases: readonly SandboxCase[]) =>
  runSandbox(operation, input, cases, SETTINGS)

describe.skipIf(!specsFolder)(`Amazon’s own sandbox cases of listings${SKIPPED}`, () => {
  const refused = {
    ok: false,
    error: [{ code: 'invalid-input', reason: 'refused', remoteCode: 'BAD_REQUEST' }],
  }
  const listing = {
    ...{ remoteId: SKU, status: 'blocked', updatedAt: Date.UTC(2021, 2, 1), mainLocale: 'en-US' },
    contents: { 'en-US': { title: 'Hardside Carry-On Spinner Suitcase Luggage' } },
    offers: [{ sku: SKU, stock: 100, prices: [{ minor: 10_000, currency: 'USD', market: 'US' }] }],
    issues: expect.arrayContaining([
      expect.objectContaining({ code: '90220', severity: 'error', fields: ['size'], market: 'US' }),
    ]) as unknown,
  }

  it('of one listing come to the listing, or to a refusal', () => {
    const results = casesOf(MODEL, 'getListingsItem').map((each) =>
      run('read-listings', { remoteIds: [SKU] }, [each]),
    )
    expect(results).toMatchObject([{ ok: true, value: { listings: [listing], rejected: [] } }, refused])
  })

  it('of searching come to listings, or to a refusal', () => {
    const input = { checkpoint: null, pageToken: null, pageSize: 20 }
    const results = casesOf(MODEL, 'searchListingsItems').map((each) =>
      run('pull-listings', input, [each, each]),
    )
    expect(results).toMatchObject([
      { ok: true, value: { listings: [listing], rejected: [], nextPage: expect.any(String) } },
      refused,
    ])
  })

  it('of a patch come to what Amazon took, says of it, or refuses', () => {
    const [read] = casesOf(MODEL, 'getListingsItem')
    const cases = casesOf(MODEL, 'patchListingsItem')
    const changes = [{ locale: 'en-US', part: 'description', before: null, value: 'A suitcase.' }]
    const push = { intentId: 'intent-1', mayHaveArrived: false, listingRemoteId: SKU, changes }
    const isPreview = ({ parameters }: SandboxCase): boolean => parameters['mode'] !== undefined
    const pushed = cases
      .filter((each) => !isPreview(each))
      .map((each) => run('push-listing', push, [read!, each, read!]))
    expect(pushed).toMatchObject([{ ok: true, value: { outcome: 'accepted', listing } }, refused])
    const checked = cases
      .filter(isPreview)
      .map((each) => run('check-listing', { listingRemoteId: SKU, changes }, [read!, each]))
    expect(checked).toMatchObject([
      { ok: true, value: { status: 'valid', issues: [] } },
      {
        ok: true,
        value: {
          status: 'invalid',
          issues: [{ code: '90000900', severity: 'error', fields: ['fake_attribute'], market: 'US' }],
        },
      },
    ])
  })

  it('of a product type come to its version; a schema that lies in no storage of Amazon’s is not fetched', () => {
    const cases = casesOf('definitionsProductTypes_2020-09-01', 'getDefinitionsProductType')
    const pull = (checksum: string | null) =>
      cases.map((each) => run('pull-listing-rules', { ruleSet: 'US:LUGGAGE', checksum }, [each]))
    const checksum = 'c7af9479ca7261645cea9db56c5f720d'
    expect(pull(checksum)).toMatchObject([{ ok: true, value: { checksum, rules: null } }, refused])
    expect(pull(null)).toMatchObject([{ ok: false, error: [{ code: 'malformed' }] }, refused])
  })
})
