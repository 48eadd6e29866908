import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { callGraphql } from '#core/connectors/_kit/graphql.ts'
import { readField } from '#core/connectors/_kit/parse-items.ts'
import { issue } from '#core/shared/issue.ts'
import { adminApi } from '#core/connectors/vendure/issues.ts'
import { vendureManifest } from '#core/connectors/vendure/manifest.ts'

type Name = 'test-connection'

// Also reads one order: an account that may sign in but not read orders must fail now, not at the first pull.
const QUERY = `query TestConnection {
  me { identifier }
  activeChannel { code }
  orders(options: { take: 1 }) { totalItems }
}`

/** Signs in and reads what the later operations need. */
export const testConnection: Operation<OperationInput<Name>, OperationOutput<Name>> = function* (
  _input,
  context,
) {
  const api = adminApi(context.settings)
  const answer = yield* callGraphql(api, {
    name: 'TestConnection',
    query: QUERY,
    variables: {},
    effect: 'read',
  })
  if (!answer.ok) return err([answer.error])
  const { me, activeChannel, orders } = answer.value
  if (typeof readField(orders, 'totalItems') !== 'number')
    return err([issue('malformed', { reason: 'unreadable-answer', field: 'orders.totalItems' })])
  const channel = readText(activeChannel, 'code')
  // The default channel's code is a placeholder; the host says more.
  const shop =
    channel === '' || channel.startsWith('__') ? hostOf(context.settings['baseUrl'] ?? '') : channel
  const accountName = [shop, readText(me, 'identifier')]
    .filter((part) => part !== '')
    .join(' · ')
    .slice(0, 300)
  return ok({ accountName, apiVersion: vendureManifest.api.version })
}

function readText(value: unknown, key: string): string {
  const found = readField(value, key)
  return typeof found === 'string' ? found : ''
}

function hostOf(baseUrl: string): string {
  return /^https?:\/\/([^/]+)/.exec(baseUrl)?.[1] ?? baseUrl
}
