import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitsConsigneeId, fitsSellerId } from '#core/customs/tax-ids/check-digits.ts'

/**
 * Example numbers that others publish: python-stdnum (its modules br.cpf, mx.rfc, mx.curp, tr.tckimlik, gb.vat); the CNPJ with letters is that of
 * the Receita Federal's questions and answers on it (no. 14), the one of digits of its older descriptions. Looked up 2026-11-23.
 */
const RIGHT = [
  ['br-cpf-cnpj', '390.533.447-05'],
  ['br-cpf-cnpj', '11.222.333/0001-81'],
  ['br-cpf-cnpj', '44038188000132'],
  ['br-cpf-cnpj', '12.ABC.345/01DE-35'],
  ['mx-rfc-curp', 'GODE561231GR8'],
  ['mx-rfc-curp', 'XEXX010101000'],
  ['mx-rfc-curp', 'BOXW310820HNERXN09'],
  ['tr-tckn', '17291716060'],
] as const
const WRONG = [
  ['br-cpf-cnpj', '231.002.999-00'],
  ['br-cpf-cnpj', '111.111.111-11'],
  ['br-cpf-cnpj', '11.222.333/0001-82'],
  ['br-cpf-cnpj', '12ABC34501DE36'],
  ['mx-rfc-curp', 'VACE460910SX6'],
  ['mx-rfc-curp', 'BOXW310820HNERXN08'],
  ['tr-tckn', '17291716050'],
  ['tr-tckn', '07291716092'],
] as const

describe('the check digit of a recipient’s number', () => {
  it.each(RIGHT)('%s %s fits', (type, number) => expect(fitsConsigneeId(type, number)).toBe(true))
  it.each(WRONG)('%s %s does not', (type, number) => expect(fitsConsigneeId(type, number)).toBe(false))

  it('finds a mistyped digit but for one in fifty, as 10 and 11 count alike in Brazil', () => {
    let tried = 0
    let missed = 0
    for (const [type, number] of RIGHT) {
      if (number === 'XEXX010101000') continue
      for (const [i, character] of Array.from(number).entries()) {
        if (!/\d/.test(character)) continue
        for (const digit of '0123456789'.replace(character, '')) {
          tried++
          if (fitsConsigneeId(type, number.slice(0, i) + digit + number.slice(i + 1))) missed++
        }
      }
    }
    expect(tried).toBeGreaterThan(500)
    expect(missed / tried).toBeLessThan(0.02)
  })

  it('says nothing of what has no check digit, or another shape', () => {
    for (const number of ['P123456789012', '', '12345', 'ABC'])
      for (const type of ['kr-pccc', 'br-cpf-cnpj', 'mx-rfc-curp', 'tr-tckn'])
        expect(fitsConsigneeId(type, number)).toBe(true)
    fc.assert(fc.property(fc.string(), (text) => typeof fitsConsigneeId('br-cpf-cnpj', text) === 'boolean'))
  })
})

describe('the check digit of a seller’s number', () => {
  it.each([
    ['vat', 'GB980780684', true],
    ['vat', 'GB980780684001', true],
    ['eori', 'GB980780684000', true],
    ['vat', 'GB802311781', false],
    ['eori', 'GB802311781000', false],
    ['vat', 'DE123456789', true],
    ['ioss', 'IM0123456789', true],
  ] as const)('%s %s: %s', (kind, number, fits) => expect(fitsSellerId(kind, number)).toBe(fits))
})
