import { describe, expect, it } from 'vitest'
import type { ConnectionId, ListingId, OutboxId } from '#core/shared/ids.ts'
import { fieldName, withFields } from '#core/listing/fields.ts'
import type { Listing, RemoteListing } from '#core/listing/listing.ts'
import { reconcileListing, type ListingAfter } from '#core/listing/reconcile-listing.ts'
import type { ListingChange } from '#core/listing/unsent.ts'

const TITLE = fieldName({ kind: 'content', locale: 'en', part: 'title' })
const TEXT = fieldName({ kind: 'content', locale: 'en', part: 'description' })
const PRICE = fieldName({ kind: 'price', offerRemoteId: '7', currency: 'EUR', market: 'DE' })
const STOCK = fieldName({ kind: 'stock', offerRemoteId: '7' })

const remote: RemoteListing = {
  ...{ remoteId: '1', status: 'active', rawStatus: 'DE BUYABLE', updatedAt: 1_000, mainLocale: 'en' },
  contents: { en: { title: 'Mug', description: 'A mug' } },
  offers: [
    {
      ...{ remoteId: '7', sku: 'MUG', option: '', stock: 10 },
      prices: [{ minor: 1290, currency: 'EUR', market: 'DE' }],
    },
  ],
  pictureUrl: '',
}
const { status, updatedAt, ...facts } = remote
const asIs: Listing = {
  ...{ ...facts, id: 'l1' as ListingId, connectionId: 'shop' as ConnectionId, state: status },
  ...{ remoteUpdatedAt: updatedAt, seenAt: 0, updatedAt: 0 },
}

const of = <T extends Pick<Listing, 'contents' | 'offers'>>(listing: T, values: Record<string, unknown>): T =>
  withFields(listing, new Map(Object.entries(values)))
const reads = (values: Record<string, unknown> = {}): RemoteListing => ({
  ...of(remote, values),
  updatedAt: 2_000,
})

const parts = {
  ...{ connectionId: 'shop' as ConnectionId, entityKey: 'listing:l1', entityLabel: 'Mug', held: false },
  ...{ inFlight: false, attempts: 1, createdAt: 1, nextAttemptAt: 0, leaseUntil: 0, lastIssue: null },
}
const texts = (
  id: string,
  state: string,
  before: string,
  value: string,
  body?: [string, string],
): ListingChange =>
  ({
    ...{ ...parts, id: id as OutboxId, kind: 'push-listing', state },
    payload: {
      listingRemoteId: '1',
      changes: [
        { locale: 'en', part: 'title', before, value },
        ...(body === undefined
          ? []
          : [{ locale: 'en', part: 'description', before: body[0], value: body[1] }]),
      ],
    },
  }) as ListingChange
const stock = (id: string, state: string, delta: number, aim: [number, number] | null): ListingChange =>
  ({
    ...{ ...parts, id: id as OutboxId, kind: 'push-stock', state, inFlight: aim !== null },
    payload: {
      ...{ listingRemoteId: '1', offerRemoteId: '7', sku: 'MUG', delta },
      aim: aim === null ? null : { from: aim[0], to: aim[1], readAt: 1_000, mayHaveArrived: false },
    },
  }) as ListingChange

const merge = (listing: Listing, rows: ListingChange[], there: RemoteListing): ListingAfter =>
  reconcileListing({ listing, shadow: remote, rows, conflicts: [] }, there, {
    ...{ connectionId: 'shop' as ConnectionId, now: 5, walkStartedAt: null },
    makeListingId: () => 'l2' as ListingId,
  })
const title = ({ listing }: ListingAfter): string | undefined => listing.contents['en']?.title
const pieces = ({ listing }: ListingAfter): number | null | undefined => listing.offers[0]?.stock

describe('what a remote took and does not show yet', () => {
  const row = texts('r1', 'accepted', 'Mug', 'Cup')

  it('stays as it was typed, whatever is read meanwhile, and nobody is asked', () => {
    const after = merge(
      of(asIs, { [TITLE]: 'Cup' }),
      [row],
      reads({ [PRICE]: { minor: 990, currency: 'EUR' } }),
    )
    expect(title(after)).toBe('Cup')
    expect(after).toMatchObject({ conflicts: [], put: [], remove: [], taken: [PRICE] })
    expect(after.shadow.contents['en']?.title).toBe('Mug')
  })

  it.each(['Cup', 'Cup (by the remote)'])('leaves once the remote shows "%s"', (shown) => {
    const after = merge(of(asIs, { [TITLE]: 'Cup' }), [row], reads({ [TITLE]: shown }))
    expect(title(after)).toBe(shown)
    expect(after).toMatchObject({ conflicts: [], put: [], remove: [row] })
  })

  it('leaves text by text', () => {
    const both = texts('r1', 'accepted', 'Mug', 'Cup', ['A mug', 'A cup'])
    const after = merge(of(asIs, { [TITLE]: 'Cup', [TEXT]: 'A cup' }), [both], reads({ [TEXT]: 'A cup' }))
    expect(after.remove).toEqual([])
    expect(after.put).toMatchObject([
      { id: 'r1', state: 'accepted', payload: { changes: [{ part: 'title' }] } },
    ])
    expect(title(after)).toBe('Cup')
  })

  it('is what a later change stands on, also one back to how it was', () => {
    const back = texts('r2', 'queued', 'Cup', 'Mug')
    const waits = merge(asIs, [row, back], reads())
    expect([waits.put, waits.remove]).toEqual([[], []])
    const shown = merge(asIs, [row, back], reads({ [TITLE]: 'Cup' }))
    expect([title(shown), shown.remove, shown.put, shown.conflicts]).toEqual(['Mug', [row], [], []])
  })

  it('counts an amount once, with what was sold and set since', () => {
    const [taken, next] = [stock('r1', 'accepted', 5, [10, 15]), stock('r2', 'queued', 2, null)]
    const here = of(asIs, { [STOCK]: 17 })
    const waits = merge(here, [taken, next], reads())
    expect([pieces(waits), waits.remove, waits.shadow.offers[0]?.stock]).toEqual([17, [], 10])
    const sold = merge(here, [taken, next], reads({ [STOCK]: 12 }))
    expect([pieces(sold), sold.remove, sold.shadow.offers[0]?.stock]).toEqual([14, [taken], 12])
  })
})
