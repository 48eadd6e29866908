import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionId, ListingId, OutboxId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { fieldName, parseFieldName } from '#core/listing/fields.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { readConflicts } from '#renderer/data/queries/conflicts.ts'
import {
  isListingDetail,
  readListing,
  readListingCounts,
  readListingLocales,
  readListingPage,
  searchListings,
  type ListingListId,
  type ListingPage,
  type ListingPageKey,
} from '#renderer/data/queries/listings.ts'
import { readOutbox } from '#renderer/data/queries/outbox.ts'
import { verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { MERGE_LISTING_STORES, mergeRemoteListings } from '#renderer/sync/merge-listings.ts'
import { editListing } from '#renderer/usecases/edit-listing.ts'
import { retryOutboxRow } from '#renderer/usecases/retry-outbox-row.ts'
import { openTestDesk, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

/** What the pages of listings and conflicts read, and what they do to a listing. */

const OTHER = '0000000000shop002' as ConnectionId
let desk: TestDesk

function remote(n: number, title: string, change: Partial<RemoteListing> = {}): RemoteListing {
  return {
    ...{
      remoteId: String(n),
      status: 'active',
      rawStatus: 'enabled',
      updatedAt: START + n,
      mainLocale: 'en',
    },
    contents: { en: { title, description: '' } },
    offers: [
      {
        ...{ remoteId: `${n}.1`, sku: `SKU-${n}`, option: '', stock: 5 },
        prices: [{ minor: 1000 + n, currency: 'EUR' }],
      },
    ],
    pictureUrl: '',
    ...change,
  }
}

function pulled(listings: RemoteListing[], shop = SHOP): Promise<number> {
  return inUnit(desk.db, { stores: MERGE_LISTING_STORES, durability: 'relaxed' }, () =>
    mergeRemoteListings(desk as never, shop, listings, null),
  )
}

async function idOf(remoteId: string, shop = SHOP): Promise<ListingId> {
  const found = await desk.db.listings.where('[connectionId+remoteId]').equals([shop, remoteId]).first()
  return found?.id as ListingId
}

async function detailOf(remoteId: string) {
  const detail = await readListing(desk.db, await idOf(remoteId))
  if (!isListingDetail(detail)) throw new Error('no such listing')
  return detail
}

async function allPages(list: ListingListId, connectionId?: ConnectionId): Promise<string[]> {
  const titles: string[] = []
  let after: ListingPageKey | null = null
  do {
    const page: ListingPage = await readListingPage(desk.db, { list, connectionId }, { after, limit: 3 })
    titles.push(...page.rows.map(({ title }) => title))
    after = page.next
  } while (after !== null)
  return titles
}

beforeEach(async () => {
  desk = await openTestDesk()
  const first = await desk.db.connections.get(SHOP)
  await desk.db.connections.put({ ...first!, id: OTHER, name: 'Other shop' })
})

describe('pages of listings', () => {
  it('come by title, every one once, also those of one title', async () => {
    const titles = ['Mug', 'mug', 'Ärmel', 'Zip', 'Mug', 'apron', 'Mug']
    await pulled(titles.map((title, n) => remote(n, title)))
    const read = await allPages('all')
    expect(read.map((title) => title.toLowerCase())).toEqual([
      ...['apron', 'ärmel', 'mug', 'mug', 'mug', 'mug', 'zip'],
    ])
  })

  it('are of one list and of one shop, and the counts say the same', async () => {
    await pulled([remote(1, 'A'), remote(2, 'B', { status: 'hidden' }), remote(3, 'C')])
    await pulled([remote(1, 'A of the other'), remote(9, 'D of the other')], OTHER)
    await editListing(desk, {
      listingId: await idOf('3'),
      values: [{ field: 'contents.en.title', value: 'C changed' }],
    })
    expect(await allPages('all', SHOP)).toEqual(['A', 'B', 'C changed'])
    expect(await allPages('unsent')).toEqual(['C changed'])
    expect(await allPages('unsent', OTHER)).toEqual([])
    expect(await allPages('hidden', SHOP)).toEqual(['B'])
    expect(await readListingCounts(desk.db)).toEqual({
      ...{ all: 5, active: 3, unsent: 1, conflict: 0, issues: 0, hidden: 1, gone: 0 },
    })
    expect(await readListingCounts(desk.db, OTHER)).toMatchObject({ all: 2, active: 2, hidden: 0 })
    expect(await verifyCounters(desk.db)).toEqual([])
  })

  it('are searched by words of any language and by SKU, within the list', async () => {
    const contents = {
      en: { title: 'Ceramic mug', description: 'never searched' },
      de: { title: 'Großer Becher', description: '' },
    }
    await pulled([
      remote(1, '', { contents }),
      remote(2, 'Ceramic bowl'),
      remote(3, 'Mug', { status: 'hidden' }),
    ])
    const found = async (text: string, list: ListingListId = 'all') =>
      (await searchListings(desk.db, { list, text }, 10)).map(({ remoteId }) => remoteId)
    expect(await found('mug CERAMIC')).toEqual(['1'])
    expect(await found('grosser')).toEqual(['1'])
    expect(await found('sku-2')).toEqual(['2'])
    expect(await found('mug', 'hidden')).toEqual(['3'])
    expect(await found('never')).toEqual([])
    expect(await found('  ')).toEqual([])
    expect(await searchListings(desk.db, { list: 'all', text: 'ceramic' }, 1)).toHaveLength(1)
  })

  it('know the languages of a shop, most used first', async () => {
    const text = { title: 'x', description: '' }
    await pulled([
      remote(1, 'A', { contents: { en: text, fr: text } }),
      remote(2, 'B', { contents: { en: text, ja: { title: '', description: 'no title' } } }),
    ])
    expect(await readListingLocales(desk.db, SHOP)).toEqual(['en', 'fr'])
    expect(await readListingLocales(desk.db, OTHER)).toEqual([])
  })
})

describe('one listing', () => {
  it('comes with what its shop has, what waits and what happened', async () => {
    await pulled([remote(1, 'Mug')])
    await editListing(desk, {
      listingId: await idOf('1'),
      values: [{ field: 'contents.en.title', value: 'Big mug' }],
    })
    const detail = await detailOf('1')
    expect(detail.listing.contents['en']?.title).toBe('Big mug')
    expect(detail.shadow?.contents['en']?.title).toBe('Mug')
    expect(detail.unsent.map(({ kind }) => kind)).toEqual(['push-listing'])
    expect(detail.activity.map(({ what }) => what)).toEqual(['listing-received', 'listing-edited'])
    expect(detail.conflict).toBeNull()
  })

  it('that is not there, or does not parse, says so', async () => {
    expect(await readListing(desk.db, 'nothing' as ListingId)).toBeNull()
    await pulled([remote(1, 'Mug')])
    const id = await idOf('1')
    await desk.db.listings.update(id, { offers: 'none' } as never)
    expect(await readListing(desk.db, id)).toMatchObject({ code: 'malformed', reason: 'stored-listing' })
  })

  it('forgets a language that was added and taken back before the shop heard of it', async () => {
    await pulled([remote(1, 'Mug')])
    const listingId = await idOf('1')
    const edit = (value: unknown) =>
      editListing(desk, { listingId, values: [{ field: 'contents.fr.title', value }] })
    expect(await edit('Tasse')).toMatchObject({ ok: true })
    expect(await edit(undefined)).toMatchObject({ ok: true })
    const detail = await detailOf('1')
    expect(Object.keys(detail.listing.contents)).toEqual(['en'])
    expect(await readOutbox(desk.db)).toEqual([])
    expect((await readListingCounts(desk.db)).unsent).toBe(0)
  })

  it('keeps a text that the shop has', async () => {
    await pulled([remote(1, 'Mug')])
    const values = [{ field: 'contents.en.title', value: undefined }]
    expect(await editListing(desk, { listingId: await idOf('1'), values })).toMatchObject({
      ok: false,
      error: { reason: 'text-is-there' },
    })
    expect((await detailOf('1')).listing.contents['en']?.title).toBe('Mug')
  })
})

describe('names of fields', () => {
  it('are read back whatever the id, and never throw on what is none', () => {
    for (const offerRemoteId of ['12', 'a.b', '%', 'ü/ß', 'offers.1.stock']) {
      const field = { kind: 'stock', offerRemoteId } as const
      expect(parseFieldName(fieldName(field))).toEqual(field)
    }
    for (const name of [
      'offers.%E0%.stock',
      'offers.%.prices.EUR',
      'offers',
      '',
      'contents.de',
      'offers..stock',
    ])
      expect(parseFieldName(name)).toBeNull()
  })
})

describe('a change in conflict', () => {
  const mine = async () => {
    await pulled([remote(1, 'Mug')])
    await editListing(desk, {
      listingId: await idOf('1'),
      values: [{ field: 'contents.en.title', value: 'Mine' }],
    })
    return (await readOutbox(desk.db))[0]?.id as OutboxId
  }

  it('is not sent again before a person has chosen', async () => {
    const id = await mine()
    await pulled([remote(1, 'Theirs', { updatedAt: START + 100 })])
    expect((await readConflicts(desk.db)).map(({ fields }) => fields.map(({ field }) => field))).toEqual([
      ['contents.en.title'],
    ])
    expect(await retryOutboxRow(desk, { id })).toMatchObject({ ok: false, error: { reason: 'decide-first' } })
  })

  it('is decided by typing another value, and its activity says so', async () => {
    await mine()
    await pulled([remote(1, 'Theirs', { updatedAt: START + 100 })])
    await editListing(desk, {
      listingId: await idOf('1'),
      values: [
        { field: 'contents.en.title', value: 'Agreed' },
        { field: 'contents.en.description', value: 'New' },
      ],
    })
    expect(await readConflicts(desk.db)).toEqual([])
    const told = (await desk.db.activity.toArray()).map(({ what, changes }) => ({ what, changes }))
    const title = { field: 'contents.en.title', from: 'Mine', to: 'Agreed' }
    expect(told).toContainEqual({ what: 'conflict-resolved', changes: [title] })
    const description = expect.objectContaining({ field: 'contents.en.description', to: 'New' }) as unknown
    expect(told).toContainEqual({ what: 'listing-edited', changes: [description] })
  })

  it('is sent again when the shop calls it one and there is nothing to choose', async () => {
    const id = await mine()
    const lastIssue = issue('conflict', { reason: 'stock-elsewhere' })
    await desk.db.outbox.update(id, { state: 'blocked-conflict', lastIssue } as never)
    expect(await retryOutboxRow(desk, { id })).toMatchObject({ ok: true, value: { state: 'queued' } })
  })

  it('that does not parse is not shown and stops nothing', async () => {
    await mine()
    await desk.db.conflicts.put({ entityKey: 'listing:x', fields: [] } as never)
    expect(await readConflicts(desk.db)).toEqual([])
  })
})
