import { describe, expect, it } from 'vitest'
import type { Declaration } from '#core/customs/declaration.ts'
import { findRules } from '#core/customs/rules/find-rules.ts'
import { chooseTaxIds, placeOfId, withTaxIds } from '#core/customs/tax-ids/choose-tax-ids.ts'
import { countriesOf, maskId, readSellerId, type SellerId } from '#core/customs/tax-ids/seller-id.ts'
import { money } from '#core/money/money.ts'
import { lineOf, ourRules, parcelTo, TEST_RATES } from '#tests/support/destination-rules.ts'

const set = ourRules()

describe('a tax id as typed', () => {
  it.each([
    ['ioss', 'EU', ' im 0123 456789 ', 'IM0123456789'],
    ['vat', 'GB', 'GB 123 4567 89', 'GB123456789'],
    ['vat', 'GR', 'EL123456789', 'EL123456789'],
    ['eori', 'DE', 'DE1234567', 'DE1234567'],
    ['voec', 'NO', '2001234', '2001234'],
    ['uid', 'CH', 'CHE-123.456.789 MWST', 'CHE123456789MWST'],
    ['arn', 'AU', '300012345678', '300012345678'],
    ['gst', 'NZ', '12-345-678', '12345678'],
    ['ovr', 'SG', 'M90312345x', 'M90312345X'],
  ] as const)('%s of %s: %s', (kind, country, text, number) =>
    expect(readSellerId(kind, country, text)).toEqual({ ok: true, value: number }),
  )
  it.each([
    ['ioss', 'EU', '', 'tax-id-missing', 'number'],
    ['ioss', 'EU', 'IM012345678', 'tax-id-ioss', 'number'],
    ['ioss', 'DE', 'IM0123456789', 'tax-id-country', 'country'],
    ['vat', 'GB', 'DE123456789', 'tax-id-vat', 'number'],
    ['eori', 'FR', 'GB123456789000', 'tax-id-eori', 'number'],
    ['voec', 'NO', '200123', 'tax-id-voec', 'number'],
    ['arn', 'AU', '1234567890', 'tax-id-arn', 'number'],
  ] as const)('%s of %s: “%s” is refused', (kind, country, text, reason, field) =>
    expect(readSellerId(kind, country, text)).toMatchObject({ ok: false, error: { reason, field } }),
  )
  it('shows its last three at most', () => {
    expect(maskId('IM0123456789')).toBe('••••789')
    expect(maskId('1234')).toBe('••••')
  })
  it('is of an office that gives such numbers', () => expect(countriesOf('voec')).toEqual(['NO']))
})

const own = (
  id: string,
  kind: SellerId['kind'],
  country: string,
  more: Partial<SellerId> = {},
): SellerId => ({
  ...{ id, kind, country, connectionId: null, printed: false },
  ...more,
})
const KNOWN = [
  own('ioss', 'ioss', 'EU'),
  own('ioss-shop', 'ioss', 'EU', { connectionId: 'shop' }),
  own('eori', 'eori', 'DE'),
  own('eori-gb', 'eori', 'GB'),
  own('vat', 'vat', 'GB', { printed: true }),
  own('vat-de', 'vat', 'DE'),
  own('voec', 'voec', 'NO'),
  own('uid', 'uid', 'CH', { printed: true }),
]
function chosen(
  destination: string,
  minor: number,
  currency: string,
  more: Partial<Parameters<typeof chooseTaxIds>[1]> = {},
  schemes = {},
) {
  const found = findRules(set, parcelTo(destination, [lineOf(minor, currency)], { schemes }), TEST_RATES)
  const parcel = {
    destination,
    connectionId: 'other',
    hasMarketplaceId: false,
    hasConsigneeId: false,
    ...more,
  }
  return chooseTaxIds(found, parcel, KNOWN)
}
const ids = (...given: Parameters<typeof chosen>) =>
  chosen(...given).map(({ id, kind }) => id ?? `no ${kind}`)

describe('which numbers go with a parcel', () => {
  it('follows the rule that its goods go by, up to its very limit', () => {
    expect(ids('DE', 15_000, 'EUR')).toEqual(['ioss', 'eori'])
    expect(ids('DE', 15_001, 'EUR')).toEqual(['eori'])
    expect(ids('GB', 13_500, 'GBP')).toEqual(['vat', 'eori-gb'])
    expect(ids('GB', 13_501, 'GBP')).toEqual(['eori-gb'])
    expect(ids('JP', 100, 'JPY')).toEqual([])
  })

  it('uses a scheme only where it was said that parcels go under it', () => {
    expect(ids('NO', 10_000, 'NOK', {}, { VOEC: true })).toEqual(['voec'])
    expect(ids('NO', 10_000, 'NOK', {}, { VOEC: false })).toEqual([])
    expect(ids('NO', 10_000, 'NOK')).toEqual([])
  })

  it('takes the number of the shop before that of all shops, and that of the order before both', () => {
    expect(ids('FR', 5_000, 'EUR', { connectionId: 'shop' })).toEqual(['ioss-shop', 'eori'])
    expect(ids('FR', 5_000, 'EUR', { connectionId: 'shop', hasMarketplaceId: true })).toEqual([
      'no ioss',
      'eori',
    ])
  })

  it('names the kind of the recipient’s number', () => {
    const recipients = { KR: 'pccc', BR: 'cpf-cnpj', TR: 'national-id' }
    for (const [country, kind] of Object.entries(recipients))
      expect(chosen(country, 5_000, 'USD', { hasConsigneeId: true }, { 'Remessa Conforme': false })).toEqual([
        { party: 'recipient', kind, country },
      ])
  })
})

it('a declaration has places for what is to be printed, and no number', () => {
  const bare: Declaration = {
    ...{
      category: 'sale',
      explanation: '',
      currency: 'GBP',
      lines: [],
      grossGrams: 1,
      total: money(0, 'GBP'),
    },
    ...{ signer: '', signedOn: '2026-11-22', senderTaxReference: '' },
  }
  const declared = withTaxIds(bare, chosen('GB', 5_000, 'GBP'))
  expect(declared.senderTaxReference).toBe(`VAT ${placeOfId('vat')}`)
  expect(declared.particulars?.taxIds.map(({ kind }) => kind)).toEqual(['vat', 'eori'])
  expect(withTaxIds(bare, [])).toBe(bare)
})
