import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Address } from '#core/address/address.ts'
import { checkAddress, isShippable } from '#core/address/check-address.ts'
import { formatAddress } from '#core/address/format-address.ts'
import { isLatin, listMissingLatin, toLatinAddress } from '#core/address/is-latin.ts'
import { toE164 } from '#core/address/phone.ts'
import { KNOWN_COUNTRIES, requirementOf } from '#core/address/requirements.ts'

const berlin: Address = {
  name: 'Anna Müller',
  company: '',
  line1: 'Torstraße 1',
  line2: '',
  city: 'Berlin',
  region: '',
  postcode: '10115',
  country: 'DE',
  phone: '030 901820',
  email: '',
}
const tokyo: Address = {
  ...berlin,
  name: '山田太郎',
  line1: '千代田1-1',
  city: '千代田区',
  region: '東京都',
  postcode: '100-0001',
  country: 'JP',
  phone: '',
}
const anyAddress: fc.Arbitrary<Address> = fc.record({
  name: fc.string({ unit: 'binary' }),
  company: fc.string(),
  line1: fc.string({ unit: 'binary' }),
  line2: fc.string(),
  city: fc.string({ unit: 'binary' }),
  region: fc.string(),
  postcode: fc.string(),
  country: fc.oneof(fc.constantFrom(...KNOWN_COUNTRIES), fc.string({ maxLength: 3 })),
  phone: fc.string(),
  email: fc.string(),
})

describe('requirements', () => {
  it('covers the common destinations, each once, with an example its own pattern takes', () => {
    expect(KNOWN_COUNTRIES.length).toBeGreaterThanOrEqual(40)
    for (const country of KNOWN_COUNTRIES) {
      const { postcodePattern, postcodeExample, cityLines } = requirementOf(country)
      if (postcodePattern) expect([country, postcodePattern.test(postcodeExample)]).toEqual([country, true])
      for (const part of 'CRZ')
        expect([country, cityLines.split(part)]).toEqual([country, [expect.any(String), expect.any(String)]])
    }
  })
  it('asks an unknown country for a city only', () => {
    expect(requirementOf('XX')).toMatchObject({ country: 'ZZ', city: 'required', postcode: 'optional' })
    expect(requirementOf('__proto__').country).toBe('ZZ')
  })
})

describe('checkAddress', () => {
  it('finds nothing wrong with a good address', () => {
    expect(checkAddress(berlin)).toEqual([])
    expect(checkAddress(tokyo)).toEqual([])
    expect(
      checkAddress({ ...berlin, country: 'HK', region: 'Kowloon', postcode: '', city: 'Kowloon', phone: '' }),
    ).toEqual([])
    expect(checkAddress({ ...berlin, country: 'SG', city: '', postcode: '546080', phone: '' })).toEqual([])
  })

  it.each([
    [{ name: ' ' }, 'name', 'missing', 'error'],
    [{ line1: '\u200b' }, 'line1', 'missing', 'error'],
    [{ line1: '-' }, 'line1', 'missing', 'error'],
    [{ city: '' }, 'city', 'missing', 'error'],
    [{ postcode: '' }, 'postcode', 'missing', 'error'],
    [{ postcode: '1011' }, 'postcode', 'postcode-pattern', 'warning'],
    [{ country: '' }, 'country', 'missing', 'error'],
    [{ country: 'de' }, 'country', 'country-invalid', 'error'],
    [{ country: 'XX' }, 'country', 'country-invalid', 'error'],
    [{ country: 'Germany' }, 'country', 'country-invalid', 'error'],
    [{ phone: '12' }, 'phone', 'phone-invalid', 'warning'],
    [{ country: 'US', postcode: '95014', phone: '' }, 'region', 'missing', 'error'],
    [{ country: 'IT', phone: '', postcode: '00144' }, 'region', 'expected', 'warning'],
    [{ country: 'IE', phone: '', postcode: '' }, 'postcode', 'expected', 'warning'],
  ] as const)('%j: %s %s %s', (change, field, reason, severity) => {
    const findings = checkAddress({ ...berlin, ...change })
    expect(findings).toEqual([{ field, reason, severity }])
    expect(isShippable(findings)).toBe(severity === 'warning')
  })

  it('takes a company for a name, a second line for a first, and other ways to write a postcode', () => {
    expect(checkAddress({ ...berlin, name: '', company: 'Keramik GmbH' })).toEqual([])
    expect(checkAddress({ ...berlin, line1: '', line2: 'Torstraße 1' })).toEqual([])
    const uk = { ...berlin, country: 'GB', phone: '' }
    for (const postcode of ['SW1A 1AA', 'sw1a1aa', ' ＳＷ１Ａ　１ＡＡ '])
      expect(checkAddress({ ...uk, postcode })).toEqual([])
  })

  it('never throws, and names each field once at most', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const fields = checkAddress(address).map((finding) => finding.field)
        expect(new Set(fields).size).toBe(fields.length)
      }),
    )
  })
})

describe('isLatin', () => {
  it.each(['', 'Torstraße 1–3', 'Łódź', 'Nguyễn Huệ', "O'Brien & Søn, № 5", 'e\u0301'])(
    'takes %j',
    (text) => {
      expect(isLatin(text)).toBe(true)
    },
  )
  it.each(['東京', 'Москва', 'ＡＢＣ', '😀', 'a\nb', 'a\u202eb', 'شارع', '１２', 'ー'])(
    'refuses %j',
    (text) => {
      expect(isLatin(text)).toBe(false)
    },
  )
  it('uses the Latin form a person typed and never makes one up', () => {
    expect(listMissingLatin(tokyo)).toEqual(['name', 'line1', 'city', 'region'])
    const typed = {
      ...tokyo,
      latin: { name: 'Taro Yamada', line1: '1-1 Chiyoda', city: '千代田', region: ' ' },
    }
    expect(listMissingLatin(typed)).toEqual(['city', 'region'])
    expect(toLatinAddress(typed)).toMatchObject({
      name: 'Taro Yamada',
      line1: '1-1 Chiyoda',
      city: '千代田区',
    })
  })
})

describe('toE164', () => {
  it.each([
    ['030 901820', 'DE', '+4930901820'],
    ['+86 138 0013 8000', 'US', '+8613800138000'],
    ['０３－３５８１－０１０１', 'JP', '+81335810101'],
    ['06 698 12345', 'IT', '+390669812345'],
    ['+1 213 373 4253 ext. 12', 'US', '+12133734253'],
    ['11 96123-4567', 'BR', '+5511961234567'],
  ])('reads %s in %s', (phone, country, expected) => {
    expect(toE164(phone, country)).toEqual({ ok: true, value: expected })
  })
  it.each([
    ['', 'DE', 'phone-missing'],
    ['call me on 030 901820', 'DE', 'phone-invalid'],
    ['030 901820', '', 'phone-invalid'],
    ['0000000000', 'US', 'phone-invalid'],
    ['1'.repeat(10_000), 'US', 'phone-invalid'],
    ['030 901820', '__proto__', 'phone-invalid'],
  ])('refuses %s in %s: %s', (phone, country, reason) => {
    expect(toE164(phone, country)).toMatchObject({ ok: false, error: { reason, field: 'phone' } })
  })
})

describe('formatAddress', () => {
  it('writes each country its own way', () => {
    expect(formatAddress(berlin, { countryName: 'GERMANY' })).toEqual([
      'Anna Müller',
      'Torstraße 1',
      '10115 Berlin',
      'GERMANY',
    ])
    const us = { ...berlin, city: 'Austin', region: 'TX', postcode: '78701', country: 'US' }
    expect(formatAddress(us).at(-1)).toBe('Austin, TX 78701')
    expect(formatAddress({ ...us, region: '' }).at(-1)).toBe('Austin 78701')
    expect(formatAddress({ ...us, city: '' }).at(-1)).toBe('TX 78701')
    expect(
      formatAddress({ ...berlin, country: 'GB', city: 'London', postcode: 'SW1A 1AA' }).slice(-2),
    ).toEqual(['London', 'SW1A 1AA'])
    expect(
      formatAddress({
        ...berlin,
        country: 'SG',
        city: 'Singapore',
        region: 'singapore',
        postcode: '546080',
      }).at(-1),
    ).toBe('Singapore 546080')
  })

  it('writes Japan large to small in its own script and small to large in Latin', () => {
    expect(formatAddress(tokyo)).toEqual(['〒100-0001', '東京都千代田区千代田1-1', '山田太郎'])
    const latin = { name: 'Taro Yamada', line1: '1-1 Chiyoda', city: 'Chiyoda-ku', region: 'Tokyo' }
    const lines = formatAddress({ ...tokyo, latin }, { latin: true, countryName: 'JAPAN' })
    expect(lines).toEqual(['Taro Yamada', '1-1 Chiyoda', 'Chiyoda-ku, Tokyo', '100-0001', 'JAPAN'])
    expect(formatAddress({ ...tokyo, postcode: '' })[0]).toBe('東京都千代田区千代田1-1')
  })

  it('never drops a part, never grows a line by hostile text', () => {
    fc.assert(
      fc.property(anyAddress, fc.boolean(), (address, latin) => {
        const lines = formatAddress(address, { latin })
        const all = lines.join('\n')
        for (const part of [address.company, address.line2, address.postcode])
          expect(all).toContain(part.replace(/[\s\p{Cc}]+/gu, ' ').trim())
        expect(lines.every((line) => line.trim() !== '' && !/[\n\r\u202e\u0000]/.test(line))).toBe(true)
        expect(lines.length).toBeLessThanOrEqual(8)
      }),
    )
  })
})
