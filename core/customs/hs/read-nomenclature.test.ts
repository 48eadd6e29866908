import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameLeaf } from '#core/customs/hs/nomenclature.ts'
import { readNomenclature } from '#core/customs/hs/read-nomenclature.ts'

const HTS_CSV = [
  '"HTS Number","Indent","Description","General Rate of Duty"',
  '"6912.00","0","Ceramic tableware:",""',
  '"","1","Tableware and kitchenware:",""',
  '"6912.00.10.00","2","Of coarse-grained earthenware","0.7%"',
  '"","2","Other:",""',
  '"6912.00.44.00","3","Mugs and other steins","10%"',
  '"6912.00.50.00","3","Other","6%"',
].join('\r\n')

const rowsOf = (text: string, tariff: 'EU' | 'GB' | 'US') => {
  const read = readNomenclature(text, tariff)
  if (!read.ok) throw new Error(read.error.reason)
  return read.value
}

describe('readNomenclature', () => {
  it('reads the HTS as CSV, with groups that have no code', () => {
    const { rows, rejected } = rowsOf(HTS_CSV, 'US')
    expect(rejected).toEqual([])
    expect(rows.map(({ code }) => code)).toEqual(['6912001000', '6912004400', '6912005000'])
    expect(nameLeaf(rows[2]!)).toBe('Ceramic tableware › Other › Other')
    expect(nameLeaf(rows[1]!)).toBe('Ceramic tableware › Other › Mugs and other steins')
  })

  it('reads the HTS as JSON to the same rows', () => {
    const json = HTS_CSV.split('\r\n')
      .slice(1)
      .map((line) => JSON.parse(`[${line}]`) as string[])
      .map(([htsno, indent, description]) => ({ htsno, indent, description, superior: null }))
    expect(rowsOf(JSON.stringify(json), 'US')).toEqual(rowsOf(HTS_CSV, 'US'))
  })

  it('reads the CN by its dashes, or by levels', () => {
    const dashes =
      'CN_CODE;NAME_EN\n6912 00;Ceramic tableware\n6912 00 21;- Of common pottery\n6912 00 23;- Stoneware\n'
    const levels =
      'CN_CODE;LEVEL;NAME_EN\n6912 00;1;Ceramic tableware\n6912 00 21;2;Of common pottery\n6912 00 23;2;Stoneware\n'
    expect(rowsOf(dashes, 'EU').rows).toEqual([
      { code: '69120021', text: 'Of common pottery', path: ['Ceramic tableware'] },
      { code: '69120023', text: 'Stoneware', path: ['Ceramic tableware'] },
    ])
    expect(rowsOf(levels, 'EU')).toEqual(rowsOf(dashes, 'EU'))
  })

  it('reads the commodities of the UK, of which only the ends of branches are kept', () => {
    const text =
      'id,commodity__code,commodity__indent,commodity__description\n1,6912000000,0,Ceramic tableware\n' +
      '2,6912002100,1,Of common pottery\n3,6912002300,1,Stoneware\n4,6912002310,2,Mugs\n5,6912002390,2,Other\n'
    expect(rowsOf(text, 'GB').rows.map(({ code }) => code)).toEqual([
      '6912002100',
      '6912002310',
      '6912002390',
    ])
  })

  it('names the line that it leaves out', () => {
    const text =
      'code,indent,name\n69120021,1,Pottery\n69I20022,1,Typo\n69120023,deep,Lost\n69120024,-1,Lost\n'
    expect(rowsOf(text, 'EU').rejected).toEqual([
      { line: 3, reason: 'hs-not-digits' },
      { line: 4, reason: 'nomenclature-indent' },
      { line: 5, reason: 'nomenclature-indent' },
    ])
  })

  it.each([
    ['', 'nomenclature-head'],
    ['a,b\n1,2', 'nomenclature-head'],
    ['htsno,description\n6912,Ceramic', 'nomenclature-empty'],
    ['[{"htsno":1}]', 'nomenclature-head'],
    ['[{"htsno":', 'nomenclature-head'],
    [`htsno,description\n${'1,a\n'.repeat(80_001)}`, 'nomenclature-too-large'],
  ])('refuses what is none', (text, reason) =>
    expect(readNomenclature(text, 'US')).toMatchObject({ ok: false, error: { reason } }),
  )

  it('never throws, and gives digits only', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.constantFrom('EU', 'GB', 'US'),
        (text, tariff) => {
          const read = readNomenclature(`code,description,indent,htsno,commodity__code\n${text}`, tariff)
          if (read.ok) for (const { code } of read.value.rows) expect(code).toMatch(/^\d{8,12}$/)
        },
      ),
    )
  })
})
