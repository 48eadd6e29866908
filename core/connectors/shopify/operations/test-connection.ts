import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput, Withheld } from '#core/contracts/operations.ts'
import type { Operation, Step } from '#core/connectors/_kit/operation.ts'
import { readField } from '#core/connectors/_kit/parse-items.ts'
import { shopifyManifest } from '#core/connectors/shopify/manifest.ts'
import { askFor, unreadable } from '#core/connectors/shopify/operations/read-list.ts'
import { SCOPES } from '#core/connectors/shopify/units.ts'

type Name = 'test-connection'

const QUERY = `query TestConnection {
  shop { name myshopifyDomain }
  currentAppInstallation { accessScopes { handle } }
}`

// The newest orders: whether buyers may be seen is said by nothing else.
const BUYERS = `query ReadBuyers {
  orders(first: 5, sortKey: CREATED_AT, reverse: true) {
    nodes { requiresShipping shippingAddress { countryCodeV2 } }
  }
}`

/**
 * Signs in, and compares what the app may do with what is done with it: a missing scope must show now, not at the first parcel. What the
 * shop keeps from the app although it has its scopes is said as well.
 */
export const testConnection: Operation<OperationInput<Name>, OperationOutput<Name>> = function* () {
  const answer = yield* askFor({ name: 'TestConnection', query: QUERY }, {})
  if (!answer.ok) return err([answer.error])
  const scopes = readField(answer.value['currentAppInstallation'], 'accessScopes')
  const shop = answer.value['shop']
  const name = readField(shop, 'name')
  if (!Array.isArray(scopes) || typeof name !== 'string') return err([unreadable('shop')])
  const held = new Set(scopes.map((each) => readField(each, 'handle')))
  const missing = listMissing(held)
  if (missing.length > 0)
    return err([issue('auth', { reason: 'scope-missing', remoteMessage: missing.join('; ') })])
  const hidden = yield* hidesBuyers()
  if (!hidden.ok) return err([hidden.error])
  const withheld: Withheld[] = [
    ...(held.has('read_all_orders') ? [] : (['orders-before-60-days'] as const)),
    ...(hidden.value ? (['buyers'] as const) : []),
  ]
  const domain = readField(shop, 'myshopifyDomain')
  const accountName = [name, typeof domain === 'string' ? domain : '']
    .filter((part) => part !== '')
    .join(' · ')
  return ok({ accountName: accountName.slice(0, 300), apiVersion: shopifyManifest.api.version, withheld })
}

/** Protected customer data: an app without any access to it may not read orders at all, one without access to addresses gets null. */
function* hidesBuyers(): Step<boolean> {
  const answer = yield* askFor({ name: 'ReadBuyers', query: BUYERS }, {})
  if (!answer.ok)
    return answer.error.reason === 'scope-missing'
      ? err({ ...answer.error, reason: 'customer-data-denied' })
      : answer
  const nodes = readField(answer.value['orders'], 'nodes')
  if (!Array.isArray(nodes)) return err(unreadable('orders'))
  const shipped = nodes.filter((node) => readField(node, 'requiresShipping') === true)
  const isHidden = (node: unknown) => (readField(node, 'shippingAddress') ?? null) === null
  return ok(shipped.length > 0 && shipped.every(isHidden))
}

/** `push-price: write_products`: what cannot be done, and what it lacks. */
function listMissing(held: ReadonlySet<unknown>): string[] {
  return SCOPES.flatMap(([capability, scopes]) => {
    const lacking = scopes.filter((scope) => !isHeld(held, scope))
    return lacking.length === 0 ? [] : [`${capability}: ${lacking.join(', ')}`]
  })
}

/** Who may write may read. */
function isHeld(held: ReadonlySet<unknown>, scope: string): boolean {
  return held.has(scope) || held.has(scope.replace(/^read_/, 'write_'))
}
