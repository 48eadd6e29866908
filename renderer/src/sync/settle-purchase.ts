import type { BoughtLabel } from '#core/contracts/operations.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { sha256Bytes } from '#core/shared/sha256.ts'
import type { Order } from '#core/order/order.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { settleIssue } from '#core/sync/outbox-machine.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { StoredDocument } from '#renderer/data/records.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { loadOutboxRow } from '#renderer/data/repos/outbox.repo.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'

type BuyRow = OutboxRow<'buy-label'>

/** What carriers' labels are printed on; their own sheet is in the PDF (reference: 4 × 6 inches and A6 are close to it). */
const LABEL_MM = { widthMm: 100, heightMm: 150 }

const STORES = [...ORDER_STORES, 'shipments', 'documents', 'outbox'] as const

/**
 * A label was bought: its bytes, its shipment, the order's stage and the end of the row are one transaction. Whatever happened here
 * meanwhile, what was paid for is kept; an order that no longer wants it says so. An answer that came twice changes nothing.
 */
export function settleBought(deps: SyncDeps, row: BuyRow, bought: BoughtLabel): Promise<void> {
  const { db, newId, now } = deps
  const bytes = Uint8Array.from(atob(bought.label.base64), (char) => char.charCodeAt(0))
  return inUnit(db, { stores: STORES, durability: 'strict' }, async () => {
    const at = now()
    const order = await loadOrder(db, orderIdOf(row))
    const before = (await db.shipments.get(row.payload.shipmentId)) ?? lostShipment(row, at)
    const stored = before.documentId === null ? undefined : await db.documents.get(before.documentId)
    if (stored !== undefined && before.state !== 'draft') {
      await db.outbox.delete(row.id)
      return
    }
    const document: StoredDocument = {
      ...{ id: before.documentId ?? newId<'document'>(), kind: 'label', mime: 'application/pdf' },
      ...{ orderId: orderIdOf(row), shipmentId: before.id, title: bought.trackingNumber },
      ...{ bytes, sha256: sha256Bytes(bytes), ...LABEL_MM, createdAt: at },
    }
    await db.documents.put(document)
    if (!(await isNumberFree(db, bought.trackingNumber, before))) {
      await db.shipments.put({ ...before, documentId: document.id, updatedAt: at })
      await askAboutNumber(deps, row)
      return
    }
    await db.shipments.put(labelled(before, row, bought, document.id, at))
    await db.outbox.delete(row.id)
    if (order.ok) await saveOrders(db, [await withLabel(db, order.value, before, bought, at)])
    const { entityKey, connectionId, entityLabel: label } = row
    const values = { number: bought.trackingNumber, service: row.payload.service }
    await addActivity(db, newId, [
      { entityKey, connectionId, label, at, what: 'label-bought', values, by: 'remote' },
    ])
  })
}

/** Past the table of moves on purpose: a shipment that was voided meanwhile has a label all the same. */
function labelled(
  before: Shipment,
  row: BuyRow,
  { trackingNumber, purchaseRemoteId: remoteId, cost }: BoughtLabel,
  documentId: StoredDocument['id'],
  at: number,
): Shipment {
  const known = before.purchase?.voiding
  const voiding = known === undefined ? {} : { voiding: known }
  const purchase = {
    connectionId: row.connectionId,
    intentId: row.id,
    asked: null,
    remoteId,
    cost,
    ...voiding,
  }
  // Given back meanwhile: its bytes are kept, and it stays what it is.
  const state = known?.state === 'voided' ? 'voided' : 'label_stored'
  return { ...before, state, trackingNumber, documentId, purchase, updatedAt: at }
}

/** The draft went with a store that was lost; what is known of it is in the row. */
function lostShipment(row: BuyRow, at: number): Shipment {
  const { id: intentId, connectionId, payload } = row
  return {
    ...{ id: payload.shipmentId, orderIds: [orderIdOf(row)], connectionId, poolId: null },
    ...{ service: payload.service, trackingNumber: null, state: 'draft', grossGrams: 0, sizeMm: null },
    ...{ declaration: null, documentId: null, createdAt: at, updatedAt: at },
    purchase: { connectionId, intentId, asked: null, remoteId: null, cost: null },
  }
}

/** Ready to go when it still waits for this label; else it has one too many. */
async function withLabel(
  db: CaravelDatabase,
  order: Order,
  { id, service }: Shipment,
  { trackingNumber, cost }: BoughtLabel,
  at: number,
): Promise<Order> {
  const others = await db.shipments.where('orderIds').equals(order.id).toArray()
  const single = others.every((other) => other.id === id || other.state === 'voided')
  if (single && order.stage === 'to_ship')
    return {
      ...{ ...order, stage: 'label_ready', trackingNumber, service, updatedAt: at },
      ...(cost === null ? {} : { labelCost: cost }),
    }
  return {
    ...{ ...order, spareLabel: true, blocked: 'label-unused', blockedField: 'stage' },
    ...{ blockedDetail: null, updatedAt: at },
  }
}

async function isNumberFree(db: CaravelDatabase, number: string, { id }: Shipment): Promise<boolean> {
  const holder = await db.shipments.where('trackingNumber').equals(number).first()
  return holder === undefined || holder.id === id
}

/** Another parcel here has the number. The bytes are safe; the row stays, as bought, until a person has looked. */
async function askAboutNumber({ db, now, rng }: SyncDeps, row: BuyRow): Promise<void> {
  const current = await loadOutboxRow(db, row.id)
  if (current?.state !== 'leased') return
  const why = issue('invalid-input', { reason: 'tracking-number-taken' })
  await db.outbox.put({ ...settleIssue(current, why, now(), rng), inFlight: true })
}

function orderIdOf({ entityKey }: Pick<OutboxRow, 'entityKey'>): OrderId {
  return entityKey.replace(/^order:/, '') as OrderId
}
