import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConnectionId, ListingId, OutboxId } from '#core/shared/ids.ts'
import { without } from '#core/shared/without.ts'
import type { FieldConflict } from '#core/sync/merge3.ts'
import { fieldName, listingFields, parseFieldName, withFields } from '#core/listing/fields.ts'
import type { Listing, RemoteListing } from '#core/listing/listing.ts'
import { reconcileListing, type ListingBefore } from '#core/listing/reconcile-listing.ts'
import { replayChanges, undoChanges, withoutFields } from '#core/listing/replay.ts'
import type { ListingChange } from '#core/listing/unsent.ts'

const NOW = 1_000_000
const TITLE = fieldName({ kind: 'content', locale: 'en', part: 'title' })
const PRICE = fieldName({ kind: 'price', offerRemoteId: '7', currency: 'EUR' })
const STOCK = fieldName({ kind: 'stock', offerRemoteId: '7' })

const remote: RemoteListing = {
  ...{ remoteId: '1', status: 'active', rawStatus: 'enabled', updatedAt: 1_000, mainLocale: 'en' },
  contents: { en: { title: 'Mug', description: 'A mug' } },
  offers: [{ remoteId: '7', sku: 'MUG', option: '', prices: [{ minor: 1290, currency: 'EUR' }], stock: 10 }],
  pictureUrl: '',
}
const listing: Listing = {
  ...{
    ...without(remote, 'status', 'updatedAt'),
    id: 'l1' as ListingId,
    connectionId: 'shop' as ConnectionId,
    state: 'active',
  },
  ...{ remoteUpdatedAt: 1_000, seenAt: 0, updatedAt: 0 },
}

const says = (values: Record<string, unknown>): RemoteListing => ({
  ...withFields(remote, new Map(Object.entries(values))),
  updatedAt: 2_000,
})
const edited = (values: Record<string, unknown>): Listing =>
  withFields(listing, new Map(Object.entries(values)))

const rowParts = {
  ...{ id: 'r1' as OutboxId, connectionId: 'shop' as ConnectionId, entityKey: 'listing:l1' },
  ...{ entityLabel: 'Mug', state: 'queued', held: false, inFlight: false, attempts: 0 },
  ...{ createdAt: 1, nextAttemptAt: 0, leaseUntil: 0, lastIssue: null },
}
function titleRow(before: string | null, value: string, over: object = {}): ListingChange {
  const changes = [{ locale: 'en', part: 'title' as const, before, value }]
  const payload = { listingRemoteId: '1', changes }
  return { ...rowParts, kind: 'push-listing', payload, ...over } as ListingChange
}
function stockRow(delta: number, over: object = {}): ListingChange {
  const payload = { listingRemoteId: '1', offerRemoteId: '7', sku: 'MUG', delta, aim: null }
  return { ...rowParts, kind: 'push-stock', payload, ...over } as ListingChange
}

function merge(before: Partial<ListingBefore>, there: RemoteListing) {
  const all = { listing, shadow: remote, rows: [], conflicts: [], ...before }
  return reconcileListing(all, there, {
    ...{ connectionId: 'shop' as ConnectionId, now: NOW, walkStartedAt: null },
    makeListingId: () => 'l2' as ListingId,
  })
}

const titleOf = (each: Listing): string | undefined => each.contents['en']?.title
const stockOf = (each: Listing): number | null | undefined => each.offers[0]?.stock

describe('what a shop says of a listing', () => {
  it('is taken where nothing was changed here, and says what changed', () => {
    const after = merge({}, says({ [TITLE]: 'Cup', [STOCK]: 8 }))
    expect([titleOf(after.listing), stockOf(after.listing)]).toEqual(['Cup', 8])
    expect(after).toMatchObject({ outcome: 'changed', conflicts: [], put: [], remove: [] })
    expect(after.taken.sort()).toEqual([TITLE, STOCK].sort())
  })

  it('changes nothing the second time, and is ignored when it is older', () => {
    const there = says({ [TITLE]: 'Cup' })
    const once = merge({}, there)
    const twice = merge({ listing: once.listing, shadow: once.shadow }, there)
    expect(twice.outcome).toBe('unchanged')
    const old = merge({ listing: once.listing, shadow: once.shadow }, { ...remote, updatedAt: 500 })
    expect([old.outcome, titleOf(old.listing)]).toEqual(['stale', 'Cup'])
  })

  it('leaves an unsent text alone, and its row stands on what the shop has', () => {
    const before = { listing: edited({ [TITLE]: 'Becher' }), rows: [titleRow('Mug', 'Becher')] }
    const after = merge(before, says({ [STOCK]: 3 }))
    expect([titleOf(after.listing), stockOf(after.listing)]).toEqual(['Becher', 3])
    expect(after).toMatchObject({ conflicts: [], put: [], remove: [] })
  })

  it('of a price it reckons itself follows it, and is no conflict with the one that is set in its place', () => {
    const inEurope = (minor: number) => ({ minor, currency: 'EUR', market: 'eu' })
    const field = fieldName({ kind: 'price', offerRemoteId: '7', currency: 'EUR', market: 'eu' })
    const reckons = (minor: number, updatedAt: number): RemoteListing => ({
      ...remote,
      updatedAt,
      offers: [{ ...remote.offers[0]!, reckoned: [inEurope(minor)] }],
    })
    const first = merge({}, reckons(1500, 2_000))
    expect(first.listing.offers[0]?.reckoned).toEqual([inEurope(1500)])
    const set = withFields(first.listing, new Map([[field, { minor: 1599, currency: 'EUR' }]]))
    const after = merge({ listing: set, shadow: first.shadow }, reckons(1620, 3_000))
    expect(after.conflicts).toEqual([])
    expect(after.listing.offers[0]).toMatchObject({
      prices: [{ minor: 1290, currency: 'EUR' }, inEurope(1599)],
      reckoned: [inEurope(1620)],
    })
    // Taken back: what it reckons is what counts again.
    const taken = withFields(after.listing, new Map([[field, undefined]]))
    expect(taken.offers[0]).toMatchObject({
      prices: [{ minor: 1290, currency: 'EUR' }],
      reckoned: [inEurope(1620)],
    })
  })

  it('that is what was typed here ends the row', () => {
    const before = { listing: edited({ [TITLE]: 'Cup' }), rows: [titleRow('Mug', 'Cup')] }
    expect(merge(before, says({ [TITLE]: 'Cup' })).remove).toHaveLength(1)
  })

  it('that clashes with an unsent text is asked about: nothing here changes, the row waits on its old ground', () => {
    const before = { listing: edited({ [TITLE]: 'Becher' }), rows: [titleRow('Mug', 'Becher')] }
    const there = says({ [TITLE]: 'Cup' })
    const after = merge(before, there)
    expect(titleOf(after.listing)).toBe('Becher')
    expect(after.conflicts).toEqual([{ field: TITLE, before: 'Mug', here: 'Becher', there: 'Cup' }])
    expect(after.put).toMatchObject([
      { state: 'blocked-conflict', payload: { changes: [{ before: 'Mug', value: 'Becher' }] } },
    ])
    const again = merge(
      {
        ...{ listing: after.listing, shadow: after.shadow, rows: after.put, conflicts: after.conflicts },
      },
      { ...there, updatedAt: 3_000 },
    )
    expect(again).toMatchObject({ conflicts: after.conflicts, put: [], remove: [] })
    const back = merge(
      { listing: after.listing, shadow: after.shadow, rows: after.put, conflicts: after.conflicts },
      { ...remote, updatedAt: 4_000 },
    )
    expect(back).toMatchObject({ conflicts: [], put: [{ state: 'queued' }] })
  })

  it('is no conflict when it is an earlier value of ours that arrived without its answer', () => {
    const rows = [
      titleRow('Mug', 'Becher', { attempts: 1, inFlight: true, state: 'waiting' }),
      titleRow('Becher', 'Tasse', { id: 'r2' as OutboxId, createdAt: 2 }),
    ]
    const after = merge({ listing: edited({ [TITLE]: 'Tasse' }), rows }, says({ [TITLE]: 'Becher' }))
    expect([titleOf(after.listing), after.conflicts]).toEqual(['Tasse', []])
    expect(after.remove).toMatchObject([{ id: 'r1' }])
  })

  it('asks about a text that was changed here and back again', () => {
    const rows = [
      titleRow('Mug', 'Tasse', { attempts: 1 }),
      titleRow('Tasse', 'Mug', { id: 'r2' as OutboxId }),
    ]
    const after = merge({ rows }, says({ [TITLE]: 'Cup' }))
    expect(titleOf(after.listing)).toBe('Mug')
    expect(after.conflicts).toMatchObject([{ field: TITLE, here: 'Mug', there: 'Cup' }])
  })

  it('adds up with what was taken out of the stock here', () => {
    const before = { listing: edited({ [STOCK]: 7 }), rows: [stockRow(-3)] }
    const after = merge(before, says({ [STOCK]: 8 }))
    expect([stockOf(after.listing), after.conflicts, after.put]).toEqual([5, [], []])
  })

  it('asks when fewer pieces are left than were taken here', () => {
    const before = { listing: edited({ [STOCK]: 1 }), rows: [stockRow(-9)] }
    const after = merge(before, says({ [STOCK]: 5 }))
    expect([stockOf(after.listing), after.conflicts.length]).toEqual([1, 1])
    expect(after.put).toMatchObject([{ state: 'blocked-conflict' }])
  })

  it('leaves stock alone while nobody knows whether ours arrived', () => {
    const row = stockRow(-3, { state: 'waiting', inFlight: true, attempts: 1 })
    const after = merge(
      { listing: edited({ [STOCK]: 7 }), rows: [row] },
      says({ [STOCK]: 7, [TITLE]: 'Cup' }),
    )
    expect([stockOf(after.listing), titleOf(after.listing)]).toEqual([7, 'Cup'])
    expect(after.shadow.offers[0]?.stock).toBe(10)
    const asked: FieldConflict = { field: STOCK, before: 10, here: 7, there: 9 }
    const later = merge(
      { listing: edited({ [STOCK]: 7 }), rows: [row], conflicts: [asked] },
      says({ [STOCK]: 4 }),
    )
    expect(later.conflicts).toEqual([{ ...asked, there: 4 }])
  })

  it('finds the same conflict when what the shop said before is not known any more', () => {
    const rows = [titleRow('Mug', 'Becher'), stockRow(-3, { id: 'r2' as OutboxId })]
    const kept = edited({ [TITLE]: 'Becher', [STOCK]: 7 })
    const after = merge({ listing: kept, shadow: null, rows }, says({ [TITLE]: 'Cup', [STOCK]: 8 }))
    expect(after.conflicts).toMatchObject([{ before: 'Mug', here: 'Becher', there: 'Cup' }])
    expect(stockOf(after.listing)).toBe(5)
  })

  it('that is met on a walk is marked as met', () => {
    const all = { listing, shadow: remote, rows: [], conflicts: [] }
    const context = { connectionId: 'shop' as ConnectionId, now: NOW, makeListingId: () => 'l2' as ListingId }
    const after = reconcileListing(all, remote, { ...context, walkStartedAt: 77 })
    expect(after).toMatchObject({ outcome: 'unchanged', listing: { seenAt: 77 } })
  })
})

describe('fields of a listing', () => {
  it('have names that can be read back, whatever the ids', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (offerRemoteId) => {
        for (const field of [
          { kind: 'stock' as const, offerRemoteId },
          { kind: 'price' as const, offerRemoteId, currency: 'EUR' },
        ])
          expect(parseFieldName(fieldName(field))).toEqual(field)
      }),
    )
    for (const name of [
      '',
      'contents',
      'contents.en',
      'contents.en.x',
      'offers.1',
      'offers..stock',
      'shipTo',
    ])
      expect(parseFieldName(name)).toBeNull()
  })

  it('are replayed and undone by the same rows', () => {
    const rows = [titleRow('Mug', 'Cup'), stockRow(4), titleRow('Cup', 'Becher'), stockRow(-2)]
    const before = listingFields(listing)
    const after = replayChanges(before, rows)
    expect([after.get(TITLE), after.get(STOCK), after.get(PRICE)]).toEqual(['Becher', 12, before.get(PRICE)])
    expect(undoChanges(after, rows)).toEqual(before)
  })

  it('can be taken out of rows one by one', () => {
    const both = titleRow('Mug', 'Cup')
    if (both.kind === 'push-listing')
      both.payload.changes.push({ locale: 'de', part: 'title', before: null, value: 'Tasse' })
    const { put, remove } = withoutFields([both, stockRow(1)], new Set([TITLE, STOCK]))
    expect(put).toMatchObject([{ payload: { changes: [{ locale: 'de' }] } }])
    expect(remove).toMatchObject([{ kind: 'push-stock' }])
  })
})
