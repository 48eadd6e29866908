import { without } from '#core/shared/without.ts'
import type { Address } from '#core/address/address.ts'
import type { ListingId, OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { isEqual, type FieldConflict } from '#core/sync/merge3.ts'
import type { Order } from '#core/order/order.ts'
import { addressSchema } from '#core/contracts/values.ts'
import { loadConflicts, saveConflict } from '#renderer/data/repos/conflicts.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { changeListing, CHANGE_LISTING_STORES } from '#renderer/usecases/change-listing.ts'
import { changeOrder, CHANGE_STORES } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** What a person decided of one field. `mine`: as it is here; `theirs`: as it is there; `edit`: as given. */
export type FieldChoice = { field: string } & (
  { choice: 'mine' | 'theirs' } | { choice: 'edit'; value: unknown }
)

/**
 * Settles a conflict, whole or some of its fields; what was chosen is kept here and sent in one strict transaction. Issues:
 * `not-found.conflict` when it is over already, `conflict.stage` when another address would need another label, those of `changeListing` and `changeOrder`.
 */
export function resolveConflict(
  ctx: UseCaseContext,
  { entityKey, choices }: { entityKey: string; choices: readonly FieldChoice[] },
): Promise<Result<null>> {
  const { db } = ctx
  const stores = [...new Set([...CHANGE_LISTING_STORES, ...CHANGE_STORES])]
  return inUnit(db, { stores, durability: 'strict' }, async () => {
    const conflict = (await loadConflicts(db, [entityKey])).get(entityKey)
    const chosen = choices.flatMap((choice) => {
      const found = conflict?.fields.find(({ field }) => field === choice.field)
      return found === undefined ? [] : [{ found, value: valueOf(choice, found) }]
    })
    if (conflict === undefined || chosen.length === 0) return err(issue('not-found', { reason: 'conflict' }))
    const values = new Map(chosen.map(({ found, value }) => [found.field, value]))
    if (entityKey.startsWith('listing:')) {
      const id = entityKey.slice('listing:'.length) as ListingId
      const changed = await changeListing(ctx, id, { what: 'conflict-resolved', values })
      return changed.ok ? ok(null) : changed
    }
    const id = entityKey.slice('order:'.length) as OrderId
    const address = addressSchema.safeParse(values.get('shipTo'))
    if (!address.success) return err(issue('invalid-input', { reason: 'address-invalid', field: 'shipTo' }))
    const changed = await changeOrder(ctx, id, {
      what: 'conflict-resolved',
      change: (order) => withAddress(order, address.data),
    })
    if (!changed.ok) return changed
    const { connectionId, label } = conflict
    await saveConflict(db, { entityKey, connectionId, label }, [], { before: conflict, now: ctx.now() })
    return ok(null)
  })
}

/** The same choice for every field of several conflicts, each in a transaction of its own. Returns those that failed. */
export async function resolveConflicts(
  ctx: UseCaseContext,
  { entityKeys, choice }: { entityKeys: readonly string[]; choice: 'mine' | 'theirs' },
): Promise<{ entityKey: string; result: Result<null> }[]> {
  const results: { entityKey: string; result: Result<null> }[] = []
  const conflicts = await loadConflicts(ctx.db, entityKeys)
  for (const [entityKey, { fields }] of conflicts) {
    const choices = fields.map(({ field }) => ({ field, choice }))
    results.push({ entityKey, result: await resolveConflict(ctx, { entityKey, choices }) })
  }
  return results
}

function valueOf(choice: FieldChoice, { here, there }: FieldConflict): unknown {
  if (choice.choice === 'edit') return choice.value
  return choice.choice === 'mine' ? here : there
}

/** A Latin form stays with the part it was typed for. What is printed on a label cannot change under it. */
function withAddress(order: Order, address: Address): Result<Order> {
  const open = order.stage === 'to_ship' || order.stage === 'unpaid'
  if (!open && !isEqual(without(order.shipTo ?? address, 'latin'), without(address, 'latin')))
    return err(issue('conflict', { reason: 'stage', field: 'stage' }))
  const rest = without(order, 'addressConflict')
  const latin = Object.entries(order.shipTo?.latin ?? {}).filter(
    ([part]) => address[part as 'name'] === order.shipTo?.[part as 'name'],
  )
  const kept = { ...Object.fromEntries(latin), ...address.latin }
  return ok({ ...rest, shipTo: Object.keys(kept).length === 0 ? address : { ...address, latin: kept } })
}
