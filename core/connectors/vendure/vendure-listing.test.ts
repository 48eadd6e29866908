import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HttpAnswer, HttpRequest } from '#core/connectors/_kit/operation.ts'
import { fromMoney, toMoney } from '#core/connectors/vendure/mapping/money.ts'
import { parseListing } from '#core/connectors/vendure/mapping/listing.ts'
import { pictureUrl } from '#core/connectors/vendure/mapping/picture.ts'
import { slugOfTitle } from '#core/connectors/vendure/mapping/slug.ts'
import { noteOrder } from '#core/connectors/vendure/operations/note-order.ts'
import { languageOfLocale, localeOfLanguage } from '#core/connectors/vendure/units.ts'

const shop = { precision: 2, counts: true, baseUrl: 'https://shop.example.com' }
const context = { settings: { baseUrl: shop.baseUrl, username: 'seller' }, now: 0 }

const rawVariant = (over: Record<string, unknown> = {}) => ({
  id: '11',
  sku: 'MUG-BLU',
  updatedAt: '2026-11-22T10:00:01.000Z',
  trackInventory: 'INHERIT',
  options: [],
  prices: [{ currencyCode: 'EUR', price: 1490 }],
  stockLevels: [{ stockLocationId: '1', stockOnHand: 20 }],
  ...over,
})

const rawProduct = (over: Record<string, unknown> = {}) => ({
  id: '7',
  enabled: true,
  updatedAt: '2026-11-22T10:00:00.000Z',
  languageCode: 'zh_Hans',
  translations: [{ languageCode: 'zh_Hans', name: '杯子', description: '<p>手工</p>' }],
  variants: [rawVariant()],
  ...over,
})

function parse(over: Record<string, unknown> = {}, facts: Partial<typeof shop> = {}) {
  const parsed = parseListing(rawProduct(over), { ...shop, ...facts })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

describe('a listing', () => {
  it('is as new as its newest variant', () => {
    expect(parse().updatedAt).toBe(Date.UTC(2026, 10, 22, 10, 0, 1))
    expect(parse({ variants: [] }).updatedAt).toBe(Date.UTC(2026, 10, 22, 10))
  })

  it('keeps its texts by language, markup and all', () => {
    const translations = [
      { languageCode: 'en', name: ' <b>Mug</b> ', description: '' },
      { languageCode: 'pt_BR', name: 'Caneca', description: '<script>' },
      { languageCode: 'tlh', name: 'nuq', description: '' },
    ]
    const { contents, mainLocale } = parse({ languageCode: 'en', translations })
    expect(mainLocale).toBe('en')
    expect(contents).toEqual({
      en: { title: ' <b>Mug</b> ', description: '' },
      'pt-BR': { title: 'Caneca', description: '<script>' },
      tlh: { title: 'nuq', description: '' },
    })
  })

  it('counts what the variant, or else the shop, says is counted', () => {
    const stockOf = (trackInventory: string, counts: boolean) =>
      parse({ variants: [rawVariant({ trackInventory })] }, { counts }).offers[0]?.stock
    expect([stockOf('TRUE', false), stockOf('FALSE', true)]).toEqual([20, null])
    expect([stockOf('INHERIT', true), stockOf('INHERIT', false)]).toEqual([20, null])
    const levels = [5, 0, 7].map((stockOnHand, at) => ({ stockLocationId: String(at), stockOnHand }))
    expect(parse({ variants: [rawVariant({ stockLevels: levels })] }).offers[0]?.stock).toBe(12)
    expect(parse({ variants: [rawVariant({ stockLevels: [] })] }).offers[0]?.stock).toBe(0)
  })

  it('names options in one order, whatever order they come in', () => {
    const options = [
      { groupId: '10', name: ' L ' },
      { groupId: '9', name: 'blue' },
      { groupId: '11', name: '' },
    ]
    for (const each of [options, [...options].reverse()])
      expect(parse({ variants: [rawVariant({ options: each })] }).offers[0]?.option).toBe('blue / L')
  })

  it('sorts prices by currency and refuses one it does not know', () => {
    const prices = ['USD', 'EUR', 'JPY'].map((currencyCode) => ({ currencyCode, price: 100_000 }))
    expect(parse({ variants: [rawVariant({ prices })] }).offers[0]?.prices).toEqual([
      { minor: 100_000, currency: 'EUR' },
      { minor: 1_000, currency: 'JPY' },
      { minor: 100_000, currency: 'USD' },
    ])
    const odd = rawVariant({ prices: [{ currencyCode: 'ZZZ', price: 1 }] })
    expect(parseListing(rawProduct({ variants: [odd] }), shop)).toMatchObject({ ok: false })
  })

  it.each(['translations', 'variants', 'updatedAt', 'languageCode'])('is not made up without %s', (key) => {
    expect(parseListing(rawProduct({ [key]: null }), shop).ok).toBe(false)
  })
})

describe('pictures', () => {
  it.each([
    ['https://cdn.example.com/a/b.jpg', 'https://cdn.example.com/a/b.jpg?preset=thumb'],
    ['https://cdn.example.com/b.jpg?sig=1', 'https://cdn.example.com/b.jpg?sig=1'],
    ['/assets/preview/b.jpg', 'https://shop.example.com/assets/preview/b.jpg?preset=thumb'],
    ['preview/b.jpg', ''],
    ['//evil.example/b.jpg', ''],
    ['http://cdn.example.com/b.jpg', ''],
    ['javascript:alert(1)', ''],
    ['data:image/png;base64,AAAA', ''],
    ['https://shop.example.com@evil.example/b.jpg', ''],
    ['/\\evil.example/b.jpg', ''],
    ['https://cdn.example.com/b.jpg" onload="x', ''],
    [`https://cdn.example.com/${'x'.repeat(2_000)}`, ''],
    ['', ''],
  ])('makes of %s', (preview, url) => {
    expect(pictureUrl(preview, shop.baseUrl)).toBe(url)
  })

  it('takes plain http only from the shop itself', () => {
    const local = 'http://192.168.1.20:3000'
    expect(pictureUrl(`${local}/assets/b.jpg`, local)).toBe(`${local}/assets/b.jpg?preset=thumb`)
    expect(pictureUrl('http://192.168.1.21:3000/b.jpg', local)).toBe('')
    expect(pictureUrl('/b.jpg', `${local}/shop`)).toBe(`${local}/b.jpg?preset=thumb`)
  })
})

describe('what is sent', () => {
  it('is the amount that was read, in every currency and with any digits', () => {
    const currency = fc.constantFrom('JPY', 'EUR', 'USD', 'KWD', 'CLP')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), currency, fc.nat(4), (minor, code, precision) => {
        const sent = fromMoney({ minor, currency: code }, precision)
        if (sent === null) return
        expect(toMoney(sent, code, precision)).toEqual({ ok: true, value: { minor, currency: code } })
      }),
    )
    expect(fromMoney({ minor: 1_255, currency: 'KWD' }, 2)).toBeNull()
    expect(fromMoney({ minor: 1_250, currency: 'KWD' }, 2)).toBe(125)
    expect(fromMoney({ minor: 1_000, currency: 'JPY' }, 2)).toBe(100_000)
    expect(fromMoney({ minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' }, 4)).toBeNull()
    expect(fromMoney({ minor: 1, currency: 'ZZZ' }, 2)).toBeNull()
  })

  it('has the language it was read with', () => {
    for (const code of ['en', 'zh_Hans', 'pt_BR', 'sr_Latn_RS'])
      expect(languageOfLocale(localeOfLanguage(code))).toBe(code)
  })

  it.each([
    ['Hand-thrown Mug, 350 ml', 'hand-thrown-mug-350-ml'],
    ['青瓷杯 「大」', '青瓷杯-大'],
    ['Crème brûlée', 'crème-brûlée'],
    ['!!!', 'product-7'],
    ['', 'product-7'],
  ])('has an address made of its title: %s', (title, slug) => {
    expect(slugOfTitle(title, '7')).toBe(slug)
  })
})

describe('a note among many', () => {
  const page = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => ({ id: String(from + at), data: { note: `n${from + at}` } }))

  function answerWith(items: unknown): HttpAnswer {
    const text = JSON.stringify({ data: { order: { history: { items } } } })
    return { kind: 'answer', status: 200, headers: {}, text, receivedAt: 0 }
  }

  it('is looked for on every page of the history', () => {
    const input = { intentId: 'i', orderRemoteId: '1', before: 'n1500', note: 'new' }
    const work = noteOrder(input, context)
    const asked = (request: unknown) => (request as HttpRequest).json as { variables: object }
    expect(asked(work.next().value)).toMatchObject({ variables: { options: { skip: 0, take: 1000 } } })
    const second = work.next(answerWith(page(0, 1000))).value
    expect(asked(second)).toMatchObject({ variables: { options: { skip: 1000 } } })
    const write = work.next(answerWith(page(1000, 600))).value as HttpRequest
    expect(write).toMatchObject({
      name: 'UpdateOrderNote',
      effect: 'write',
      json: { variables: { input: { noteId: '1500', note: 'new', isPublic: false } } },
    })
  })

  it('is not written beside one that cannot be read', () => {
    const work = noteOrder({ intentId: 'i', orderRemoteId: '1', before: '', note: 'new' }, context)
    work.next()
    expect(work.next(answerWith([{ id: '1', data: 'what' }]))).toMatchObject({
      done: true,
      value: { ok: false, error: [{ code: 'malformed' }] },
    })
  })
})
