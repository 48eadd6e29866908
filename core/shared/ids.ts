declare const brand: unique symbol
export type Id<K extends string> = string & { readonly [brand]: K }

export type ConnectionId = Id<'connection'>
export type OrderId = Id<'order'>
export type ListingId = Id<'listing'>
export type ProductId = Id<'product'>
export type ShipmentId = Id<'shipment'>
export type DocumentId = Id<'document'>
export type PoolId = Id<'pool'>
export type OutboxId = Id<'outbox'>
export type PrintJobId = Id<'print-job'>
export type ActivityId = Id<'activity'>
export type BulkJobId = Id<'bulk-job'>

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * A client-made id that sorts by time: 9 base-32 digits of epoch ms, then 8 random ones (40 bits).
 * IndexedDB stays fast when keys arrive in order (docs/adr/0003).
 */
export function makeId<K extends string>(atMs: number, rng: () => number): Id<K> {
  return makeIdAt<K>(timePart(atMs), rng)
}

/** The digits of a moment, in epoch ms: the first nine of an id. */
export function timePart(atMs: number): string {
  let time = ''
  let rest = Math.floor(atMs)
  for (let i = 0; i < 9; i++) {
    time = digit(rest % 32) + time
    rest = Math.floor(rest / 32)
  }
  return time
}

/** The same as `makeId` where the moment's digits are at hand. */
export function makeIdAt<K extends string>(time: string, rng: () => number): Id<K> {
  let tail = ''
  for (let i = 0; i < 8; i++) tail += digit(Math.floor(rng() * 32))
  return (time + tail) as Id<K>
}

function digit(value: number): string {
  return ALPHABET.charAt(value)
}
