import type { Address } from '#core/address/address.ts'
import { LATIN_FIELDS } from '#core/address/is-latin.ts'

/**
 * The remote's address, with the Latin forms people typed for the parts that are still the same; a Latin form
 * of a part that changed would send the parcel to the old place. An address the remote no longer shows
 * (personal data is withheld after some days) is kept.
 */
export function mergeAddress(existing: Address | null, remote: Address | null): Address | null {
  if (existing === null || remote === null) return remote ?? existing
  const latin: NonNullable<Address['latin']> = { ...remote.latin }
  for (const field of LATIN_FIELDS) {
    const typed = existing.latin?.[field]
    if (typed !== undefined && existing[field] === remote[field]) latin[field] = typed
  }
  const merged: Address = { ...remote, latin }
  if (Object.keys(latin).length === 0) delete merged.latin
  return merged
}
