import type { Address } from '#core/address/address.ts'
import type { Order, RemoteOrder } from '#core/order/order.ts'
import type { Shadow } from '#renderer/data/records.ts'

/**
 * An address that was corrected here stays as long as the remote says what it said before; once the remote moves, its
 * word counts. What it said before is the shadow.
 */
export function keepEditedAddress(
  remote: RemoteOrder,
  existing: Order | null,
  shadow: Shadow | undefined,
): RemoteOrder {
  if (existing === null || existing.shipTo === null || shadow === undefined) return remote
  const before = (shadow.value as Partial<RemoteOrder>).shipTo
  if (before === undefined || !sameAddress(before, remote.shipTo)) return remote
  return { ...remote, shipTo: existing.shipTo }
}

const FIELDS = [
  'name',
  'company',
  'line1',
  'line2',
  'city',
  'region',
  'postcode',
  'country',
  'phone',
  'email',
] as const

function sameAddress(a: Address | null, b: Address | null): boolean {
  if (a === null || b === null) return a === b
  return FIELDS.every((field) => a[field] === b[field])
}
