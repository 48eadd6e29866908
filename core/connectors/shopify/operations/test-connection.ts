import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { callGraphql } from '#core/connectors/_kit/graphql.ts'
import { readField } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/shopify/api.ts'
import { shopifyManifest } from '#core/connectors/shopify/manifest.ts'
import { SCOPES } from '#core/connectors/shopify/units.ts'

type Name = 'test-connection'

const QUERY = `query TestConnection {
  shop { name myshopifyDomain }
  currentAppInstallation { accessScopes { handle } }
}`

/** Signs in, and compares what the app may do with what is done with it: a missing scope must show now, not at the first parcel. */
export const testConnection: Operation<OperationInput<Name>, OperationOutput<Name>> = function* () {
  const answer = yield* callGraphql(adminApi, {
    ...{ name: 'TestConnection', query: QUERY, variables: {} },
    effect: 'read',
  })
  if (!answer.ok) return err([answer.error])
  const scopes = readField(answer.value['currentAppInstallation'], 'accessScopes')
  const shop = answer.value['shop']
  const name = readField(shop, 'name')
  if (!Array.isArray(scopes) || typeof name !== 'string')
    return err([issue('malformed', { reason: 'unreadable-answer', field: 'shop' })])
  const held = new Set(scopes.map((each) => readField(each, 'handle')))
  const missing = SCOPES.filter((scope) => !isHeld(held, scope))
  if (missing.length > 0)
    return err([issue('auth', { reason: 'scope-missing', remoteMessage: missing.join(', ') })])
  const domain = readField(shop, 'myshopifyDomain')
  const accountName = [name, typeof domain === 'string' ? domain : '']
    .filter((part) => part !== '')
    .join(' · ')
  return ok({ accountName: accountName.slice(0, 300), apiVersion: shopifyManifest.api.version })
}

/** Who may write may read. */
function isHeld(held: ReadonlySet<unknown>, scope: string): boolean {
  return held.has(scope) || held.has(scope.replace(/^read_/, 'write_'))
}
