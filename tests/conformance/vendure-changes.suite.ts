import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { OperationInput, OperationName } from '#core/contracts/operations.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import { startFaultProxy, type FaultProxy, type ProxyRequest } from '#tests/support/fault-proxy.ts'
import { openDesk, type Desk } from '#tests/conformance/desk.ts'
import { openBackOffice, type BackOffice } from '#tests/conformance/vendure-back-office.ts'

/** A shop that speaks Vendure's admin API, with more than one counted offer on some listing. */
export interface ChangedShop {
  /** Without `/admin-api`. */
  baseUrl: string
  username: string
  password: string
  /** A paid order that is not shipped yet. */
  placeOrder: () => Promise<{ id: string; code: string }>
  stop: () => Promise<void>
}

const PROMPT = { timeout: 60_000 }
const named = (name: string) => (request: ProxyRequest) => request.operation === name
let lastIntent = 0

/**
 * What the desk relies on when it changes listings and orders of a Vendure shop, through the real runtime and a proxy that
 * breaks the line. Runs against a real Vendure and against the demo shops, so that the two cannot drift apart.
 */
export function describeVendureChanges(name: string, startShop: () => Promise<ChangedShop>): void {
  describe(name, () => {
    let shop: ChangedShop
    let office: BackOffice
    let proxy: FaultProxy
    let desk: Desk

    const run = <N extends OperationName>(operation: N, input: OperationInput<N>) =>
      desk.runtime.run(desk.connectionId, operation, input)
    const write = () => ({ intentId: `intent-${(lastIntent += 1)}`, mayHaveArrived: false })

    const pull = async (pageSize: number, from: OperationInput<'pull-listings'>['checkpoint'] = null) => {
      const byId = new Map<string, RemoteListing>()
      let [checkpoint, pageToken]: [typeof from, string | null] = [from, null]
      for (let page = 0; page < 300; page++) {
        const got: Awaited<ReturnType<typeof run<'pull-listings'>>> = await run('pull-listings', {
          checkpoint: from,
          pageToken,
          pageSize,
        })
        if (!got.ok) throw new Error(JSON.stringify(got.error))
        expect(got.value.rejected).toEqual([])
        for (const listing of got.value.listings) byId.set(listing.remoteId, listing)
        checkpoint = got.value.checkpoint ?? checkpoint
        pageToken = got.value.nextPage
        if (pageToken === null) return { byId, checkpoint }
      }
      throw new Error('the pull does not end')
    }
    const read = async (remoteId: string): Promise<RemoteListing> => {
      const got = await run('read-listings', { remoteIds: [remoteId] })
      if (!got.ok) throw new Error(JSON.stringify(got.error))
      return got.value.listings[0]!
    }
    /** One that nobody else in this suite deletes, with an offer whose pieces are counted. */
    const pick = async () => {
      const all = [...(await pull(100)).byId.values()]
      const listing = all.find(
        ({ offers }) => offers.length > 1 && offers.every(({ stock }) => stock !== null),
      )!
      return { listing, offer: listing.offers[0]! }
    }

    beforeAll(async () => {
      shop = await startShop()
      office = await openBackOffice(shop)
      proxy = await startFaultProxy(shop.baseUrl)
      const { username, password } = shop
      desk = openDesk({
        connectorId: 'vendure',
        settings: { baseUrl: proxy.baseUrl, username },
        secrets: { password },
      })
    }, 300_000)
    afterAll(async () => {
      await proxy?.stop()
      await shop?.stop()
    })
    afterEach(async () => {
      await proxy.heal()
      proxy.clear()
    })

    describe('pulling listings', () => {
      it('brings the whole catalogue whatever the page size', PROMPT, async () => {
        const whole = await pull(500)
        expect([...whole.byId.keys()].sort()).toEqual((await office.productIds()).sort())
        for (const pageSize of [1, 7]) {
          const paged = await pull(pageSize)
          expect(Object.fromEntries(paged.byId), `page size ${pageSize}`).toEqual(
            Object.fromEntries(whole.byId),
          )
          expect(paged.checkpoint).toEqual(whole.checkpoint)
        }
      })

      it('brings what changed since, and of a variant the whole listing', PROMPT, async () => {
        const before = await pull(100)
        const [titled, priced] = [...before.byId.keys()].sort((a, b) => Number(a) - Number(b))
        await office.setTitle(titled!, before.byId.get(titled!)!.mainLocale, 'Named at the shop')
        const offer = before.byId.get(priced!)!.offers[0]!
        await office.setPrice(offer.remoteId, offer.prices[0]!.currency, 123_400)
        const after = await pull(100, before.checkpoint)
        expect([...after.byId.keys()]).toEqual(expect.arrayContaining([titled, priced]))
        expect(after.byId.get(titled!)!.contents[before.byId.get(titled!)!.mainLocale]?.title).toBe(
          'Named at the shop',
        )
        const money = after.byId
          .get(priced!)!
          .offers.find(({ remoteId }) => remoteId === offer.remoteId)!.prices
        const digits = offer.prices[0]!.currency === 'JPY' ? 1_234 : 123_400
        expect(money).toContainEqual({ minor: digits, currency: offer.prices[0]!.currency })
        expect(after.checkpoint!.updatedAt).toBeGreaterThan(before.checkpoint!.updatedAt)
      })

      it('does not see a deleted listing any more', PROMPT, async () => {
        const id = (await office.productIds()).at(-1)!
        const known = await read(id)
        await office.deleteProduct(id)
        expect((await pull(100)).byId.has(id)).toBe(false)
        const got = await run('read-listings', { remoteIds: [id] })
        expect(got).toMatchObject({ ok: true, value: { listings: [], missing: [id] } })
        const changes = [title(known, known.mainLocale, 'Too late')]
        const late = await run('push-listing', { ...write(), listingRemoteId: id, changes })
        expect(late).toMatchObject({ ok: false, error: { code: 'not-found' } })
      })
    })

    describe('changing a listing', () => {
      it('writes texts once, also in a language that was not there', PROMPT, async () => {
        const { listing } = await pick()
        const locale = 'sv'
        const changes = [
          title(listing, listing.mainLocale, 'Neu: ein „Titel“ <b>ohne</b> Markup & 日本語'),
          { locale, part: 'title' as const, before: null, value: 'Blå mugg' },
          { locale, part: 'description' as const, before: null, value: 'Rymmer 350 ml.' },
        ]
        const push = () => run('push-listing', { ...write(), listingRemoteId: listing.remoteId, changes })
        const first = await push()
        expect(first).toMatchObject({ ok: true, value: { outcome: 'written' } })
        expect(await push()).toMatchObject({ ok: true, value: { outcome: 'already' } })
        expect(proxy.effects('UpdateProduct')).toBe(1)
        const now = await read(listing.remoteId)
        expect(now.contents[locale]).toEqual({ title: 'Blå mugg', description: 'Rymmer 350 ml.' })
        expect(now.contents[listing.mainLocale]).toEqual({
          title: changes[0]!.value,
          description: listing.contents[listing.mainLocale]!.description,
        })
      })

      it('writes nothing over what somebody at the shop wrote', PROMPT, async () => {
        const { listing, offer } = await pick()
        const listingRemoteId = listing.remoteId
        const [price] = offer.prices
        await office.setTitle(listingRemoteId, listing.mainLocale, 'Theirs')
        await office.setPrice(offer.remoteId, price!.currency, 777_700)
        await office.setStock(offer.remoteId, offer.stock! + 3)
        const changes = [title(listing, listing.mainLocale, 'Ours')]
        const value = { ...price!, minor: price!.minor + 100 }
        const same = { ...write(), listingRemoteId, offerRemoteId: offer.remoteId }
        const answers = [
          await run('push-listing', { ...write(), listingRemoteId, changes }),
          await run('push-price', { ...same, before: price!, value }),
          await run('push-stock', { ...same, from: offer.stock!, to: offer.stock! + 1 }),
        ]
        for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { outcome: 'moved' } })
        expect(proxy.effects('UpdateProduct') + proxy.effects('UpdateVariant')).toBe(0)
        expect((await read(listingRemoteId)).offers[0]!.stock).toBe(offer.stock! + 3)
      })

      it('sets a price in one currency and leaves the others', PROMPT, async () => {
        const { listing, offer } = await pick()
        const [before, ...others] = offer.prices
        const value = { ...before!, minor: before!.minor + 50 }
        const input = {
          listingRemoteId: listing.remoteId,
          offerRemoteId: offer.remoteId,
          before: before!,
          value,
        }
        expect(await run('push-price', { ...write(), ...input })).toMatchObject({
          value: { outcome: 'written' },
        })
        const now = (await read(listing.remoteId)).offers.find(({ remoteId }) => remoteId === offer.remoteId)!
        expect(now.prices).toEqual([value, ...others])
      })

      it('refuses a currency that the shop does not sell in', PROMPT, async () => {
        const { listing, offer } = await pick()
        const value = { minor: 1_000, currency: 'NOK' }
        const input = {
          listingRemoteId: listing.remoteId,
          offerRemoteId: offer.remoteId,
          before: null,
          value,
        }
        const refused = await run('push-price', { ...write(), ...input })
        expect(refused).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
      })

      it.each(['UpdateProduct', 'UpdateVariant'] as const)(
        'finds its own work when the answer to %s was lost',
        PROMPT,
        async (mutation) => {
          const { listing, offer } = await pick()
          const listingRemoteId = listing.remoteId
          const changes = [title(listing, listing.mainLocale, `After a lost ${mutation}`)]
          const push = (mayHaveArrived: boolean) =>
            mutation === 'UpdateProduct'
              ? run('push-listing', { ...write(), mayHaveArrived, listingRemoteId, changes })
              : run('push-stock', {
                  ...write(),
                  ...{ mayHaveArrived, listingRemoteId, offerRemoteId: offer.remoteId },
                  ...{ from: offer.stock!, to: offer.stock! + 5 },
                })
          proxy.plan({ match: named(mutation), fault: { kind: 'drop-answer' } })
          expect(await push(false)).toMatchObject({ ok: false, error: { code: 'outcome-unknown' } })
          const again = await push(true)
          expect(again).toMatchObject({ ok: true, value: { outcome: 'already' } })
          expect(proxy.effects(mutation)).toBe(1)
          const now = await read(listingRemoteId)
          if (mutation === 'UpdateProduct')
            expect(now.contents[listing.mainLocale]!.title).toBe(`After a lost ${mutation}`)
          else expect(now.offers[0]!.stock).toBe(offer.stock! + 5)
        },
      )

      it('does not write when the request is lost, and writes on the next attempt', PROMPT, async () => {
        const { listing, offer } = await pick()
        const input = {
          ...{ listingRemoteId: listing.remoteId, offerRemoteId: offer.remoteId },
          ...{ from: offer.stock!, to: offer.stock! + 2 },
        }
        proxy.plan({ match: named('UpdateVariant'), fault: { kind: 'drop-request' } })
        const lost = await run('push-stock', { ...write(), ...input })
        expect(lost).toMatchObject({ ok: false, error: { code: 'outcome-unknown' } })
        expect((await read(listing.remoteId)).offers[0]!.stock).toBe(offer.stock)
        const again = await run('push-stock', { ...write(), ...input, mayHaveArrived: true })
        expect(again).toMatchObject({ ok: true, value: { outcome: 'written' } })
      })
    })

    describe('cancelling and noting', () => {
      it('cancels an order and gives its pieces back', PROMPT, async () => {
        const { id } = await shop.placeOrder()
        const before = await office.allocated(id)
        const cancel = () => run('cancel-order', { ...intent(), orderRemoteId: id, reason: 'Out of stock' })
        const first = await cancel()
        expect(first).toMatchObject({
          ok: true,
          value: { outcome: 'cancelled', order: { remoteId: id, status: 'cancelled' } },
        })
        expect(await cancel()).toMatchObject({ ok: true, value: { outcome: 'already-cancelled' } })
        const after = await office.allocated(id)
        for (const { sku, allocated, onHand, quantity } of before)
          expect(after.find((line) => line.sku === sku)).toMatchObject({
            allocated: allocated - quantity,
            onHand,
          })
      })

      it('cancels once when the answer was lost', PROMPT, async () => {
        const { id } = await shop.placeOrder()
        const cancel = () => run('cancel-order', { ...intent(), orderRemoteId: id, reason: '' })
        proxy.plan({ match: named('CancelOrder'), fault: { kind: 'drop-answer' } })
        expect(await cancel()).toMatchObject({ ok: false, error: { code: 'outcome-unknown' } })
        expect(await cancel()).toMatchObject({ ok: true, value: { outcome: 'already-cancelled' } })
        expect(proxy.effects('CancelOrder')).toBe(1)
      })

      it('does not cancel what has left', PROMPT, async () => {
        const { id } = await shop.placeOrder()
        const shipment = { trackingNumber: `RR${1000 + lastIntent}`, carrier: 'Deutsche Post' }
        await run('confirm-shipment', { ...intent(), orderRemoteId: id, ...shipment })
        const refused = await run('cancel-order', { ...intent(), orderRemoteId: id, reason: '' })
        expect(refused).toMatchObject({ ok: false, error: { code: 'conflict', reason: 'order-shipped' } })
      })

      it('keeps one note, changes it and takes it away', PROMPT, async () => {
        const { id } = await shop.placeOrder()
        const put = (before: string, note: string) =>
          run('note-order', { ...intent(), orderRemoteId: id, before, note })
        await office.addNote(id, 'From the shop')
        expect(await put('', 'Wrap it <b>well</b>')).toMatchObject({ value: { outcome: 'written' } })
        expect(await put('', 'Wrap it <b>well</b>')).toMatchObject({ value: { outcome: 'already' } })
        expect(await put('Wrap it <b>well</b>', 'Send on Friday')).toMatchObject({
          value: { outcome: 'written' },
        })
        expect(await office.notes(id)).toEqual([
          { note: 'From the shop', isPublic: false },
          { note: 'Send on Friday', isPublic: false },
        ])
        expect(await put('Send on Friday', '')).toMatchObject({ value: { outcome: 'written' } })
        expect(await office.notes(id)).toEqual([{ note: 'From the shop', isPublic: false }])
      })

      it('writes one note when the answer was lost', PROMPT, async () => {
        const { id } = await shop.placeOrder()
        const put = () => run('note-order', { ...intent(), orderRemoteId: id, before: '', note: 'Once' })
        proxy.plan({ match: named('AddOrderNote'), fault: { kind: 'drop-answer' } })
        expect(await put()).toMatchObject({ ok: false, error: { code: 'outcome-unknown' } })
        expect(await put()).toMatchObject({ ok: true, value: { outcome: 'already' } })
        expect(await office.notes(id)).toEqual([{ note: 'Once', isPublic: false }])
      })
    })
  })
}

function intent(): { intentId: string } {
  return { intentId: `intent-${(lastIntent += 1)}` }
}

function title(
  listing: RemoteListing,
  locale: string,
  value: string,
): OperationInput<'push-listing'>['changes'][number] {
  return { locale, part: 'title', before: listing.contents[locale]?.title ?? null, value }
}
