import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDescription } from '#core/customs/check-description.ts'
import { checkHs } from '#core/customs/check-hs.ts'
import type { CustomsCategory, Declaration, DeclarationLine } from '#core/customs/declaration.ts'
import { placeOfItem } from '#core/customs/declared-place.ts'
import { readRuleFile } from '#core/customs/rules/read-rule-file.ts'
import { lintDeclaration } from '#core/customs/lint-declaration.ts'
import type { LintContext } from '#core/customs/lint-destination.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import { money } from '#core/money/money.ts'
import { ourChecks } from '#tests/support/destination-rules.ts'

const read = readRuleFile(
  readFileSync(new URL('../../resources/destination-rules.json', import.meta.url), 'utf8'),
)
const checks = ourChecks()
const destinations = read.ok ? read.value.set : null
const rates: RateSet = {
  base: 'EUR',
  date: '2026-11-20',
  source: 'test',
  rates: { XDR: '0.75', USD: '1.25', GBP: '0.9', AUD: '1.6' },
}

const line: DeclarationLine = {
  sku: 'MUG',
  quantity: 2,
  description: 'Ceramic mug',
  descriptionLocal: '陶瓷杯',
  hs6: '691200',
  origin: 'CN',
  netGrams: 700,
  value: money(2598, 'EUR'),
}
const good: Declaration = {
  category: 'sale',
  explanation: '',
  currency: 'EUR',
  lines: [line],
  grossGrams: 900,
  total: money(2598, 'EUR'),
  signer: 'Li Wei',
  signedOn: '2026-11-22',
  senderTaxReference: '',
}
const context: LintContext = { destination: 'DE', shipOn: '2026-11-22', destinations, rates }

const lint = (change: Partial<Declaration>, more: Partial<LintContext> = {}): string[] =>
  lintDeclaration({ ...good, ...change }, { ...context, ...more }).map(
    (f) => `${f.severity} ${f.field} ${f.reason}`,
  )
const lintRow = (change: Partial<DeclarationLine>, more: Partial<Declaration> = {}): string[] =>
  lint({ lines: [{ ...line, ...change }], ...more })

describe('lintDeclaration', () => {
  it('has nothing against a good one', () => {
    expect(lint({})).toEqual([])
    expect(lint({ grossGrams: 700 })).toEqual([])
  })

  it.each<[Partial<DeclarationLine>, string]>([
    [{ description: '' }, 'lines.0.customs.description description-missing'],
    [{ description: '陶瓷杯' }, 'lines.0.customs.description description-not-latin'],
    [{ description: 'Gift' }, 'lines.0.customs.description description-vague'],
    [{ description: '12345' }, 'lines.0.customs.description description-no-words'],
    [{ hs6: '' }, 'lines.0.customs.hs6 hs-missing'],
    [{ hs6: '6912' }, 'lines.0.customs.hs6 hs-too-short'],
    [{ hs6: '6912O0' }, 'lines.0.customs.hs6 hs-not-digits'],
    [{ hs6: '770000' }, 'lines.0.customs.hs6 hs-chapter'],
    [{ origin: '' }, 'lines.0.customs.origin origin-missing'],
    [{ origin: 'XX' }, 'lines.0.customs.origin origin-invalid'],
    [{ origin: 'CHN' }, 'lines.0.customs.origin origin-invalid'],
    [{ netGrams: 0 }, 'lines.0.customs.unitNetGrams weight-unknown'],
    [{ netGrams: Number.NaN }, 'lines.0.customs.unitNetGrams weight-unknown'],
    [{ quantity: 0 }, 'lines.0.quantity quantity-invalid'],
    [{ value: money(2598, 'USD') }, 'lines.0.customs.unitValue currency-mix'],
  ])('row %j: %s', (change, expected) => {
    expect(lintRow(change)).toEqual([`error ${expected}`])
  })

  it.each(['礼品', '电子产品配件', ' 样品 2 ', '日用百货等', 'Gift'])(
    'warns of %s in the sender’s language',
    (descriptionLocal) => {
      expect(lintRow({ descriptionLocal })).toEqual([
        'warning lines.0.customs.descriptionLocal description-local-vague',
      ])
    },
  )

  it('reads long words of nothing quickly', () => {
    expect(lintRow({ descriptionLocal: `${'电子产品用品'.repeat(60)}杯` })).toEqual([])
  })

  it.each(['', '陶瓷杯', '玩具汽车', '不锈钢餐具', '手机配件', '123', 'Keramiktasse'])(
    'has nothing against %j in the sender’s language',
    (descriptionLocal) => {
      expect(lintRow({ descriptionLocal })).toEqual([])
    },
  )

  it.each<CustomsCategory>(['sample', 'gift', 'returned'])(
    'wants a value above nothing even for %s',
    (category) => {
      const nothing = money(0, 'EUR')
      expect(lintRow({ value: nothing }, { category, total: nothing })).toEqual([
        'error lines.0.customs.unitValue value-zero',
      ])
      expect(lintRow({ value: money(-1, 'EUR') }, { category, total: money(-1, 'EUR') })).toHaveLength(1)
    },
  )

  it.each<[Partial<Declaration>, string[]]>([
    [{ total: money(2597, 'EUR') }, ['error total total-mismatch']],
    [{ total: money(2598, 'USD') }, ['error total currency-mix']],
    [{ lines: [], total: money(0, 'EUR') }, ['error lines no-lines']],
    [{ grossGrams: 699 }, ['error grossGrams net-exceeds-gross']],
    [{ grossGrams: 0 }, ['error grossGrams weight-unknown']],
    [{ grossGrams: 1000 }, []],
    [{ grossGrams: 1001 }, ['warning grossGrams gross-far-above-net']],
    [{ grossGrams: 2001 }, ['warning grossGrams gross-far-above-net', 'error grossGrams needs-cn23']],
    [{ category: 'other' }, ['error explanation explanation-missing']],
    [{ category: 'other', explanation: '修理' }, ['error explanation explanation-not-latin']],
    [{ category: 'other', explanation: 'For repair' }, []],
    [{ category: 'sale,gift' as CustomsCategory }, ['error category category-invalid']],
    [{ signer: ' ' }, ['error signer signer-missing']],
    [{ signedOn: '2026-02-30' }, ['error signedOn date-invalid']],
    [{ signedOn: '' }, ['error signedOn date-invalid']],
  ])('%j', (change, expected) => {
    expect(lint(change)).toEqual(expected)
  })

  it('lets a gift go without a code, not with a wrong one; the EU wants one all the same', () => {
    expect(lintRow({ hs6: '' }, { category: 'gift' })).toEqual([
      'warning lines.0.customs.hs6 hs-short-for-destination',
    ])
    expect(lintRow({ hs6: '9' }, { category: 'gift' })).toEqual(['error lines.0.customs.hs6 hs-too-short'])
    expect(lintRow({ hs6: '' }, { category: 'documents' })).toEqual([])
  })

  it('opens the right line of the order', () => {
    expect(lint({ lines: [{ ...line, hs6: '' }] }, { places: [placeOfItem(4)] })).toEqual([
      'error lines.4.customs.hs6 hs-missing',
    ])
  })

  it('needs CN 23 above 300 SDR, and says when it cannot know', () => {
    const worth = (minor: number): Partial<Declaration> => ({
      total: money(minor, 'EUR'),
      lines: [{ ...line, hs6: '6912002100', value: money(minor, 'EUR') }],
    })
    expect(lint(worth(40000))).toEqual([])
    expect(lint(worth(40001))).toEqual(['error total needs-cn23'])
    expect(lint(worth(40000), { rates: null })).toEqual(['warning total unknown-rate'])
  })

  it.each<[string, Partial<Declaration>, Partial<LintContext>, string[]]>([
    ['Royal Mail, GBP 270', { total: money(27000, 'GBP') }, { sentFrom: 'GB' }, []],
    ['Royal Mail, above', { total: money(27001, 'GBP') }, { sentFrom: 'GB' }, ['total']],
    ['another post, 2 kg', { grossGrams: 2000 }, { sentFrom: 'CN' }, []],
    ['another post, above', { grossGrams: 2001 }, { sentFrom: 'CN' }, ['grossGrams']],
    ['Australia Post to the US, 5 kg', { grossGrams: 5000 }, { sentFrom: 'AU', destination: 'US' }, []],
    [
      'Australia Post to the US, above',
      { grossGrams: 5001 },
      { sentFrom: 'AU', destination: 'US' },
      ['grossGrams'],
    ],
    ['Australia Post elsewhere', { grossGrams: 2001 }, { sentFrom: 'AU', destination: 'NZ' }, ['grossGrams']],
  ])('goes by the limits of the post it is given to: %s', (_name, change, more, expected) => {
    const whole = { ...good, ...change }
    const { total } = whole
    const { currency } = total
    const lines = [{ ...line, netGrams: whole.grossGrams, value: total }]
    const found = lintDeclaration({ ...whole, currency, lines }, { ...context, checks, ...more })
    expect(found.filter(({ id }) => id === 'form').map(({ field }) => field)).toEqual(expected)
    for (const each of found.filter(({ id }) => id === 'form')) expect(each.source?.title).toBeTruthy()
  })

  it('asks for what the destination wants on the day of shipment', () => {
    const us = { destination: 'US', dutyPrepaid: true }
    const short = 'warning lines.0.customs.hs6 hs-short-for-destination'
    expect(lint({}, us)).toEqual([short])
    expect(lint({}, { ...us, shipOn: '2026-07-23' })).toEqual([])
    expect(lint({}, { ...us, shipOn: '2025-08-28' })).toEqual(['warning destination no-rule'])
    expect(lint({}, { destination: 'US' })).toEqual([short, 'warning service duty-prepaid-only'])
    expect(lint({}, { destination: 'XX' })).toEqual(['warning destination no-rule'])
    // Nobody wrote down what applies above MYR 500, and without a rate nobody knows whether that is where it is.
    const ringgit = {
      currency: 'MYR',
      total: money(100002, 'MYR'),
      lines: [{ ...line, value: money(100002, 'MYR') }],
    }
    expect(lint(ringgit, { destination: 'MY' })).toContain('warning destination no-rule')
    expect(
      lint({ ...ringgit, lines: [{ ...line, value: money(100000, 'MYR') }] }, { destination: 'MY' }),
    ).not.toContain('warning destination no-rule')
    expect(lint({}, { destination: 'MY' })).toEqual([])
    expect(lint({}, { destinations: null })).toEqual(['warning destination no-rule'])
    expect(lint({}, { destination: 'KR' })).toEqual(['warning consigneeId consignee-id-missing'])
    expect(lint({}, { destination: 'KR', consigneeId: 'P123' })).toEqual([
      'warning consigneeId consignee-id-invalid',
    ])
    expect(lint({}, { destination: 'KR', consigneeId: 'P123456789012' })).toEqual([])
    expect(lint({}, { destination: 'BR', consigneeId: '123.456.789-09' })).toEqual([])
    expect(lint({}, { destination: 'BR', consigneeId: '123.456.789-00' })).toEqual([
      'warning consigneeId consignee-id-check',
    ])
    const found = lintDeclaration(good, { ...context, destination: 'BR' })
    expect(found).toEqual([
      {
        id: 'destination',
        severity: 'warning',
        field: 'consigneeId',
        reason: 'consignee-id-missing',
        detail: 'br-cpf-cnpj',
        source: expect.objectContaining({
          title: expect.stringContaining('Receita Federal') as string,
        }) as never,
      },
    ])
  })

  it('stops an IOSS number above EUR 150, in any currency it has a rate for', () => {
    const worth = (minor: number, currency: string): Partial<Declaration> => ({
      ...{ currency, total: money(minor, currency), senderTaxReference: 'IM276 0000001' },
      lines: [{ ...line, hs6: '6912002100', value: money(minor, currency) }],
    })
    expect(lint(worth(15000, 'EUR'))).toEqual([])
    expect(lint(worth(15001, 'EUR'))).toEqual(['error senderTaxReference tax-limit-exceeded'])
    expect(lint(worth(18750, 'USD'))).toEqual([])
    expect(lint(worth(18751, 'USD'))).toEqual(['error senderTaxReference tax-limit-exceeded'])
    expect(lint(worth(100, 'CHF'))).toEqual([
      'warning total unknown-rate',
      'warning senderTaxReference tax-limit-unknown-rate',
    ])
    expect(lint({ ...worth(15001, 'EUR'), senderTaxReference: 'DE123' })).toEqual([])
  })

  it('never throws on what storage may hold', () => {
    const rough = fc.record({
      ...{
        sku: fc.string(),
        description: fc.string({ unit: 'binary' }),
        descriptionLocal: fc.string(),
        hs6: fc.string(),
        origin: fc.string(),
      },
      ...{ quantity: fc.double(), netGrams: fc.double() },
      value: fc.record({ minor: fc.double(), currency: fc.string({ maxLength: 3 }) }),
    })
    fc.assert(
      fc.property(fc.array(rough, { maxLength: 5 }), fc.double(), fc.string(), (lines, gross, text) => {
        const wild = {
          ...good,
          lines,
          grossGrams: gross,
          total: { minor: gross, currency: text },
          signedOn: text,
          currency: text,
        }
        lintDeclaration(wild, { ...context, destination: text })
      }),
    )
  })
})

describe('checkDescription', () => {
  it.each([
    'gift',
    'Gifts',
    'SPARE PARTS',
    'Gift – accessories',
    'clothes',
    'Électronique',
    'various goods',
    'échantillons',
    'Electronic goods',
    'gift 123',
  ])('%j says nothing', (text) => {
    expect(checkDescription(text)).toBe('description-vague')
  })
  it.each([
    'Gift card holder, leather',
    "Women's cotton T-shirt",
    'Car seat accessories',
    'Tasse en céramique',
    'Toy car, plastic',
    'Brake disc',
    'Glass',
    'USB-C cable',
  ])('%j says enough', (text) => {
    expect(checkDescription(text)).toBe(null)
  })
})

describe('checkHs', () => {
  it.each([
    ['010121', null],
    ['970690', null],
    ['6109100012', null],
    ['000000', 'hs-chapter'],
    ['980000', 'hs-chapter'],
    ['999999', 'hs-chapter'],
    ['776543', 'hs-chapter'],
    ['61091', 'hs-too-short'],
    ['6109100012345', 'hs-too-long'],
    ['6109.10', 'hs-not-digits'],
    ['', 'hs-not-digits'],
    ['６１０９１０', 'hs-not-digits'],
  ])('%j: %s', (code, reason) => expect(checkHs(code)).toBe(reason))
})
