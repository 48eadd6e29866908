import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation, Step } from '#core/connectors/_kit/operation.ts'
import { callGraphql, readErrorResult, type GraphqlApi } from '#core/connectors/_kit/graphql.ts'
import { unreadableAnswer } from '#core/connectors/_kit/http-issue.ts'
import { readField } from '#core/connectors/_kit/parse-items.ts'
import { cancelApi } from '#core/connectors/vendure/issues.ts'
import { CANCELLED_STATE, FULFILMENT_SENT, SENT_STATES } from '#core/connectors/vendure/units.ts'
import { asNotReadBack, isWorthReading } from '#core/connectors/_kit/after-write.ts'
import { readOneOrder } from '#core/connectors/vendure/operations/read-one-order.ts'
import type { OrderWire } from '#core/connectors/vendure/wire.ts'

type Name = 'cancel-order'
type Input = OperationInput<Name>

const CANCEL = `mutation CancelOrder($input: CancelOrderInput!) {
  cancelOrder(input: $input) {
    ... on Order { id state }
    ... on ErrorResult { errorCode message }
    ... on OrderStateTransitionError { transitionError }
  }
}`

/**
 * Cancels all of an order, its shipping too. Vendure would do that to an order on its way as well, and count its pieces
 * back into stock, so the order is read first. Money is not given back: Vendure leaves refunds to its own screens.
 */
export const cancelOrder: Operation<Input, OperationOutput<Name>> = function* (input, context) {
  const api = cancelApi(context.settings)
  const before = yield* readOneOrder(api, input.orderRemoteId)
  if (!before.ok) return err([before.error])
  if (isCancelled(before.value.wire)) return ok({ outcome: 'already-cancelled', order: before.value.order })
  const refused = refuse(before.value.wire)
  if (refused !== null) return err([refused])

  const written = yield* cancel(api, input)
  if (!written.ok && !isWorthReading(written.error)) return err([written.error])

  const after = yield* readOneOrder(api, input.orderRemoteId)
  if (!after.ok) return err([asNotReadBack(after.error)])
  if (isCancelled(after.value.wire))
    return ok({ outcome: written.ok ? 'cancelled' : 'already-cancelled', order: after.value.order })
  return err([written.ok ? issue('outcome-unknown', { reason: 'not-read-back' }) : written.error])
}

function* cancel(api: GraphqlApi, { orderRemoteId, reason }: Input): Step<null> {
  const variables = {
    input: { orderId: orderRemoteId, cancelShipping: true, ...(reason === '' ? {} : { reason }) },
  }
  const answer = yield* callGraphql(api, { name: 'CancelOrder', query: CANCEL, variables, effect: 'write' })
  if (!answer.ok) return answer
  const result = answer.value['cancelOrder']
  const refused = readErrorResult(result, api)
  if (refused !== null) return err(refused)
  return readField(result, 'id') === undefined
    ? err(unreadableAnswer('write', 'cancelOrder: no order'))
    : ok(null)
}

function isCancelled({ state }: OrderWire): boolean {
  return state === CANCELLED_STATE
}

function refuse({ state, fulfillments }: OrderWire): Issue | null {
  const sent = fulfillments.filter((each) => FULFILMENT_SENT.has(each.state))
  if (sent.length === 0 && !SENT_STATES.has(state)) return null
  const numbers = sent.map(({ trackingCode }) => trackingCode).filter((code) => code !== '')
  return issue('conflict', {
    reason: 'order-shipped',
    field: 'orderRemoteId',
    remoteMessage: numbers.length === 0 ? undefined : numbers.join(', ').slice(0, 2000),
  })
}
