import { sha256Bytes } from '#core/shared/sha256.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { orderKey } from '#renderer/data/repos/activity.repo.ts'
import type { FakeCarrier, Refund, Sale } from '#tests/simulation/fake-carrier.ts'

/**
 * Each intent was paid for once at most, and nothing was bought without one; what was paid for is stored with its bytes, or its row is
 * still in the outbox; a draft always has its row.
 */
export async function checkPurchases(db: CaravelDatabase, { sold }: FakeCarrier): Promise<string[]> {
  const shipments = await db.shipments.toArray()
  const rows = new Set<string>((await db.outbox.toArray()).map(({ id }) => id))
  const breaches = sold
    .filter(({ intentId }, i) => sold.findIndex((other) => other.intentId === intentId) !== i)
    .map(({ intentId }) => `intent ${intentId} was paid for twice`)
  for (const sale of sold) {
    const shipment = shipments.find(({ purchase }) => purchase?.intentId === sale.intentId)
    if (shipment === undefined) breaches.push(`${sale.trackingNumber} was bought without an intent`)
    else if (!rows.has(sale.intentId)) breaches.push(...(await checkKept(db, sale, shipment)))
  }
  for (const { id, state, purchase } of shipments) {
    if (purchase === undefined) continue
    if (state === 'draft' && !rows.has(purchase.intentId)) breaches.push(`draft ${id} has no row`)
    const paid = sold.some(({ intentId }) => intentId === purchase.intentId)
    if (!paid && purchase.remoteId !== null) breaches.push(`shipment ${id} was never bought`)
  }
  return breaches
}

async function checkKept(db: CaravelDatabase, sale: Sale, shipment: Shipment): Promise<string[]> {
  const { trackingNumber, documentId, purchase } = shipment
  const document = documentId === null ? undefined : await db.documents.get(documentId)
  const bytes = document === undefined ? '' : new TextDecoder().decode(document.bytes)
  const whole =
    trackingNumber === sale.trackingNumber &&
    purchase?.remoteId === sale.purchaseRemoteId &&
    bytes === atob(sale.label.base64) &&
    document?.sha256 === sha256Bytes(document?.bytes ?? new Uint8Array())
  if (!whole) return [`${sale.trackingNumber} was paid for and is not kept`]
  const order = await db.orders.get(shipment.orderIds[0] ?? '')
  const unsaid =
    order?.stage === 'cancelled' && shipment.state !== 'voided' && order.blocked !== 'label-unused'
  return unsaid && order.trackingNumber !== trackingNumber
    ? [`${sale.trackingNumber} is spare, and order ${order.id} does not say so`]
    : []
}

/**
 * Each label was taken back once at most, its money counted once, and only when the desk asked for it; whatever was asked for is at the
 * carrier, in the outbox, or said to be refused; no parcel left the house with a label that is void.
 */
export async function checkVoids(db: CaravelDatabase, carrier: FakeCarrier): Promise<string[]> {
  const { refunds, sold } = carrier
  const shipments = await db.shipments.toArray()
  const rows = new Set<string>((await db.outbox.toArray()).map(({ id }) => id))
  return [
    ...twiceIn(refunds.map(({ intentId }) => intentId)).map((id) => `intent ${id} was voided twice`),
    ...twiceIn(refunds.map((each) => each.purchaseRemoteId)).map((id) => `money of ${id} came back twice`),
    ...refunds.flatMap((refund) => checkRefund(refund, shipments, rows)),
    ...(await Promise.all(shipments.map((each) => checkVoiding(db, each, carrier, rows)))).flat(),
    ...checkMoney(shipments, refunds, rows, sold),
  ]
}

function twiceIn(ids: readonly string[]): string[] {
  return ids.filter((id, i) => ids.indexOf(id) !== i)
}

function checkRefund(
  { intentId, purchaseRemoteId }: Refund,
  shipments: readonly Shipment[],
  rows: ReadonlySet<string>,
): string[] {
  const shipment = shipments.find(({ purchase }) => purchase?.remoteId === purchaseRemoteId)
  const voiding = shipment?.purchase?.voiding
  if (voiding?.intentId !== intentId) return [`${purchaseRemoteId} was voided, and nobody asked for it`]
  if (shipment?.state === 'handed_over') return [`${purchaseRemoteId} was handed over with a void label`]
  if (rows.has(intentId)) return []
  const isVoid = voiding.state === 'voided' && shipment?.state === 'voided'
  return isVoid ? [] : [`${purchaseRemoteId} is void, and the desk says ${voiding.state}`]
}

async function checkVoiding(
  db: CaravelDatabase,
  { id, orderIds, purchase }: Shipment,
  { refunds }: FakeCarrier,
  rows: ReadonlySet<string>,
): Promise<string[]> {
  const voiding = purchase?.voiding
  if (voiding === undefined) return []
  const isBack = refunds.some(({ purchaseRemoteId }) => purchaseRemoteId === purchase?.remoteId)
  if (voiding.state === 'voided') return isBack ? [] : [`${id} is void here and not at the carrier`]
  if (voiding.state === 'asked') return rows.has(voiding.intentId) ? [] : [`${id} waits for nothing`]
  const told = await db.activity
    .filter(({ what, entityKey }) => what === 'void-refused' && entityKey === orderKey(orderIds[0]!))
    .count()
  return [
    ...(isBack ? [`${id} was voided, and is said to be refused`] : []),
    ...(told > 0 && voiding.refusal !== null ? [] : [`${id} was refused without a word`]),
  ]
}

/** What came back is what the desk counts as back, and what it does not know of yet. */
function checkMoney(
  shipments: readonly Shipment[],
  refunds: readonly Refund[],
  rows: ReadonlySet<string>,
  sold: readonly Sale[],
): string[] {
  const sum = (costs: readonly Sale['cost'][]): number =>
    costs.reduce((total, cost) => total + (cost?.minor ?? 0), 0)
  const paidBack = sum(refunds.filter(({ intentId }) => !rows.has(intentId)).map(({ cost }) => cost))
  const known = shipments.filter(({ purchase }) => purchase?.voiding?.state === 'voided')
  const counted = sum(known.map(({ purchase }) => purchase?.cost ?? null))
  const total = sum(sold.map(({ cost }) => cost))
  return [
    ...(paidBack === counted ? [] : [`${paidBack} came back, ${counted} are counted`]),
    ...(sum(refunds.map(({ cost }) => cost)) <= total ? [] : ['more came back than was paid']),
  ]
}
