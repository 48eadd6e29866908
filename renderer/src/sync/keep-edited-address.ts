import { without } from '#core/shared/without.ts'
import type { Address } from '#core/address/address.ts'
import { isEqual, merge3, type FieldConflict } from '#core/sync/merge3.ts'
import type { Order, RemoteOrder } from '#core/order/order.ts'

/** What is to be taken of a remote's order, and what a person has to decide about it. */
export interface KeptAddress {
  remote: RemoteOrder
  conflicts: FieldConflict[]
}

/** The only field of an order that both sides change: as a whole, because halves of two addresses are none. */
export const ADDRESS_FIELD = 'shipTo'

/**
 * An address that was corrected here stays; what the remote changes meanwhile is a conflict, and nothing is overwritten before a
 * person has chosen. What both sides started from is what the remote said last (`before`), or what it said when the conflict that
 * is still open began. Latin forms are ours alone and stay out of it.
 */
export function keepEditedAddress(
  remote: RemoteOrder,
  existing: Order | null,
  before: RemoteOrder | null,
  open: readonly FieldConflict[],
): KeptAddress {
  if (existing === null || existing.shipTo === null || before === null || remote.shipTo === null)
    return { remote, conflicts: [...open] }
  if (remote.updatedAt < existing.remoteUpdatedAt) return { remote, conflicts: [...open] }
  const conflict = open.find(({ field }) => field === ADDRESS_FIELD)
  const there = asSaid(remote.shipTo)
  const { fields, conflicts } = merge3(
    new Map([[ADDRESS_FIELD, conflict === undefined ? asSaid(before.shipTo) : conflict.before]]),
    new Map([[ADDRESS_FIELD, asSaid(existing.shipTo)]]),
    new Map([[ADDRESS_FIELD, there]]),
    () => ({ kind: 'ask' }),
  )
  const takes = conflicts.length === 0 && isEqual(fields.get(ADDRESS_FIELD), there)
  return { remote: takes ? remote : { ...remote, shipTo: existing.shipTo }, conflicts }
}

function asSaid(address: Address | null): unknown {
  return address === null ? null : without(address, 'latin')
}
