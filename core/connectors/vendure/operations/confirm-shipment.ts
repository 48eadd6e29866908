import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import type { Operation, Step } from '#core/connectors/_kit/operation.ts'
import { callGraphql, readErrorResult, type GraphqlApi } from '#core/connectors/_kit/graphql.ts'
import { unreadableAnswer } from '#core/connectors/_kit/http-issue.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/vendure/issues.ts'
import { findFulfilment, listUnfulfilled } from '#core/connectors/vendure/mapping/fulfilment.ts'
import { FULFILMENT_SENT } from '#core/connectors/vendure/units.ts'
import { asNotReadBack, isWorthReading } from '#core/connectors/_kit/after-write.ts'
import { readOneOrder, type ReadOrder } from '#core/connectors/vendure/operations/read-one-order.ts'
import { fulfilmentResultSchema, type FulfilmentWire, type OrderWire } from '#core/connectors/vendure/wire.ts'

type Name = 'confirm-shipment'
type Input = OperationInput<Name>
type Output = OperationOutput<Name>

const ADD = `mutation AddFulfillment($input: FulfillOrderInput!) {
  addFulfillmentToOrder(input: $input) {
    ... on Fulfillment { id state }
    ... on ErrorResult { errorCode message }
  }
}`

const TRANSITION = `mutation TransitionFulfillment($id: ID!, $state: String!) {
  transitionFulfillmentToState(id: $id, state: $state) {
    ... on Fulfillment { id state }
    ... on ErrorResult { errorCode message }
    ... on FulfillmentStateTransitionError { transitionError }
  }
}`

/**
 * Tells the shop that the order left with this tracking number. Vendure takes no idempotency key, so every attempt reads
 * the order first and does only what is still missing; a lost answer is therefore settled by the next attempt.
 */
export const confirmShipment: Operation<Input, Output> = function* (input, context) {
  const api = adminApi(context.settings)
  const before = yield* readOneOrder(api, input.orderRemoteId)
  if (!before.ok) return err([before.error])
  const existing = findFulfilment(before.value.wire, input.trackingNumber)
  if (existing !== null && FULFILMENT_SENT.has(existing.state))
    return ok(toOutput('already-confirmed', existing.id, before.value.order))

  const written =
    existing !== null
      ? yield* markShipped(api, existing.id)
      : yield* addAndShip(api, before.value.wire, input)
  if (!written.ok && !isWorthReading(written.error)) return err([written.error])

  const after = yield* readAfter(api, written, input)
  if (!after.ok) return err([asNotReadBack(after.error)])
  const found = findFulfilment(after.value.wire, input.trackingNumber)
  if (found !== null && FULFILMENT_SENT.has(found.state))
    return ok(toOutput('confirmed', found.id, after.value.order))
  return err([written.ok ? issue('outcome-unknown', { reason: 'not-read-back' }) : written.error])
}

/**
 * The order after it was written to, or after it refused. A refusal may have met an earlier attempt of ours that arrived in between, or that
 * came twice: what that added and nobody has sent yet is sent now.
 */
function* readAfter(api: GraphqlApi, written: Result<string>, input: Input): Step<ReadOrder> {
  const read = yield* readOneOrder(api, input.orderRemoteId)
  const added = written.ok || !read.ok ? null : findFulfilment(read.value.wire, input.trackingNumber)
  if (added === null || FULFILMENT_SENT.has(added.state)) return read
  const shipped = yield* markShipped(api, added.id)
  return shipped.ok || isWorthReading(shipped.error) ? yield* readOneOrder(api, input.orderRemoteId) : shipped
}

function* addAndShip(api: GraphqlApi, wire: OrderWire, input: Input): Step<string> {
  const lines = listUnfulfilled(wire)
  if (lines.length === 0) return err(nothingLeft(wire))
  const handler = {
    code: 'manual-fulfillment',
    arguments: [
      { name: 'method', value: input.carrier },
      { name: 'trackingCode', value: input.trackingNumber },
    ],
  }
  const variables = { input: { lines, handler } }
  const answer = yield* callGraphql(api, { name: 'AddFulfillment', query: ADD, variables, effect: 'write' })
  const added = readWritten(api, answer, 'addFulfillmentToOrder')
  if (!added.ok) return added
  return FULFILMENT_SENT.has(added.value.state) ? ok(added.value.id) : yield* markShipped(api, added.value.id)
}

function* markShipped(api: GraphqlApi, id: string): Step<string> {
  const variables = { id, state: 'Shipped' }
  const answer = yield* callGraphql(api, {
    name: 'TransitionFulfillment',
    query: TRANSITION,
    variables,
    effect: 'write',
  })
  const moved = readWritten(api, answer, 'transitionFulfillmentToState')
  return moved.ok ? ok(moved.value.id) : moved
}

function readWritten(
  api: GraphqlApi,
  answer: Result<Readonly<Record<string, unknown>>>,
  field: string,
): Result<Pick<FulfilmentWire, 'id' | 'state'>> {
  if (!answer.ok) return answer
  const refused = readErrorResult(answer.value[field], api)
  if (refused !== null) return err(refused)
  const parsed = parseWith(fulfilmentResultSchema, answer.value[field])
  return parsed.ok ? parsed : err(unreadableAnswer('write', parsed.error))
}

function nothingLeft(wire: OrderWire): Issue {
  if (wire.state === 'Cancelled')
    return issue('conflict', { reason: 'order-cancelled', field: 'orderRemoteId' })
  const others = wire.fulfillments.map(({ trackingCode }) => trackingCode).filter((code) => code !== '')
  return issue('conflict', {
    reason: 'shipped-otherwise',
    field: 'trackingNumber',
    remoteMessage: others.join(', ').slice(0, 2000),
  })
}

function toOutput(outcome: Output['outcome'], fulfilmentRemoteId: string, order: RemoteOrder): Output {
  return { outcome, fulfilmentRemoteId, order }
}
