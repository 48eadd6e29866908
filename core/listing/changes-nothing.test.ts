import { describe, expect, it } from 'vitest'
import { changesNothing } from '#core/listing/changes-nothing.ts'
import type { Listing, RemoteListing } from '#core/listing/listing.ts'
import { reconcileListing } from '#core/listing/reconcile-listing.ts'
import { money } from '#core/money/money.ts'
import type { ConnectionId, ListingId } from '#core/shared/ids.ts'

const offer = { remoteId: 'v1', sku: 'MUG', option: '', prices: [money(1290, 'EUR')], stock: 20 }
const remote: RemoteListing = {
  ...{
    remoteId: '1',
    status: 'active',
    rawStatus: 'enabled',
    updatedAt: 5_000,
    mainLocale: 'en',
    pictureUrl: '',
  },
  contents: { en: { title: 'Mug', description: '' } },
  offers: [offer],
}
const context = {
  ...{ connectionId: 'c1' as ConnectionId, now: 9_000, walkStartedAt: 8_000 },
  makeListingId: () => 'l1' as ListingId,
}
const before = { listing: null, shadow: null, rows: [], conflicts: [] }
const { listing } = reconcileListing(before, remote, { ...context, walkStartedAt: null })

describe('a reading of a listing that changes nothing', () => {
  it('leaves what was done here, and notes that it was met', () => {
    const edited: Listing = { ...listing, contents: { en: { title: 'Cup', description: '' } } }
    const again = { ...before, listing: edited, shadow: remote }
    expect(reconcileListing(again, structuredClone(remote), context)).toEqual({
      ...{ outcome: 'unchanged', put: [], remove: [], conflicts: [], taken: [], shadow: remote },
      listing: { ...edited, seenAt: 8_000 },
    })
  })

  it.each<[string, Partial<Listing>]>([
    ['is gone here', { state: 'gone' }],
    ['is of an older reading', { remoteUpdatedAt: 4_000 }],
    ['has another raw status', { rawStatus: 'draft' }],
    ['has another picture', { pictureUrl: 'https://shop.example/mug.png' }],
    ['has another main language', { mainLocale: 'de' }],
    ['has another SKU', { offers: [{ ...offer, sku: 'CUP' }] }],
  ])('is another thing for one that %s', (_what, change) => {
    expect(changesNothing(listing, remote, remote)).toBe(true)
    const stored = { ...listing, ...change }
    expect(changesNothing(stored, remote, remote)).toBe(false)
    const { listing: after } = reconcileListing(
      { ...before, listing: stored, shadow: remote },
      remote,
      context,
    )
    expect({ ...after, updatedAt: 0 }).toEqual({ ...listing, seenAt: 8_000, updatedAt: 0 })
  })

  it('is another thing for what the shop had not said, and for one that lacks an offer', () => {
    expect(changesNothing({ ...listing, offers: [] }, remote, remote)).toBe(false)
    expect(changesNothing(listing, null, remote)).toBe(false)
    expect(changesNothing(listing, { ...remote, contents: {} }, remote)).toBe(false)
  })

  it('is another thing for one that the shop found wrong before, and not any more', () => {
    const wrong = [{ code: 'NO_IMAGE', severity: 'error' as const, message: 'Add an image', fields: [] }]
    const stored = { ...before, listing: { ...listing, issues: wrong }, shadow: { ...remote, issues: wrong } }
    const after = reconcileListing(stored, remote, context)
    expect(after.outcome).toBe('changed')
    expect(after.listing).not.toHaveProperty('issues')
    expect(after.shadow).not.toHaveProperty('issues')
  })
})
