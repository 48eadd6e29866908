import 'fake-indexeddb/auto'
import { beforeEach, expect, it } from 'vitest'
import type { ListingId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import { INITIAL_CONNECTIVITY } from '#core/sync/connectivity.ts'
import { saveConnectivity } from '#renderer/data/repos/settings.repo.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import { fetchSeenPictures } from '#renderer/usecases/fetch-seen-pictures.ts'
import { openTestDesk, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

/** Pictures of rows that somebody looks at: few calls, none without a line, never without end. */

let desk: TestDesk
let asked: string[]
const host: Pick<HostCalls, 'connector.fetch-picture'> = {
  'connector.fetch-picture': ({ url }) => {
    asked.push(url)
    return Promise.resolve(
      url.includes('bad')
        ? err(issue('not-found', { reason: 'picture-missing' }))
        : ok({ mime: 'image/png', bytes: new Uint8Array(10) }),
    )
  },
}
const seen = (n: number, pictureUrl = `https://shop.example/${n}.png`) => ({
  id: `l${n}` as ListingId,
  connectionId: SHOP,
  pictureUrl,
})
const fetchSeen = (listings: ReturnType<typeof seen>[], most?: number) =>
  fetchSeenPictures({ db: desk.db, host, now: desk.now, ...(most === undefined ? {} : { most }) }, listings)

beforeEach(async () => {
  desk = await openTestDesk()
  asked = []
})

it('stores what is not here, and asks for nothing that is', async () => {
  expect(await fetchSeen([seen(1), seen(2, 'https://shop.example/bad.png')])).toHaveLength(2)
  expect((await desk.db.pictures.toArray()).map(({ listingId }) => listingId)).toEqual(['l1'])
  asked = []
  expect(await fetchSeen([seen(1)])).toEqual([])
  expect(asked).toEqual([])
})

it('takes a newer picture in place of the one that is here, and keeps that while the newer cannot be had', async () => {
  await fetchSeen([seen(1)])
  await fetchSeen([seen(1, 'https://shop.example/bad.png')])
  expect((await desk.db.pictures.get('l1'))?.url).toBe('https://shop.example/1.png')
  await fetchSeen([seen(1, 'https://shop.example/new.png')])
  expect((await desk.db.pictures.get('l1'))?.url).toBe('https://shop.example/new.png')
})

it('asks nobody without a line', async () => {
  await saveConnectivity(desk.db, { ...INITIAL_CONNECTIVITY, state: 'offline' })
  expect(await fetchSeen([seen(1)])).toEqual([])
  expect(asked).toEqual([])
})

it('stops when there are many, but for pictures that only changed', async () => {
  await fetchSeen([seen(1)], 2)
  await fetchSeen([seen(2), seen(3), seen(1, 'https://shop.example/new.png')], 2)
  expect(asked.slice(1).sort()).toEqual(['https://shop.example/2.png', 'https://shop.example/new.png'])
  expect(await desk.db.pictures.count()).toBe(2)
})
