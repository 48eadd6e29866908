import type { Money } from '#core/money/money.ts'
import { isEqual } from '#core/sync/merge3.ts'
import type { ContentChange, OutboxPayloads } from '#core/sync/outbox.ts'
import { parseFieldName } from '#core/listing/fields.ts'
import type { Listing } from '#core/listing/listing.ts'

/** A field, what the remote is taken to have of it, and what it is to have. */
export interface WantedValue {
  field: string
  from: unknown
  to: unknown
}

type Planned = {
  [K in 'push-listing' | 'push-price' | 'push-stock']: { kind: K; payload: OutboxPayloads[K] }
}['push-listing' | 'push-price' | 'push-stock']

/** What is to be sent so that the remote has these values: all texts in one change, each price and each amount in its own. */
export function planChanges(
  { remoteId: listingRemoteId, offers }: Pick<Listing, 'remoteId' | 'offers'>,
  wanted: readonly WantedValue[],
): Planned[] {
  const texts: ContentChange[] = []
  const planned: Planned[] = []
  for (const { field: name, from, to } of wanted) {
    const field = parseFieldName(name)
    if (field === null || isEqual(from, to)) continue
    if (field.kind === 'content') {
      const { locale, part } = field
      texts.push({ locale, part, before: (from as string | undefined) ?? null, value: (to as string) ?? '' })
      continue
    }
    const { offerRemoteId } = field
    const sku = offers.find(({ remoteId }) => remoteId === offerRemoteId)?.sku ?? ''
    const place = { listingRemoteId, offerRemoteId, sku }
    if (field.kind === 'price') {
      const before = (from as Money | undefined) ?? null
      const market = field.market === undefined ? {} : { market: field.market }
      planned.push({ kind: 'push-price', payload: { ...place, ...market, before, value: to as Money } })
    } else {
      const delta = (to as number) - ((from as number | undefined) ?? 0)
      planned.push({ kind: 'push-stock', payload: { ...place, delta, aim: null } })
    }
  }
  if (texts.length === 0) return planned
  return [{ kind: 'push-listing', payload: { listingRemoteId, changes: texts } }, ...planned]
}
