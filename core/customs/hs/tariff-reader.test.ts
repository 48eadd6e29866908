import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameLeaf, type DutyRow, type NomenclatureRow } from '#core/customs/hs/nomenclature.ts'
import { recognizeColumns, type TariffColumns } from '#core/customs/hs/tariff-columns.ts'
import { dutyOf, readAdValorem, tariffOf } from '#core/customs/hs/tariff-duty.ts'
import { TariffReader } from '#core/customs/hs/tariff-reader.ts'

const HTS_CSV = [
  '"HTS Number","Indent","Description","Unit of Quantity","General Rate of Duty"',
  '"6912.00","0","Ceramic tableware:","",""',
  '"","1","Tableware and kitchenware:","",""',
  '"6912.00.10.00","2","Of coarse-grained earthenware","doz.","0.7%"',
  '"","2","Other:","",""',
  '"6912.00.44.00","3","Mugs and other steins","doz.","10%"',
  '"6912.00.50","3","Other","","6%"',
  '"6912.00.50.10","4","Hotel ware","doz.",""',
  '"6912.00.50.90","4","Other","doz.",""',
].join('\r\n')
/** With blanks and suffixes as in the exports of CIRCABC. */
const TARIC = [
  'Goods code;Start date;End date;Language;Hier. Pos.;Indent;Description;Descr. start date',
  '6900000000 80;01-01-1972;;EN;2;;CERAMIC PRODUCTS;01-01-1972',
  '6912000000 80;01-01-1972;;EN;4;;Ceramic tableware, kitchenware;01-01-1972',
  '6912002100 80;01-01-1972;;EN;8;-;Of common pottery;01-01-1972',
  '6912002300 80;01-01-1972;;EN;8;-;Stoneware;01-01-1972',
  '6912002300 80;01-01-1972;;DE;8;-;Aus Steinzeug;01-01-1972',
  '6912002310 80;01-01-1972;;EN;10;- -;Mugs;01-01-1972',
].join('\n')
const TARIC_DUTIES = [
  'Goods code,Add code,Order No.,Start date,End date,RED_IND,Origin, Measure type,Legal base,Duty,Origin code, Meas. type code',
  '6912002100,,,01-01-1972,,,ERGA OMNES,Third country duty,R2658/87,5.000 %,1011,103',
  '6912002100,,,01-01-1972,,,Japan,Tariff preference,D1907/18,0.000 %,JP,142',
  '6912002300,,,01-01-1972,,,ERGA OMNES,Third country duty,R2658/87,"5,500 %",1011,103',
].join('\n')
const UK_MEASURES = [
  'id,commodity__sid,commodity__code,commodity__indent,commodity__description,measure__type__id,measure__duty_expression,measure__geographical_area__id',
  '1,1,6912002100,2,Of common pottery,103,4.00%,1011',
  '2,1,6912002100,2,Of common pottery,305,20.00%,1011',
  '3,2,6912002310,2,Mugs,103,4.00%,1011',
  '4,3,2208308200,2,Whisky,103,0.50 GBP / % vol/hl + 2.60 GBP / hl,1011',
].join('\n')

/** The columns of `commodities-report`, and what is in them: rows in any order, groups by suffix, `#NA` where there is nothing. */
const UK_COMMODITIES = [
  'id,commodity__sid,commodity__code,commodity__suffix,commodity__description,commodity__validity_start,commodity__validity_end,parent__sid,parent__code,parent__suffix',
  '1,32,6912002310,80,Mugs,2021-01-01,#NA,31,6912002300,80',
  '2,10,6900000000,80,CERAMIC PRODUCTS,1971-12-31,#NA,#NA,#NA,#NA',
  '3,31,6912002300,80,Stoneware,2021-01-01,#NA,29,6912002100,10',
  '4,29,6912002100,10,Of common pottery or stoneware,2021-01-01,#NA,20,6912000000,80',
  '5,20,6912000000,80,"Ceramic tableware, kitchenware",1971-12-31,#NA,10,6900000000,80',
  '6,30,6912002100,80,Of common pottery,2021-01-01,#NA,29,6912002100,10',
  '7,33,6912002390,80,Other,2023-09-16,#NA,31,6912002300,80',
  '8,34,6912002390,80,Other stoneware,2019-01-01,#NA,31,6912002300,80',
  '9,35,6912002900,80,Gone,2019-01-01,2024-12-31,29,6912002100,10',
  '10,36,6912002500,80,Going,2019-01-01,2026-12-31,35,6912002900,80',
].join('\n')
/** As the Publications Office publishes the Combined Nomenclature, and as its answers to a query have it. */
const CN_SELF_TEXTS = [
  'CNKEY,CN_CODE,SelfText_EN,SelfText_DE,SelfText_FR',
  '691200000080,6912,"Tableware, of ceramics",Geschirr,Vaisselle',
  '691200210080,6912 00 21,"Tableware, of common pottery",Geschirr aus Ton,Vaisselle en terre commune',
  '691200230080,6912 00 23,Stoneware tableware,Geschirr aus Steinzeug,Vaisselle en grès',
].join('\r\n')
const CN_ANSWER = [
  '"CN_CODE","NAME_EN"',
  '"69","CHAPTER 69 - CERAMIC PRODUCTS"',
  '"6912","Ceramic tableware, kitchenware"',
  '"6912 00 21","- Of common pottery"',
  ',"- Other"',
  '"6912 00 23","-- Stoneware"',
].join('\n')

interface Read {
  rows: NomenclatureRow[]
  duties: DutyRow[]
  reader: TariffReader
}
function read(text: string, columns: TariffColumns | null = null, piece = Infinity): Read {
  const reader = new TariffReader(columns, '2026-11-23')
  const rows: NomenclatureRow[] = []
  const duties: DutyRow[] = []
  for (let at = 0; at < text.length; at += piece) {
    const some = reader.push(text.slice(at, at + piece))
    rows.push(...some.rows)
    duties.push(...some.duties)
  }
  const last = reader.end()
  return { rows: [...rows, ...last.rows], duties: [...duties, ...last.duties], reader }
}

describe('a tariff file', () => {
  it('of the US as CSV: groups without a code, and the rate of the line above', () => {
    const { rows, duties, reader } = read(HTS_CSV)
    expect(reader.tariff).toBe('US')
    expect(reader.rejected).toEqual([])
    expect(rows.map(({ code }) => code)).toEqual(['6912001000', '6912004400', '6912005010', '6912005090'])
    expect(nameLeaf(rows[1]!)).toBe('Ceramic tableware › Other › Mugs and other steins')
    expect(duties).toEqual([
      { code: '6912001000', text: '0.7%' },
      { code: '6912004400', text: '10%' },
      { code: '6912005000', text: '6%' },
    ])
  })

  it('of the US as JSON, to the same', () => {
    const json = HTS_CSV.split('\r\n')
      .slice(1)
      .map((line) => JSON.parse(`[${line}]`) as string[])
      .map(([htsno, indent, description, , general]) => ({
        htsno,
        indent,
        description,
        general,
        superior: null,
      }))
    const { rows, duties } = read(JSON.stringify(json))
    expect({ rows, duties }).toEqual({ rows: read(HTS_CSV).rows, duties: read(HTS_CSV).duties })
  })

  it('of the EU: TARIC with suffixes and dashes, in the language that comes first', () => {
    const { rows, reader } = read(TARIC)
    expect(reader.tariff).toBe('EU')
    expect(rows).toEqual([
      {
        code: '6912002100',
        text: 'Of common pottery',
        path: ['CERAMIC PRODUCTS', 'Ceramic tableware, kitchenware'],
      },
      {
        code: '6912002310',
        text: 'Mugs',
        path: ['CERAMIC PRODUCTS', 'Ceramic tableware, kitchenware', 'Stoneware'],
      },
    ])
  })

  it('of the UK: rows in any order, each with the one above it, groups that are no goods, and what is over left out', () => {
    const { rows, duties, reader } = read(UK_COMMODITIES, null, 7)
    expect([reader.tariff, reader.rejected, duties]).toEqual(['GB', [], []])
    const heading = ['CERAMIC PRODUCTS', 'Ceramic tableware, kitchenware', 'Of common pottery or stoneware']
    expect(rows).toEqual([
      { code: '6912002100', text: 'Of common pottery', path: heading },
      { code: '6912002310', text: 'Mugs', path: [...heading, 'Stoneware'] },
      { code: '6912002390', text: 'Other', path: [...heading, 'Stoneware'] },
      { code: '6912002500', text: 'Going', path: heading },
    ])
  })

  it('of the UK where rows go round in a circle: none is lost', () => {
    const [head = ''] = UK_COMMODITIES.split('\n')
    const circle = [
      head,
      '1,1,6912002100,80,One,2021-01-01,,2,x,80',
      '2,2,6912002300,80,Two,2021-01-01,,1,x,80',
      '3,3,6912002500,80,Three,2021-01-01,,9,x,80',
    ]
    expect(
      read(circle.join('\n'))
        .rows.map(({ text }) => text)
        .sort(),
    ).toEqual(['Three', 'Two'])
  })

  it('of the EU: the Combined Nomenclature with a text for each code, and with dashes', () => {
    expect(read(CN_SELF_TEXTS).rows).toEqual([
      { code: '69120021', text: 'Tableware, of common pottery', path: ['Tableware, of ceramics'] },
      { code: '69120023', text: 'Stoneware tableware', path: ['Tableware, of ceramics'] },
    ])
    const { rows, reader } = read(CN_ANSWER)
    expect([reader.tariff, reader.rejected]).toEqual(['EU', []])
    const above = ['CHAPTER 69 - CERAMIC PRODUCTS', 'Ceramic tableware, kitchenware']
    expect(rows).toEqual([
      { code: '69120021', text: 'Of common pottery', path: above },
      { code: '69120023', text: 'Stoneware', path: [...above, 'Other'] },
    ])
  })

  it('of duties: the third country duty of goods from anywhere, and no names', () => {
    expect(read(TARIC_DUTIES)).toMatchObject({
      rows: [],
      duties: [
        { code: '6912002100', text: '5.000 %' },
        { code: '6912002300', text: '5,500 %' },
      ],
    })
    expect(read(UK_MEASURES)).toMatchObject({ rows: [], duties: [{ text: '4.00%' }, { text: '4.00%' }, {}] })
  })

  it('of the CN by its dashes, or by levels', () => {
    const dashes =
      'CN_CODE;NAME_EN\n6912 00;Ceramic tableware\n6912 00 21;- Of common pottery\n6912 00 23;- Stoneware\n'
    const levels =
      'CN_CODE;LEVEL;NAME_EN\n6912 00;1;Ceramic tableware\n6912 00 21;2;Of common pottery\n6912 00 23;2;Stoneware\n'
    expect(read(dashes).rows).toEqual([
      { code: '69120021', text: 'Of common pottery', path: ['Ceramic tableware'] },
      { code: '69120023', text: 'Stoneware', path: ['Ceramic tableware'] },
    ])
    expect(read(levels).rows).toEqual(read(dashes).rows)
  })

  it('of the UK: only the ends of branches are kept', () => {
    const text =
      'id,commodity__code,commodity__indent,commodity__description\n1,6912000000,0,Ceramic tableware\n' +
      '2,6912002100,1,Of common pottery\n3,6912002300,1,Stoneware\n4,6912002310,2,Mugs\n5,6912002390,2,Other\n'
    expect(read(text).rows.map(({ code }) => code)).toEqual(['6912002100', '6912002310', '6912002390'])
  })

  it('of columns that a person named', () => {
    const columns: TariffColumns = { tariff: 'EU', places: { code: 1, text: 2, duty: 0 } }
    const { rows, duties } = read('z;x;y\n5 %;69120021;Pottery\n', columns)
    expect(rows).toEqual([{ code: '69120021', text: 'Pottery', path: [] }])
    expect(duties).toEqual([{ code: '6912002100', text: '5 %' }])
    expect(recognizeColumns(['code', 'name'])).toBeNull()
  })

  it('names the lines that it leaves out, and loses nothing else', () => {
    const text =
      'cn_code,indent,name\n69120021,1,Pottery\n69I20022,1,Typo\n69120023,deep,Lost\n69120024,-1,Lost\n69120025,1,Kept\n'
    const { rows, reader } = read(text)
    expect(rows.map((row) => row.text)).toEqual(['Pottery', 'Kept'])
    expect(reader.rejected).toEqual([
      { line: 3, reason: 'hs-not-digits' },
      { line: 4, reason: 'nomenclature-indent' },
      { line: 5, reason: 'nomenclature-indent' },
    ])
    const json =
      '[{"htsno":"69120021","description":"A"},{"htsno":5},{"broken,},{"htsno":"69120022","description":"B"}]'
    expect(read(json).reader.rejected.map(({ line }) => line)).toEqual([2, 3])
  })

  it.each([
    ['', 'nomenclature-head'],
    ['a,b\n1,2', 'nomenclature-head'],
    ['htsno,description\n6912,Ceramic', 'nomenclature-empty'],
    ['[{"htsno":1}]', 'nomenclature-head'],
    ['[{"htsno":', 'nomenclature-head'],
    ['[]', 'nomenclature-head'],
  ])('that is none is refused: %s', (text, reason) => expect(read(text).reader.issue?.reason).toBe(reason))

  it('reads the same whatever pieces it comes in', () => {
    for (const text of [HTS_CSV, TARIC, TARIC_DUTIES, UK_MEASURES])
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 80 }), (piece) => {
          const { rows, duties } = read(text, null, piece)
          const whole = read(text)
          expect({ rows, duties }).toEqual({ rows: whole.rows, duties: whole.duties })
        }),
        { numRuns: 20 },
      )
  })

  it('never throws, and gives digits only', () => {
    const head = fc.constantFrom(
      'htsno,description,indent,general',
      'goods code,indent,description,duty',
      '[',
    )
    fc.assert(
      fc.property(head, fc.string({ unit: 'binary', maxLength: 400 }), (first, text) => {
        for (const { code } of read(`${first}\n${text}`).rows) expect(code).toMatch(/^\d{8,12}$/)
      }),
    )
  })
})

describe('the duty of a code', () => {
  it.each([
    ['Free', '0'],
    ['6.5%', '0.065'],
    ['5,500 %', '0.055'],
    ['0.000 %', '0'],
    ['5¢/kg + 8%', null],
    ['4.00% / 6.00%', null],
    ['NAR', null],
    ['', null],
  ])('%s', (text, rate) => expect(readAdValorem(text)).toBe(rate))

  const { duties } = read(HTS_CSV)
  const of = (code: string, origin = 'CN') => dutyOf('US', { code, origin }, duties)
  it('is that of its own row, of the row above, or of all below it where they are alike', () => {
    expect(of('6912004400')).toEqual({ tariff: 'US', code: '6912004400', text: '10%', rate: '0.1' })
    expect(of('6912005010')).toMatchObject({ code: '6912005000', rate: '0.06' })
    expect(of('69120050')).toMatchObject({ rate: '0.06' })
    expect(of('691200')).toBeNull()
    expect(of('6911001000')).toBeNull()
    const uk = read(UK_MEASURES).duties
    expect(dutyOf('GB', { code: '691200', origin: 'CN' }, uk)).toMatchObject({ rate: '0.04' })
    expect(dutyOf('GB', { code: '2208308200', origin: 'CN' }, uk)).toBeNull()
  })

  it('is not known without an origin, nor by the general rate for those who pay more', () => {
    expect(of('6912004400', '')).toBeNull()
    expect(of('6912004400', 'RU')).toBeNull()
  })

  it('is of the tariff that clears there', () =>
    expect(['US', 'GB', 'DE', 'MC', 'NO'].map(tariffOf)).toEqual(['US', 'GB', 'EU', 'EU', null]))
})
