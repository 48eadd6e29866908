import type { OrderId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { applyVerb, parseVerb, type OrderVerb, type OrderVerbKind } from '#core/order/order-verbs.ts'
import type { NewActivity } from '#renderer/data/repos/activity.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { CHANGE_STORES, changeOrder } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { NOTE_STORES, sendNotes } from '#renderer/usecases/send-notes.ts'

/** Does a verb on one order; a note goes to shops that keep them as well. Issues: those of the verb (core/order/order-verbs.ts) and of loading the order. */
export async function applyToOrder(
  ctx: UseCaseContext<never>,
  orderId: OrderId,
  verb: OrderVerb,
): Promise<Result<Order>> {
  const parsed = parseVerb(verb, ctx.now())
  if (!parsed.ok) return parsed
  const edit = {
    ...entryOf(parsed.value),
    decides: decidesBlocked(verb),
    change: (order: Order) => applyVerb(parsed.value, order),
  }
  if (verb.kind !== 'note') return changeOrder(ctx, orderId, edit)
  const stores = [...CHANGE_STORES, ...NOTE_STORES] as const
  return inUnit(ctx.db, { stores, durability: 'strict' }, async () => {
    const changed = await changeOrder(ctx, orderId, edit)
    if (changed.ok) await sendNotes(ctx, [changed.value])
    return changed
  })
}

const DECIDING: readonly OrderVerbKind[] = ['hold', 'release', 'park', 'bring-back']

/** What an order is blocked by depends on some verbs; the others leave it as it is. */
export function decidesBlocked({ kind }: OrderVerb): boolean {
  return DECIDING.includes(kind)
}

const ENTRY: Readonly<Record<OrderVerbKind, string>> = {
  hold: 'held',
  release: 'released',
  park: 'parked',
  'bring-back': 'brought-back',
  tag: 'tagged',
  untag: 'untagged',
  assign: 'assigned',
  note: 'note-set',
}

/** What the timeline says of a verb. */
export function entryOf(verb: OrderVerb): Pick<NewActivity, 'what' | 'values'> {
  const what = ENTRY[verb.kind]
  if (verb.kind === 'tag' || verb.kind === 'untag') return { what, values: { tag: verb.tag } }
  if (verb.kind !== 'assign') return { what, values: {} }
  return verb.to === '' ? { what: 'unassigned', values: {} } : { what, values: { name: verb.to } }
}
