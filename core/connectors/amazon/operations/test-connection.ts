import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { OpContext, Operation, Step } from '#core/connectors/_kit/operation.ts'
import { parseWith, readField } from '#core/connectors/_kit/parse-items.ts'
import { callAmazon } from '#core/connectors/amazon/api.ts'
import { amazonManifest } from '#core/connectors/amazon/manifest.ts'
import { findMarketplace } from '#core/connectors/amazon/marketplaces.ts'
import { getOrder } from '#core/connectors/amazon/operations/read-one-order.ts'
import { readSettings } from '#core/connectors/amazon/settings.ts'
import { participationWireSchema, type ParticipationWire } from '#core/connectors/amazon/wire.ts'

type Name = 'test-connection'

/** In the form of an order's number, and never one. */
const NO_ORDER = '000-0000000-0000000'

/** Signs in, asks where the account sells, and whether the app may read orders: a missing role must show now, not at the first parcel. */
export const testConnection: Operation<OperationInput<Name>, OperationOutput<Name>> = function* (
  _input,
  context,
) {
  const account = readSettings(context.settings)
  if (!account.ok) return err([account.error])
  const sold = yield* askParticipations(context)
  if (!sold.ok) return err([sold.error])
  // An account answers in its own region only.
  if (sold.value.length === 0) return err([issue('auth', { reason: 'wrong-region', field: 'region' })])
  const ids = new Set(sold.value.map(({ marketplace }) => marketplace.id))
  const strange = account.value.marketplaces.filter(({ id }) => !ids.has(id))
  if (strange.length > 0) return err([notSelling(strange.map(({ country }) => country))])
  const probe = yield* getOrder(NO_ORDER, context)
  if (!probe.ok && !isHarmless(probe.error)) return err([probe.error])
  const { version: apiVersion } = amazonManifest.api
  return ok({ accountName: nameOf(sold.value), apiVersion, markets: countriesOf(sold.value) })
}

function* askParticipations(context: OpContext): Step<ParticipationWire[]> {
  const answer = yield* callAmazon(
    {
      ...{ name: 'GetMarketplaceParticipations', method: 'GET', effect: 'read' },
      path: '/sellers/v1/marketplaceParticipations',
    },
    context,
  )
  if (!answer.ok)
    // Every app may ask this; who is refused asks in a region where the account is not known.
    return err(
      answer.error.reason === 'role-missing'
        ? { ...answer.error, reason: 'wrong-region', field: 'region' }
        : answer.error,
    )
  const list = readField(answer.value, 'payload')
  if (!Array.isArray(list)) return err(issue('malformed', { reason: 'unreadable-answer', field: 'payload' }))
  const known = list.flatMap((each) => {
    const parsed = parseWith(participationWireSchema, each)
    return parsed.ok ? [parsed.value] : []
  })
  // Shops beside marketplaces (`Non-Amazon`) are listed too; orders of these do not come here.
  return ok(
    known.filter(
      ({ marketplace, participation }) =>
        participation.isParticipating && findMarketplace(marketplace.id) !== null,
    ),
  )
}

function notSelling(countries: readonly string[]): Issue {
  return issue('invalid-input', {
    ...{ reason: 'not-selling-there', field: 'marketplaces' },
    remoteMessage: countries.join(', '),
  })
}

/** There is no such order, as it should be. */
function isHarmless({ code }: Issue): boolean {
  return code === 'not-found' || code === 'invalid-input'
}

function nameOf(sold: readonly ParticipationWire[]): string {
  const store = sold.map(({ storeName }) => storeName.trim()).find((name) => name !== '')
  return [store ?? 'Amazon', countriesOf(sold).join(', ')].join(' · ').slice(0, 300)
}

function countriesOf(sold: readonly ParticipationWire[]): string[] {
  return [
    ...new Set(sold.flatMap(({ marketplace }) => findMarketplace(marketplace.id)?.country ?? [])),
  ].sort()
}
