import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldName, listingFields, parseFieldName, withFields } from '#core/listing/fields.ts'
import type { Offer } from '#core/listing/listing.ts'

const offer: Offer = {
  ...{ remoteId: '7.a', sku: 'MUG', option: '', stock: 3 },
  prices: [
    { minor: 1200, currency: 'EUR' },
    { minor: 1400, currency: 'EUR', market: 'FR' },
    { minor: 1500, currency: 'GBP', market: 'GB' },
  ],
}
const listing = { contents: {}, offers: [offer] }

describe('names of fields', () => {
  it('read back what was named, whatever ids and markets hold', () => {
    const market = fc.option(fc.string({ minLength: 1 }), { nil: undefined })
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), market, (offerRemoteId, of) => {
        const field = { kind: 'price' as const, offerRemoteId, currency: 'EUR' }
        const named = of === undefined ? field : { ...field, market: of }
        expect(parseFieldName(fieldName(named))).toEqual(named)
      }),
    )
  })

  it('keep the prices of two markets in one currency apart', () => {
    const french = fieldName({ kind: 'price', offerRemoteId: '7.a', currency: 'EUR', market: 'FR' })
    const changed = withFields(listing, new Map([[french, { minor: 1450, currency: 'EUR' }]]))
    expect(changed.offers[0]?.prices).toEqual([
      offer.prices[0],
      { minor: 1450, currency: 'EUR', market: 'FR' },
      offer.prices[2],
    ])
    expect(listingFields(changed).get(french)).toEqual({ minor: 1450, currency: 'EUR' })
  })

  it('put a new price where it belongs, and take one away', () => {
    const own = fieldName({ kind: 'price', offerRemoteId: '7.a', currency: 'GBP' })
    const added = withFields(listing, new Map([[own, { minor: 1100, currency: 'GBP' }]]))
    expect(added.offers[0]?.prices.map(({ currency, market }) => [currency, market])).toEqual([
      ['EUR', undefined],
      ['EUR', 'FR'],
      ['GBP', undefined],
      ['GBP', 'GB'],
    ])
    expect(withFields(added, new Map([[own, undefined]])).offers).toEqual(listing.offers)
  })
})
