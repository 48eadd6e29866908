import { beforeEach, describe, expect, it } from 'vitest'
import type { OperationInput } from '#core/contracts/operations.ts'
import type { Fault } from '#tests/support/fault.ts'
import type { Desk } from '#tests/conformance/desk.ts'
import { named, PROMPT } from '#tests/conformance/vendure-bench.ts'
import { readListing, type CatalogueBench } from '#tests/conformance/vendure-catalogue.ts'

type PushName = 'push-listing' | 'push-price' | 'push-stock'
type Made = { id: string; offers: string[] }

/** One change of each kind, as the outbox would hold it. */
interface PushCase {
  operation: PushName
  mutation: string
  input: (made: Made) => OperationInput<PushName>
  /** The shop's back office does something else to the same value. */
  disturb: (bench: CatalogueBench, made: Made) => Promise<void>
}

const intent = { intentId: 'intent-1', mayHaveArrived: false }
const target = (made: Made) => ({ listingRemoteId: made.id, offerRemoteId: made.offers[0]! })

const CASES: PushCase[] = [
  {
    operation: 'push-listing',
    mutation: 'UpdateProduct',
    input: ({ id }) => ({
      ...{ ...intent, listingRemoteId: id },
      changes: [{ locale: 'fr', part: 'title', before: null, value: 'Tasse' }],
    }),
    disturb: (bench, { id }) =>
      bench.shop.setTexts(id, 'fr', { name: 'Gobelet', slug: 'gobelet', description: '' } as never),
  },
  {
    operation: 'push-price',
    mutation: 'UpdateVariant',
    input: (made) => ({
      ...{ ...intent, ...target(made) },
      before: { minor: 1000, currency: 'EUR' },
      value: { minor: 1111, currency: 'EUR' },
    }),
    disturb: (bench, { offers }) => bench.shop.setOffer(offers[0]!, { eur: 1222 }),
  },
  {
    operation: 'push-stock',
    mutation: 'UpdateVariant',
    input: (made) => ({ ...intent, ...target(made), from: 20, to: 12 }),
    disturb: (bench, { offers }) => bench.shop.setOffer(offers[0]!, { stock: 19 }),
  },
]

const LOST: [string, Fault][] = [
  ['the answer is lost', { kind: 'drop-answer' }],
  ['a gateway error hides that it worked', { kind: 'status', status: 502, forward: true }],
  ['half an answer arrives', { kind: 'truncate', end: 'clean' }],
  ['the answer breaks off', { kind: 'truncate', end: 'abort' }],
]

/** Writing texts, prices and stock, and settling it when an answer is lost. */
export function describePushing(bench: CatalogueBench): void {
  let desk: Desk
  let made: Made
  beforeEach(async () => {
    desk = bench.open()
    made = (await bench.shop.makeListings(1))[0]!
    await bench.shop.setOffer(made.offers[0]!, { eur: 1000 })
  })
  const push = <N extends PushName>(operation: N, input: OperationInput<N>) =>
    desk.runtime.run(desk.connectionId, operation, input)

  describe.each(CASES)('$operation', ({ operation, mutation, input, disturb }) => {
    it('writes once, shows the listing as it is then, and has nothing left to do', async () => {
      const written = await push(operation, input(made))
      const now = await readListing(desk, made.id)
      expect(written).toEqual({ ok: true, value: { outcome: 'written', listing: now } })
      expect(await push(operation, { ...input(made), mayHaveArrived: true })).toMatchObject({
        ok: true,
        value: { outcome: 'already' },
      })
      expect(bench.proxy.effects(mutation)).toBe(1)
    })

    it('writes nothing when the shop has moved on', async () => {
      await disturb(bench, made)
      const before = await readListing(desk, made.id)
      for (const mayHaveArrived of [false, true]) {
        const moved = await push(operation, { ...input(made), mayHaveArrived })
        expect(moved).toEqual({ ok: true, value: { outcome: 'moved', listing: before } })
      }
      expect(bench.proxy.effects(mutation)).toBe(0)
      expect(await readListing(desk, made.id)).toEqual(before)
    })

    it.each(LOST)('does not know when %s, and finds it done the next time', async (_what, fault) => {
      bench.proxy.plan({ match: named(mutation), fault })
      const lost = await push(operation, input(made))
      expect(lost).toMatchObject({ ok: false, error: { code: 'outcome-unknown' } })
      const again = await push(operation, { ...input(made), mayHaveArrived: true })
      expect(again).toMatchObject({ ok: true, value: { outcome: 'already' } })
      expect(bench.proxy.effects(mutation)).toBe(1)
    })

    it('writes the next time when the request was lost', async () => {
      bench.proxy.plan({ match: named(mutation), fault: { kind: 'drop-request' } })
      expect(await push(operation, input(made))).toMatchObject({ ok: false })
      const again = await push(operation, { ...input(made), mayHaveArrived: true })
      expect(again).toMatchObject({ ok: true, value: { outcome: 'written' } })
      expect(bench.proxy.effects(mutation)).toBe(1)
    })

    it('comes to the same when the request arrives twice', async () => {
      bench.proxy.plan({ match: named(mutation), fault: { kind: 'duplicate', answer: 'second' } })
      expect(await push(operation, input(made))).toMatchObject({ ok: true, value: { outcome: 'written' } })
      expect(await push(operation, { ...input(made), mayHaveArrived: true })).toMatchObject({
        ok: true,
        value: { outcome: 'already' },
      })
    })

    it('does not know when it was written but cannot be read back', async () => {
      bench.proxy.plan({
        match: (request) => named('ReadListing')(request) && bench.proxy.effects(mutation) > 0,
        fault: { kind: 'status', status: 500 },
      })
      const lost = await push(operation, input(made))
      expect(lost).toMatchObject({ ok: false, error: { code: 'outcome-unknown', reason: 'not-read-back' } })
      const again = await push(operation, { ...input(made), mayHaveArrived: true })
      expect(again).toMatchObject({ ok: true, value: { outcome: 'already' } })
    })

    it('says that there is no such listing', async () => {
      const missing = await push(operation, { ...input(made), listingRemoteId: '999999' })
      expect(missing).toMatchObject({ ok: false, error: { code: 'not-found', reason: 'listing-gone' } })
    })
  })

  describe('texts', () => {
    const change = (changes: OperationInput<'push-listing'>['changes'], id = made.id) =>
      push('push-listing', { ...intent, listingRemoteId: id, changes })
    type Text = OperationInput<'push-listing'>['changes'][number]
    const text = (locale: string, part: Text['part'], before: string | null, value: string): Text => ({
      ...{ locale, part, before, value },
    })

    it('takes markup, scripts of all kinds and spaces as they are', async () => {
      const { contents } = await readListing(desk, made.id)
      const hostile = ' <p onclick="x()">Größe ≤ 5 &amp; 颜色</p>\n<script>alert(1)</script>\u00a0 '
      const title = '  "Tasse" \\ {$id} \u{1F375} '
      const result = await change([
        text('en', 'description', contents['en']!.description, hostile),
        text('de', 'title', contents['de']!.title, title),
      ])
      expect(result).toMatchObject({
        ok: true,
        value: { listing: { contents: { en: { description: hostile }, de: { title } } } },
      })
      const after = await readListing(desk, made.id)
      expect(after.contents['en']!.title).toBe(contents['en']!.title)
      expect(after.contents['de']!.description).toBe(contents['de']!.description)
      expect(after.offers).toEqual((await readListing(desk, made.id)).offers)
    })

    it.each(['zh-Hans', 'pt-BR', 'ja', 'ar'])('adds %s with an address of its own', async (locale) => {
      for (const { id } of [made, (await bench.shop.makeListings(1))[0]!]) {
        const title = '青瓷杯 / ٣٥٠ Ça!'
        const result = await change([text(locale, 'title', null, title)], id)
        expect(result).toMatchObject({ ok: true, value: { outcome: 'written' } })
        const { contents } = await readListing(desk, id)
        expect(contents[locale]).toEqual({ title, description: '' })
      }
    })

    it('finds an address for a title of signs alone', async () => {
      const result = await change([text('it', 'title', null, '!!! ***')])
      expect(result).toMatchObject({ ok: true, value: { outcome: 'written' } })
    })

    it('wants a title for a new language, and a language the shop knows', async () => {
      expect(await change([text('es', 'description', null, 'solo')])).toMatchObject({
        ok: false,
        error: { code: 'invalid-input', reason: 'title-empty' },
      })
      expect(await change([text('tlh', 'title', null, 'nuq')])).toMatchObject({
        ok: false,
        error: { code: 'invalid-input', reason: 'refused', remoteMessage: expect.stringContaining('tlh') },
      })
      expect(Object.keys((await readListing(desk, made.id)).contents).sort()).toEqual(['de', 'en'])
    })

    it('writes what is left of a change that is half there, and nothing when one text moved', async () => {
      const { contents } = await readListing(desk, made.id)
      await bench.shop.setTexts(made.id, 'en', { name: 'New' })
      const both = [
        text('en', 'title', contents['en']!.title, 'New'),
        text('de', 'title', contents['de']!.title, 'Neu'),
      ]
      expect(await change(both)).toMatchObject({ ok: true, value: { outcome: 'written' } })
      await bench.shop.setTexts(made.id, 'de', { description: 'Jemand anders' })
      const moved = await change([
        text('en', 'title', 'New', 'Newer'),
        text('de', 'description', contents['de']!.description, 'Meins'),
      ])
      expect(moved).toMatchObject({ ok: true, value: { outcome: 'moved' } })
      expect((await readListing(desk, made.id)).contents['en']!.title).toBe('New')
    })
  })

  describe('prices', () => {
    const set = (before: number | null, value: number, currency = 'USD', offerRemoteId = made.offers[0]!) =>
      push('push-price', {
        ...{ ...intent, listingRemoteId: made.id, offerRemoteId },
        before: before === null ? null : { minor: before, currency },
        value: { minor: value, currency },
      })

    it('sets one currency and leaves the others', async () => {
      const { offers } = await readListing(desk, made.id)
      const usd = offers[0]!.prices.find(({ currency }) => currency === 'USD')!.minor
      expect(await set(usd, 999)).toMatchObject({ ok: true, value: { outcome: 'written' } })
      const after = (await readListing(desk, made.id)).offers
      expect(after[0]!.prices).toEqual([
        { minor: 1000, currency: 'EUR' },
        { minor: 999, currency: 'USD' },
      ])
      expect(after[1]).toEqual(offers[1])
    })

    it('says what is wrong with a currency, an amount, or an offer', async () => {
      expect(await set(null, 999, 'GBP')).toMatchObject({
        ok: false,
        error: { code: 'invalid-input', reason: 'refused', remoteMessage: expect.stringContaining('GBP') },
      })
      expect(await set(null, 1255, 'KWD')).toMatchObject({
        ok: false,
        error: { code: 'invalid-input', reason: 'price-digits' },
      })
      expect(await set(null, 999, 'USD', '999999')).toMatchObject({
        ok: false,
        error: { code: 'not-found', reason: 'offer-gone' },
      })
      expect(await set(null, 999, 'USD')).toMatchObject({ ok: true, value: { outcome: 'moved' } })
    })
  })

  describe('stock', () => {
    const set = (from: number, to: number, offerRemoteId = made.offers[0]!) =>
      push('push-stock', { ...intent, listingRemoteId: made.id, offerRemoteId, from, to })

    it('counts all places and changes the first', async () => {
      await bench.shop.addPlace(made.offers[0]!, 7)
      expect(await set(27, 30)).toMatchObject({ ok: true, value: { outcome: 'written' } })
      expect((await readListing(desk, made.id)).offers[0]!.stock).toBe(30)
      expect(await bench.shop.readLevels(made.offers[0]!)).toMatchObject([{ onHand: 23 }, { onHand: 7 }])
      expect(await set(30, 7)).toMatchObject({ ok: true, value: { outcome: 'written' } })
      expect(await set(7, 6)).toMatchObject({
        ok: false,
        error: { code: 'conflict', reason: 'stock-elsewhere' },
      })
      expect(await bench.shop.readLevels(made.offers[0]!)).toMatchObject([{ onHand: 0 }, { onHand: 7 }])
    })

    it('goes to zero and back, and never below', async () => {
      expect(await set(20, 0)).toMatchObject({ ok: true, value: { listing: { offers: [{ stock: 0 }, {}] } } })
      expect(await set(0, -1)).toMatchObject({
        ok: false,
        error: { code: 'invalid-input', reason: 'stock-invalid' },
      })
      expect(await set(0, 5)).toMatchObject({ ok: true, value: { listing: { offers: [{ stock: 5 }, {}] } } })
    })

    it('leaves an offer alone that the shop does not count', async () => {
      await bench.shop.setOffer(made.offers[0]!, { counted: false })
      expect(await set(20, 5)).toMatchObject({ ok: true, value: { outcome: 'moved' } })
      expect((await bench.shop.readLevels(made.offers[0]!))[0]).toMatchObject({ onHand: 20 })
    })

    it('writes one of two amounts that were worked out from the same one', PROMPT, async () => {
      const first = await set(20, 19)
      const second = await set(20, 15)
      expect([first, second]).toMatchObject([
        { ok: true, value: { outcome: 'written' } },
        { ok: true, value: { outcome: 'moved' } },
      ])
    })
  })
}
