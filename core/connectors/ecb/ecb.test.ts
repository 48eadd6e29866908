import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRatesAnswer, readRatesFile } from '#core/connectors/ecb/mapping/rates.ts'
import { readCsvRates, readXmlRates } from '#core/connectors/ecb/wire.ts'
import { scanXml } from '#core/connectors/ecb/xml.ts'

const NOW = Date.UTC(2026, 10, 22, 8)
const envelope = (inside: string, sender = 'European Central Bank') =>
  `<?xml version="1.0"?><g:Envelope xmlns:g="x"><g:Sender><g:name>${sender}</g:name></g:Sender><Cube>${inside}</Cube></g:Envelope>`
const one = envelope(`<Cube time='2026-11-20'><Cube currency='USD' rate='1.10'/></Cube>`)

describe('a document', () => {
  it.each([
    ['<a/>', 1],
    ['\uFEFF<?xml version="1.0"?>\n<!-- made <by> hand -->\n<a b="1" c = \'2>\'.slice></a>', 0],
    ['<a b="1" c=\'2\'><d/>text</a>\n', 2],
    ['<a><!-- <b> --></a>', 1],
    ['<a', 0],
    ['<a>', 0],
    ['</a>', 0],
    ['<a></b>', 0],
    ['<a><b></a></b>', 0],
    ['<a/><a/>', 0],
    ['<a/>text', 0],
    ['text<a/>', 0],
    ['<a b="1" b="2"/>', 0],
    ['<a b=1/>', 0],
    ['<a b="1"c="2"/>', 0],
    ['</a b="1">', 0],
    ['<a><![CDATA[1]]></a>', 0],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 0],
    ['<a><!-- </a>', 0],
    ['<1/>', 0],
    ['', 0],
    [`${'<a>'.repeat(30)}${'</a>'.repeat(30)}`, 0],
  ])('%j has %i elements', (text, elements) => {
    expect(scanXml(text)?.filter(({ kind }) => kind === 'open').length ?? 0).toBe(elements)
  })

  it('is read or refused, never thrown at anybody', () => {
    const piece = fc.constantFrom(
      ...[
        '<',
        '>',
        '/',
        'a',
        '="1"',
        "='",
        ' ',
        '<a>',
        '</a>',
        '<a ',
        '<!--',
        '-->',
        '<?',
        '?>',
        '<!',
        '&b;',
      ],
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const events = scanXml(text)
        readXmlRates(text)
        readCsvRates(text)
        const count = (kind: string) => events?.filter((event) => event.kind === kind).length
        expect(count('open')).toBe(count('close'))
      }),
    )
  })

  it('costs no more than its length, also when it is made to', () => {
    const began = performance.now()
    for (const text of [
      `<a ${'b '.repeat(300_000)}/>`,
      `<a${' '.repeat(900_000)}b`,
      '<'.repeat(900_000),
      `<a>${'<!--'.repeat(200_000)}`,
      `<a b=${'"'.repeat(900_001)}>`,
    ])
      expect(scanXml(text)).toBeNull()
    expect(performance.now() - began).toBeLessThan(2000)
  })
})

describe('an answer of the bank', () => {
  it('has its days with their figures as they came', () => {
    expect(readRatesAnswer(one, NOW)).toEqual({
      ok: true,
      value: {
        sets: [{ base: 'EUR', date: '2026-11-20', source: 'ecb', rates: { USD: '1.10' } }],
        leftOut: [],
      },
    })
  })

  it.each([
    ['', 'rates-unreadable'],
    ['{"rates":{"USD":1.1}}', 'rates-unreadable'],
    [`<html><p></html>`, 'rates-unreadable'],
    [' '.repeat(1_000_001), 'rates-unreadable'],
    [
      envelope(`<Cube time='2026-11-20'><Cube currency='USD' rate='1.10'/></Cube>`, 'Bank of X'),
      'rates-elsewhere',
    ],
    [one.replace('Sender>', 'Other>').replace('Sender>', 'Other>'), 'rates-elsewhere'],
    [envelope(''), 'rates-none'],
    [envelope(`<Cube time='2026-11-20'/>`), 'rates-none'],
    [envelope(`<Cube time='2026-12-01'><Cube currency='USD' rate='1.10'/></Cube>`), 'rates-none'],
    [envelope(`<Cube time='2026-11-20'><Cube currency='USD' rate='1,10'/></Cube>`), 'rates-none'],
    // Right names in the wrong places.
    [envelope(`<Cube currency='USD' rate='1.10'/>`), 'rates-none'],
    [envelope(`<X><Cube time='2026-11-20'><Cube currency='USD' rate='1.10'/></Cube></X>`), 'rates-none'],
  ])('%# is refused: %2$s', (text, reason) => {
    expect(readRatesAnswer(text, NOW)).toMatchObject({ error: { code: 'malformed', reason } })
  })

  it('is known from the demo, whose figures can never be taken for its own', () => {
    const demo = envelope(
      `<Cube time='2026-11-20'><Cube currency='USD' rate='9'/></Cube>`,
      'Caravel demo figures',
    )
    expect(readRatesAnswer(demo, NOW)).toMatchObject({ value: { sets: [{ source: 'demo' }] } })
    expect(readRatesFile(demo, NOW)).toMatchObject({ error: { reason: 'rates-elsewhere' } })
  })

  it('brings no more than a hundred days, the newest', () => {
    const at = (n: number) => new Date(NOW - n * 86_400_000).toISOString().slice(0, 10)
    const days = Array.from(
      { length: 130 },
      (_, n) => `<Cube time="${at(n)}"><Cube currency="USD" rate="1"/></Cube>`,
    )
    const read = readRatesAnswer(envelope(days.reverse().join('')), NOW)
    expect(read.ok && read.value.sets.map(({ date }) => date)).toEqual(
      Array.from({ length: 100 }, (_, n) => at(n)),
    )
  })
})

describe('a file of the bank', () => {
  const setsOf = (text: string) => {
    const read = readRatesFile(text, NOW)
    return read.ok ? read.value.sets.map(({ date, rates }) => [date, rates]) : read.error.reason
  }

  it('is the XML, the CSV of one day, or the CSV of its history', () => {
    expect(setsOf(one)).toEqual([['2026-11-20', { USD: '1.10' }]])
    expect(setsOf('Date, USD, JPY, \n20 November 2026, 1.10, 170.00, \n')).toEqual([
      ['2026-11-20', { USD: '1.10', JPY: '170.00' }],
    ])
    expect(
      setsOf('\uFEFFDate,USD,CYP,BGN,\r\n2026-11-20,1.1,N/A,,\r\n2026-11-19,1.2,N/A,1.9558,\r\n'),
    ).toEqual([
      ['2026-11-20', { USD: '1.1' }],
      ['2026-11-19', { USD: '1.2', BGN: '1.9558' }],
    ])
  })

  it.each([
    ['Date,USD,JPY\n2026-11-20,1,1,170\n', 'rates-none'],
    ['Date,USD,JPY,\n2026-11-20,1.1,17', 'rates-none'],
    ['Date,USD,\n2026-11-20,1.1,\n2026-11-19,1.', [['2026-11-20', { USD: '1.1' }]]],
    ['Date\n2026-11-20\n', 'rates-file'],
    ['Day,USD\n2026-11-20,1\n', 'rates-file'],
    ['Date,USD\n31 June 2026,1\n', 'rates-none'],
    ['Date,USD\n20 Novembre 2026,1\n', 'rates-none'],
    ['%PDF-1.7', 'rates-file'],
    ['PK\u0003\u0004', 'rates-file'],
    ['Date,USD\n'.padEnd(3_000_001, 'x'), 'rates-file'],
  ])('%# comes to what it says or is refused', (text, sets) => {
    expect(setsOf(text)).toEqual(sets)
  })
})
