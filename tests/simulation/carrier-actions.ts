import type { Rng } from '#core/shared/ports.ts'
import type { Order } from '#core/order/order.ts'
import { buyLabel } from '#renderer/usecases/buy-label.ts'
import { newConnection } from '#renderer/usecases/connect-shop.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { dropOutboxRow } from '#renderer/usecases/drop-outbox-row.ts'
import { restoreOutboxRow } from '#renderer/usecases/restore-outbox-row.ts'
import { voidLabel } from '#renderer/usecases/void-label.ts'
import { CARRIER, type FakeCarrier } from '#tests/simulation/fake-carrier.ts'

/** What people do with a carrier. */
export const CARRIER_ACTIONS = [buy, buy, buy, buy, drop, giveBack, giveBack]

export async function connectCarrier({ db, now }: UseCaseContext): Promise<void> {
  const connection = newConnection(
    CARRIER,
    { connectorId: 'fake-carrier', name: 'Carrier', settings: {} },
    now(),
  )
  await db.connections.put(connection)
}

/** The line to the carrier, and the carrier, get worse or better. */
export function stirCarrier(carrier: FakeCarrier, rng: Rng): void {
  const bad = rng() < 0.8 ? 0.4 * rng() : 0
  carrier.mischief = {
    ...{ down: bad / 2, throttled: bad / 3, refused: bad / 5, duplicate: bad / 3 },
    ...{ lostAnswer: bad, lateWrite: bad, lostRequest: bad, unsure: bad },
  }
  // Somebody hands a parcel over without a word to the desk.
  const sale = rng() < 0.15 ? carrier.sold[Math.floor(rng() * carrier.sold.length)] : undefined
  const isBack = carrier.refunds.some((each) => each.purchaseRemoteId === sale?.purchaseRemoteId)
  if (sale !== undefined && !isBack) carrier.see(sale.purchaseRemoteId)
}

async function buy(ctx: UseCaseContext, rng: Rng): Promise<unknown> {
  const orders = (await ctx.db.orders.toArray()).filter(
    ({ stage, blocked }: Order) => stage === 'to_ship' && blocked === null,
  )
  const order = orders[Math.floor(rng() * orders.length)]
  const input = { connectionId: CARRIER, service: 'PACKET', grossGrams: 900 }
  return order && buyLabel(ctx, { ...input, orderId: order.id })
}

/** A label that was bought is not wanted any more; now and then nobody asks for the money. */
async function giveBack(ctx: UseCaseContext, rng: Rng): Promise<unknown> {
  const bought = (await ctx.db.shipments.toArray()).filter(
    ({ state, purchase }) => state !== 'voided' && (purchase?.remoteId ?? null) !== null,
  )
  const orderId = bought[Math.floor(rng() * bought.length)]?.orderIds[0]
  return orderId && voidLabel(ctx, { orderId, hereOnly: rng() < 0.1 })
}

/** Half of the drops are taken back. */
async function drop(ctx: UseCaseContext, rng: Rng): Promise<unknown> {
  const rows = (await ctx.db.outbox.toArray()).filter(
    ({ kind }) => kind === 'buy-label' || kind === 'void-label',
  )
  const row = rows[Math.floor(rng() * rows.length)]
  if (row === undefined) return undefined
  const dropped = await dropOutboxRow(ctx, { id: row.id })
  return dropped.ok && rng() < 0.5 ? restoreOutboxRow(ctx, { row: dropped.value }) : undefined
}
