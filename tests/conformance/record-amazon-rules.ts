import { startAmazonRecorder } from '#tests/conformance/record-amazon-kit.ts'
import { createAccount } from '#tests/fakes/amazon/account-state.ts'

/**
 * Writes the fixtures of Amazon's product types: runs against the fake account behind Amazon's official models.
 * `CARAVEL_SPECS=… npx tsx tests/conformance/record-amazon-rules.ts`
 */

let clock = Date.UTC(2026, 10, 20, 9)
const account = createAccount({ now: () => (clock += 250) })
const { proxy, run, stop } = await startAmazonRecorder(account, ['definitionsProductTypes_2020-09-01'], {
  settings: { sellerId: account.sellerId, marketplaces: 'DE, GB' },
  beforeRun: () => (clock += 60_000),
})

const first = await run('pull-listing-rules', 'success', { ruleSet: 'DE:DRINKING_CUP', checksum: null })
const checksum = first.ok ? first.value.checksum : ''
await run('pull-listing-rules', 'unchanged', { ruleSet: 'DE:DRINKING_CUP', checksum })
await run('pull-listing-rules', 'not-found', { ruleSet: 'DE:TELEPORTER', checksum: null })
await run('pull-listing-rules', 'unknown', { ruleSet: 'Mars:CUP', checksum: null })
// A link ends soon.
proxy.plan({ match: ({ path }) => path.startsWith('/documents/'), fault: { kind: 'status', status: 503 } })
await run('pull-listing-rules', 'gone', { ruleSet: 'GB:DRINKING_CUP', checksum: null })

await stop()
