import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation, Step } from '#core/connectors/_kit/operation.ts'
import { asNotReadBack } from '#core/connectors/_kit/after-write.ts'
import { callGraphql } from '#core/connectors/_kit/graphql.ts'
import { unreadableAnswer } from '#core/connectors/_kit/http-issue.ts'
import { readField } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/shopify/api.ts'
import { readUserErrors } from '#core/connectors/shopify/user-errors.ts'
import { findFulfilments, listShippable } from '#core/connectors/shopify/mapping/fulfilment.ts'
import { KEPT_BACK } from '#core/connectors/shopify/units.ts'
import { readOneOrder, type ReadOrder } from '#core/connectors/shopify/operations/read-one-order.ts'

type Name = 'confirm-shipment'
type Input = OperationInput<Name>
type Output = OperationOutput<Name>

const CREATE = `mutation CreateFulfillment($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) {
    fulfillment { id status }
    userErrors { field message }
  }
}`

/**
 * Tells the shop that the order left with this tracking number, and has it tell the buyer. Each location of the shop ships by itself, one
 * call each. There is no idempotency key here, so every attempt reads the order first and does only what is still missing.
 */
export const confirmShipment: Operation<Input, Output> = function* (input) {
  const before = yield* readOneOrder(input.orderRemoteId)
  if (!before.ok) return err([before.error])
  const existing = findFulfilments(before.value.wire, input.trackingNumber)
  const groups = listShippable(before.value.toShip, existing)
  if (groups.length === 0) {
    const [first] = existing
    if (first === undefined) return err([nothingLeft(before.value)])
    return ok({ outcome: 'already-confirmed', fulfilmentRemoteId: first.id, order: before.value.order })
  }
  const written = yield* shipAll(groups, input)
  // A refusal may mean that another desk just did the same: the order itself says.
  if (!written.ok && written.error.reason !== 'refused') return err([written.error])
  const after = yield* readOneOrder(input.orderRemoteId)
  if (!after.ok) return err([asNotReadBack(after.error)])
  const found = findFulfilments(after.value.wire, input.trackingNumber)
  const [first] = found
  if (first === undefined || listShippable(after.value.toShip, found).length > 0)
    return err([written.ok ? issue('outcome-unknown', { reason: 'not-read-back' }) : written.error])
  const outcome = written.ok ? 'confirmed' : 'already-confirmed'
  return ok({ outcome, fulfilmentRemoteId: first.id, order: after.value.order })
}

function* shipAll(groups: readonly (readonly string[])[], input: Input): Step<null> {
  for (const fulfilmentOrderIds of groups) {
    const written = yield* ship(fulfilmentOrderIds, input)
    if (!written.ok) return written
  }
  return ok(null)
}

function* ship(fulfilmentOrderIds: readonly string[], input: Input): Step<null> {
  const fulfillment = {
    // Without lines: all that remains of each.
    lineItemsByFulfillmentOrder: fulfilmentOrderIds.map((fulfillmentOrderId) => ({ fulfillmentOrderId })),
    trackingInfo: { company: input.carrier, number: input.trackingNumber },
    notifyCustomer: true,
  }
  const answer = yield* callGraphql(adminApi, {
    ...{ name: 'CreateFulfillment', query: CREATE, variables: { fulfillment } },
    effect: 'write',
  })
  if (!answer.ok) return answer
  const result = answer.value['fulfillmentCreate']
  const refused = readUserErrors(result)
  if (refused !== null) return err(refused)
  return readField(readField(result, 'fulfillment'), 'id') === undefined
    ? err(unreadableAnswer('write', 'fulfillmentCreate: no fulfillment'))
    : ok(null)
}

function nothingLeft({ wire, toShip }: ReadOrder): Issue {
  if (wire.cancelledAt !== null)
    return issue('conflict', { reason: 'order-cancelled', field: 'orderRemoteId' })
  if (toShip.some(({ status }) => KEPT_BACK.has(status)))
    return issue('conflict', { reason: 'kept-back', field: 'orderRemoteId' })
  const others = wire.fulfillments.flatMap(({ trackingInfo }) => trackingInfo.map(({ number }) => number))
  return issue('conflict', {
    reason: 'shipped-otherwise',
    field: 'trackingNumber',
    remoteMessage: others
      .filter((code) => code !== '')
      .join(', ')
      .slice(0, 2000),
  })
}
