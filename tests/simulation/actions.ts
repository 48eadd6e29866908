import type { Rng } from '#core/shared/ports.ts'
import type { Order, Stage } from '#core/order/order.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { loadOutbox } from '#renderer/data/repos/outbox.repo.ts'
import { editAddress } from '#renderer/usecases/edit-address.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { editOutboxRow } from '#renderer/usecases/edit-outbox-row.ts'
import { handOver } from '#renderer/usecases/hand-over.ts'
import { holdOrder } from '#renderer/usecases/hold-order.ts'
import { holdOutboxRow } from '#renderer/usecases/hold-outbox-row.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { releaseOrder } from '#renderer/usecases/release-order.ts'
import { releaseOutboxRow } from '#renderer/usecases/release-outbox-row.ts'
import { retryOutboxRow } from '#renderer/usecases/retry-outbox-row.ts'
import { setNote } from '#renderer/usecases/set-note.ts'
import { signInAgain } from '#renderer/usecases/sign-in-again.ts'
import { undoHandOver } from '#renderer/usecases/undo-hand-over.ts'
import { voidLabel } from '#renderer/usecases/void-label.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { CARRIER_ACTIONS, stirCarrier } from '#tests/simulation/carrier-actions.ts'
import type { Life, World } from '#tests/simulation/incarnation.ts'
import type { DeskAction } from '#tests/simulation/story-shop.ts'
import { BUYER, MUG } from '#tests/support/test-desk.ts'

/** Reading a phone number is a twentieth of a story's time, and no story turns on it. */
export const QUIET_BUYER = { ...BUYER, phone: '' }

/** What people do at the desk; each picks what it needs from the database, as a screen would. */
export const DESK_ACTIONS: readonly DeskAction[] = [
  label,
  label,
  label,
  label,
  label,
  handOverSome,
  handOverSome,
  handOverSome,
  handOverSome,
  handOverSome,
  async (ctx, rng) =>
    onOne(await ordersIn(ctx, 'handed_over'), rng, ({ id }) => undoHandOver(ctx, { orderId: id })),
  async (ctx, rng) =>
    onOne(await ordersIn(ctx, 'label_ready'), rng, ({ id }) => voidLabel(ctx, { orderId: id })),
  async (ctx, rng) =>
    onOne(await ordersIn(ctx, 'to_ship'), rng, ({ id, held }) =>
      (held ? releaseOrder : holdOrder)(ctx, { orderId: id }),
    ),
  async (ctx, rng) =>
    onOne(await ctx.db.orders.toArray(), rng, ({ id }) =>
      setNote(ctx, { orderId: id, note: `note of ${id}` }),
    ),
  async (ctx, rng) =>
    onOne(await ordersIn(ctx, 'to_ship'), rng, ({ id }) =>
      editAddress(ctx, { orderId: id, address: { ...QUIET_BUYER, line1: `edited ${rng()}` } }),
    ),
  (ctx, rng) =>
    editProductCustoms(ctx, { sku: 'MUG', customs: { ...MUG, unitNetGrams: 200 + Math.floor(rng() * 100) } }),
  async (ctx, rng) =>
    onOne((await loadOutbox(ctx.db)).rows, rng, ({ id, held }) =>
      (held ? releaseOutboxRow : holdOutboxRow)(ctx, { id }),
    ),
  async (ctx, rng) => onOne((await loadOutbox(ctx.db)).rows, rng, ({ id }) => retryOutboxRow(ctx, { id })),
  async (ctx, rng) =>
    onOne((await loadOutbox(ctx.db)).rows.filter(isShipment), rng, ({ id, payload }) =>
      editOutboxRow(ctx, { id, trackingNumber: payload.trackingNumber, carrier: `Carrier ${rng()}` }),
    ),
  ...CARRIER_ACTIONS,
]

function isShipment(row: OutboxRow): row is OutboxRow<'confirm-shipment'> {
  return row.kind === 'confirm-shipment'
}

async function handOverSome(ctx: UseCaseContext, rng: Rng): Promise<unknown> {
  const ready = await ordersIn(ctx, 'label_ready')
  return handOver(ctx, { orderIds: ready.filter(() => rng() < 0.6).map(({ id }) => id) })
}

async function label(ctx: UseCaseContext, rng: Rng): Promise<unknown> {
  const [pool] = await ctx.db.pools.toArray()
  const order = pick(
    (await ordersIn(ctx, 'to_ship')).filter(({ blocked }) => blocked === null),
    rng,
  )
  return order && pool && makeLabel(ctx, { orderId: order.id, poolId: pool.id, grossGrams: 900 })
}

/** What happens in the shops meanwhile. */
export function stirShop({ shops, rng }: World): void {
  pick([...shops.values()], rng)?.stir(rng)
}

/** The line and the shop get worse or better. */
export function stirLine({ shops, rng, carrier }: World): void {
  if (carrier !== undefined) stirCarrier(carrier, rng)
  for (const shop of shops.values()) shop.stirLine(rng)
}

/** Signs in again wherever a shop asks for it. */
export async function signInEverywhere({ ctx }: Pick<Life, 'ctx'>, { shops }: World): Promise<void> {
  for (const [connectionId, shop] of shops) {
    shop.signIn()
    await signInAgain(ctx, { connectionId, settings: {}, secrets: {} })
  }
}

async function ordersIn({ db }: UseCaseContext, stage: Stage): Promise<Order[]> {
  return (await db.orders.toArray()).filter((order) => order.stage === stage)
}

async function onOne<T>(all: readonly T[], rng: Rng, act: (one: T) => Promise<unknown>): Promise<unknown> {
  const one = pick(all, rng)
  return one === undefined ? undefined : act(one)
}

function pick<T>(all: readonly T[], rng: Rng): T | undefined {
  return all[Math.floor(rng() * all.length)]
}
