import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { OpContext, Operation, Step } from '#core/connectors/_kit/operation.ts'
import { asNotReadBack, isWorthReading } from '#core/connectors/_kit/after-write.ts'
import { callAmazon } from '#core/connectors/amazon/api.ts'
import { isByAmazon } from '#core/connectors/amazon/mapping/order.ts'
import { findPackage, listUnsent, packageReferenceOf } from '#core/connectors/amazon/mapping/shipment.ts'
import { carrierOf } from '#core/connectors/amazon/units.ts'
import { readOneOrder, type ReadOrder } from '#core/connectors/amazon/operations/read-one-order.ts'

type Name = 'confirm-shipment'
type Input = OperationInput<Name>
type Output = OperationOutput<Name>

/**
 * Tells Amazon that all that is left of the order went out with this tracking number. The parcel's number within the order comes from the
 * intent, so a repeat edits the same parcel; even so every attempt reads first and does nothing that is done.
 */
export const confirmShipment: Operation<Input, Output> = function* (input, context) {
  const before = yield* readOneOrder(input.orderRemoteId, context)
  if (!before.ok) return err([before.error])
  const existing = findPackage(before.value.wire, input.trackingNumber)
  if (existing !== null)
    return ok({
      ...{ outcome: 'already-confirmed', fulfilmentRemoteId: existing.packageReferenceId },
      order: before.value.order,
    })
  const refused = whyNot(before.value)
  if (refused !== null) return err([refused])
  const written = yield* tell(input, before.value, context)
  if (!written.ok && !isRefusal(written.error)) return err([written.error])
  const after = yield* readOneOrder(input.orderRemoteId, context)
  if (!after.ok) return err([asNotReadBack(after.error)])
  const found = findPackage(after.value.wire, input.trackingNumber)
  if (!written.ok && found === null) return err([written.error])
  return ok({
    outcome: written.ok ? 'confirmed' : 'already-confirmed',
    fulfilmentRemoteId: found?.packageReferenceId ?? packageReferenceOf(input.intentId),
    order: after.value.order,
  })
}

function* tell(input: Input, { wire }: ReadOrder, context: OpContext): Step<unknown> {
  const path = `/orders/v0/orders/${encodeURIComponent(input.orderRemoteId)}/shipmentConfirmation`
  const packageDetail = {
    packageReferenceId: packageReferenceOf(input.intentId),
    ...carrierOf(input.carrier),
    trackingNumber: input.trackingNumber,
    // A clock that is behind must not send it before it was ordered.
    shipDate: new Date(Math.max(context.now, wire.createdTime)).toISOString(),
    orderItems: listUnsent(wire),
  }
  const marketplaceId = wire.salesChannel?.marketplaceId ?? ''
  return yield* callAmazon(
    {
      ...{ name: 'ConfirmShipment', method: 'POST', path, effect: 'write' },
      json: { marketplaceId, packageDetail },
    },
    context,
  )
}

/** Another desk may have done the same meanwhile: the order itself says. */
function isRefusal(found: Issue): boolean {
  return isWorthReading(found) || found.reason === 'refused'
}

function whyNot({ wire, order }: ReadOrder): Issue | null {
  const conflict = (reason: string) => issue('conflict', { reason, field: 'orderRemoteId' })
  if (isByAmazon(wire)) return conflict('sent-by-marketplace')
  if (order.status === 'cancelled') return conflict('order-cancelled')
  if (order.status === 'awaiting_payment') return conflict('order-state')
  if (listUnsent(wire).length > 0) return null
  const others = order.fulfilments.map(({ trackingNumber }) => trackingNumber).filter((code) => code !== '')
  if (others.length === 0) return conflict('nothing-to-ship')
  return issue('conflict', {
    ...{ reason: 'shipped-otherwise', field: 'trackingNumber' },
    remoteMessage: others.join(', ').slice(0, 2000),
  })
}
