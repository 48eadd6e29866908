import { beforeEach, describe, expect, it } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Desk } from '#tests/conformance/desk.ts'
import { PROMPT } from '#tests/conformance/vendure-bench.ts'
import { pullListings, readListing, run, type CatalogueBench } from '#tests/conformance/vendure-catalogue.ts'

/** Pulling and reading a catalogue. */
export function describeListings(bench: CatalogueBench): void {
  let desk: Desk
  beforeEach(() => {
    desk = bench.open()
  })

  describe('walking the whole catalogue', () => {
    it('brings every listing whatever the page size', PROMPT, async () => {
      const made = await bench.shop.makeListings(7)
      const whole = await pullListings(desk, { pageSize: 500 })
      expect(ids(whole.byId)).toEqual(expect.arrayContaining(made.map(({ id }) => id)))
      for (const pageSize of [1, 2, 5]) {
        const paged = await pullListings(desk, { pageSize })
        expect(ids(paged.byId), `page size ${pageSize}`).toEqual(ids(whole.byId))
        expect(paged.checkpoint).toEqual(whole.checkpoint)
      }
    })

    it('misses nothing that stays when others come, change and go between the pages', PROMPT, async () => {
      const made = await bench.shop.makeListings(12)
      const doomed = made.slice(0, 5)
      const stays = made.slice(5)
      const late: string[] = []
      const walked = await pullListings(desk, {
        pageSize: 3,
        betweenPages: async () => {
          const gone = doomed.shift()
          if (gone === undefined) return
          await bench.shop.removeListing(gone.id)
          const [fresh] = await bench.shop.makeListings(1)
          late.push(fresh!.id)
          await bench.shop.setOffer(stays[0]!.offers[0]!, { stock: 40 + late.length })
        },
      })
      expect(late.length).toBe(5)
      for (const { id } of stays) expect(walked.byId.has(id), id).toBe(true)
      // What happened during the walk comes with the changes since its beginning.
      const after = await pullListings(desk, { checkpoint: walked.checkpoint })
      for (const id of late) expect(after.byId.has(id) || walked.byId.has(id), id).toBe(true)
      expect(after.byId.get(stays[0]!.id)?.offers[0]?.stock).toBe(45)
    })

    it('knows a listing by its texts, prices, stock and options', async () => {
      const [made] = await bench.shop.makeListings(1)
      const listing = await readListing(desk, made!.id)
      expect(listing).toMatchObject({
        status: 'active',
        mainLocale: 'en',
        contents: { en: { title: expect.stringMatching(/./) }, de: { title: expect.stringMatching(/./) } },
        offers: [
          { option: 'Blue', stock: 20, prices: [{ currency: 'EUR' }, { currency: 'USD' }] },
          { option: 'Green', stock: 20 },
        ],
      })
      expect(listing.offers.map(({ remoteId }) => remoteId)).toEqual(made!.offers)
      for (const { prices } of listing.offers)
        for (const { minor } of prices) expect(minor).toBeGreaterThan(0)
    })

    it('shows what is hidden, not counted, and in several places', async () => {
      const [made] = await bench.shop.makeListings(1)
      await bench.shop.hideListing(made!.id)
      await bench.shop.setOffer(made!.offers[0]!, { counted: false })
      await bench.shop.addPlace(made!.offers[1]!, 7)
      expect(await readListing(desk, made!.id)).toMatchObject({
        status: 'hidden',
        rawStatus: 'disabled',
        offers: [{ stock: null }, { stock: 27 }],
      })
    })

    it('says which listings are not there any more', async () => {
      const [gone, stays] = await bench.shop.makeListings(2)
      await bench.shop.removeListing(gone!.id)
      const read = await run(desk, 'read-listings', { remoteIds: [gone!.id, stays!.id, '999999'] })
      expect(read.missing).toEqual([gone!.id, '999999'])
      expect(read.listings.map(({ remoteId }) => remoteId)).toEqual([stays!.id])
    })
  })

  describe('pulling what changed', () => {
    it('brings a changed text, price and stock, and leaves the rest alone', PROMPT, async () => {
      const [text, price, stock, quiet] = await bench.shop.makeListings(4)
      await sleep(4_000)
      const { checkpoint } = await pullListings(desk)
      await sleep(4_000)
      await bench.shop.setTexts(text!.id, 'de', { name: 'Anders' })
      await bench.shop.setOffer(price!.offers[1]!, { eur: 4321 })
      await bench.shop.setOffer(stock!.offers[0]!, { stock: 3 })
      const after = await pullListings(desk, { checkpoint })
      expect(after.byId.get(text!.id)?.contents['de']?.title).toBe('Anders')
      expect(after.byId.get(price!.id)?.offers[1]?.prices[0]).toEqual({ minor: 4321, currency: 'EUR' })
      expect(after.byId.get(stock!.id)?.offers[0]?.stock).toBe(3)
      expect(after.checkpoint!.updatedAt).toBeGreaterThan(checkpoint!.updatedAt)
      await sleep(4_000)
      await bench.shop.setOffer(stock!.offers[0]!, { stock: 2 })
      const once = await pullListings(desk, { checkpoint: after.checkpoint })
      expect(once.byId.get(stock!.id)?.offers[0]?.stock).toBe(2)
      expect(once.byId.has(quiet!.id)).toBe(false)
    })

    it('brings the same again from the same checkpoint, and never moves it back', PROMPT, async () => {
      const { checkpoint } = await pullListings(desk)
      const [first, second] = [
        await pullListings(desk, { checkpoint }),
        await pullListings(desk, { checkpoint }),
      ]
      expect(second.all).toEqual(first.all)
      const later = { updatedAt: Date.UTC(2099, 0, 1), id: '1' }
      expect(await pullListings(desk, { checkpoint: later })).toMatchObject({ all: [], checkpoint: later })
    })

    it.each([1, 3, 8])('brings a bulk edit of one moment, %d at a time', PROMPT, async (pageSize) => {
      const made = await bench.shop.makeListings(9)
      const { checkpoint } = await pullListings(desk)
      await sleep(4_000)
      await bench.shop.setStocks(
        made.flatMap(({ offers }) => offers),
        pageSize,
      )
      await bench.shop.setTexts(made[8]!.id, 'en', { name: `Bulk ${pageSize}` })
      const after = await pullListings(desk, { checkpoint, pageSize })
      for (const { id } of made)
        expect(
          after.byId.get(id)?.offers.map(({ stock }) => stock),
          id,
        ).toEqual([pageSize, pageSize])
      expect(after.byId.get(made[8]!.id)?.contents['en']?.title).toBe(`Bulk ${pageSize}`)
    })

    it('misses nothing when listings change again between the pages', PROMPT, async () => {
      const made = await bench.shop.makeListings(8)
      const { checkpoint } = await pullListings(desk)
      await bench.shop.setStocks(
        made.flatMap(({ offers }) => offers),
        5,
      )
      const again = made.slice(0, 6)
      const pulled = await pullListings(desk, {
        checkpoint,
        pageSize: 3,
        betweenPages: async () => {
          const next = again.shift()
          if (next === undefined) return
          await bench.shop.setOffer(next.offers[0]!, { stock: 6 })
          await bench.shop.setTexts(next.id, 'en', { name: 'Again' })
        },
      })
      expect(again).toEqual([])
      const then = await pullListings(desk, { checkpoint: pulled.checkpoint })
      for (const { id } of made.slice(0, 6)) {
        const last = then.byId.get(id) ?? pulled.byId.get(id)
        expect(last?.offers[0]?.stock, id).toBe(6)
        expect(last?.contents['en']?.title, id).toBe('Again')
      }
      for (const { id } of made.slice(6)) expect(pulled.byId.get(id)?.offers[0]?.stock, id).toBe(5)
    })

    it(
      'loses nothing when it breaks off after any page and begins again at the checkpoint',
      PROMPT,
      async () => {
        const made = await bench.shop.makeListings(6)
        let { checkpoint } = await pullListings(desk)
        await sleep(4_000)
        await bench.shop.setStocks(
          made.flatMap(({ offers }) => offers),
          11,
        )
        await bench.shop.setTexts(made[0]!.id, 'en', { name: 'Broken off' })
        const seen = new Map<string, number | null | undefined>()
        for (let attempt = 0; attempt < 60; attempt += 1) {
          // As a desk that is closed after the first page, every time, with ever larger pages.
          const page = await run(desk, 'pull-listings', {
            checkpoint,
            pageToken: null,
            pageSize: attempt + 1,
          })
          for (const { remoteId, offers } of page.listings) seen.set(remoteId, offers[1]?.stock)
          const before = checkpoint
          checkpoint = page.checkpoint ?? checkpoint
          expect(checkpoint!.updatedAt).toBeGreaterThanOrEqual(before!.updatedAt)
          if (page.nextPage === null) break
        }
        for (const { id } of made) expect(seen.get(id), id).toBe(11)
      },
    )
  })
}

function ids(byId: Map<string, unknown>): string[] {
  return [...byId.keys()].sort()
}
