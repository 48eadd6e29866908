import { describe, expect, it } from 'vitest'
import type { ConnectionId, ListingId } from '#core/shared/ids.ts'
import { toListingRow } from '#core/listing/listing-row.ts'
import type { Listing, ListingIssue } from '#core/listing/listing.ts'

const listing: Listing = {
  ...{ id: 'l1' as ListingId, connectionId: 'shop' as ConnectionId, remoteId: '1', state: 'active' },
  ...{ rawStatus: 'ACTIVE', mainLocale: 'en', pictureUrl: '', remoteUpdatedAt: 1, seenAt: 1, updatedAt: 1 },
  contents: { en: { title: 'Mug', description: '' }, de: { title: '', description: '' } },
  offers: [
    {
      ...{ remoteId: '7', sku: 'MUG', option: '', stock: 3 },
      prices: [
        { minor: 1599, currency: 'EUR', market: 'eu' },
        { minor: 1290, currency: 'GBP' },
      ],
    },
  ],
}
const nothing = { unsent: false, conflict: false }
const found = (severity: ListingIssue['severity']): ListingIssue => ({
  ...{ code: 'X', severity, message: 'Mend it', fields: [] },
})

describe('the row of a listing', () => {
  it('shows the price of the shop itself, else that of a market and which', () => {
    const gbp = { minor: 1290, currency: 'GBP' }
    expect(toListingRow(listing, nothing).price).toEqual({ from: gbp, to: gbp })
    const [offer] = listing.offers
    const abroad = { ...listing, offers: [{ ...offer!, prices: offer!.prices.slice(0, 1) }] }
    const eur = { minor: 1599, currency: 'EUR' }
    expect(toListingRow(abroad, nothing).price).toEqual({ from: eur, to: eur, market: 'eu' })
  })

  it('names the languages that have a title', () => {
    expect(toListingRow(listing, nothing).locales).toEqual(['en'])
  })

  it.each([
    [['info', 'warning'], 'active', 'issues', 'warning'],
    [['warning', 'error'], 'hidden', 'issues', 'error'],
    [['info'], 'active', 'active', undefined],
    [[], 'blocked', 'hidden', undefined],
    [['error'], 'gone', 'gone', 'error'],
  ] as const)('with issues %o of one that is %s is listed under %s', (severities, state, list, worst) => {
    const issues = severities.map(found)
    const row = toListingRow({ ...listing, state, issues }, nothing)
    expect([row.list, row.issues]).toEqual([list, worst])
  })

  it('waits first for what is to be decided or sent', () => {
    const wrong = { ...listing, issues: [found('error')] }
    expect(toListingRow(wrong, { unsent: true, conflict: false })).toMatchObject({
      list: 'unsent',
      issues: 'error',
    })
    expect(toListingRow(wrong, { unsent: true, conflict: true }).list).toBe('conflict')
  })
})
