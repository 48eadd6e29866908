import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkHs } from '#core/customs/check-hs.ts'
import { HS_NOMENCLATURE, type HsGoods } from '#core/customs/hs/goods.ts'
import { prepareHsSearch, searchHs } from '#core/customs/hs/search-hs.ts'
import { readSpec, SKIPPED, specsFolder } from '#tests/contracts/specs-folder.ts'

const GOODS = JSON.parse(
  readFileSync(new URL('../../../resources/hs-goods.json', import.meta.url), 'utf8'),
) as HsGoods
const search = prepareHsSearch(GOODS, [])
const first = (text: string) => searchHs(search, text)[0]?.code

describe('searchHs', () => {
  it.each([
    ['cotton t-shirt', '610910'],
    ['T-Shirts', '610910'],
    ['porcelain mug', '691110'],
    ['马克杯 陶', '691200'],
    ['手机壳', '392690'],
    ['power bank', '850760'],
    ['jigsaw', '950300'],
    ['真丝围巾', '621410'],
    ['scented candles', '340600'],
    ['雨伞 折叠', '660191'],
    ['batteries lithium-ion', '850760'],
    ['ceram', '691200'],
  ])('%s is %s', (text, code) => expect(first(text)).toBe(code))

  it('finds a code by its beginning, with or without dots', () => {
    expect(searchHs(search, '6109').map(({ code }) => code)).toEqual(['610910', '610990'])
    expect(first('6109.10')).toBe('610910')
  })

  it('says what tells a near code apart', () => {
    const hit = searchHs(search, '691200')[0]
    const near = hit?.not.find(({ code }) => code === '691110')
    expect(near?.tell.en).toMatch(/porcelain/i)
    expect(near?.tell.zh).toMatch(/瓷/)
  })

  it('puts what the seller used before first, each code once, and the nomenclature last', () => {
    const own = prepareHsSearch(
      GOODS,
      [
        { code: '691200', name: 'Blue mug', words: 'MUG-1', national: { US: '6912004400' } },
        { code: '691200', name: 'Red mug', words: 'MUG-2' },
      ],
      [
        {
          tariff: 'EU',
          rows: [{ code: '69111000', text: 'Other', path: ['Tableware of porcelain', 'Mugs'] }],
        },
      ],
    )
    const hits = searchHs(own, 'mug')
    expect(hits[0]).toMatchObject({
      ...{ code: '691200', from: 'history', national: { US: '6912004400' } },
    })
    expect(new Set(hits.map(({ code }) => code)).size).toBe(hits.length)
    expect(hits.at(-1)).toMatchObject({
      from: 'nomenclature',
      national: { EU: '69111000' },
      name: { en: 'Tableware of porcelain › Mugs › Other' },
    })
  })

  it('finds nothing for words that nothing has, and for none', () => {
    expect(searchHs(search, 'qqzzqq')).toEqual([])
    expect(searchHs(search, ' – ')).toEqual([])
  })
})

describe('resources/hs-goods.json', () => {
  it('has every code once, in order, well formed and with its near codes and what tells them apart', () => {
    const codes = GOODS.goods.map(({ code }) => code)
    expect(GOODS.nomenclature).toBe(HS_NOMENCLATURE)
    expect(codes).toEqual([...new Set(codes)].sort())
    expect(codes.length).toBeGreaterThan(300)
    for (const good of GOODS.goods) {
      expect([good.code, checkHs(good.code)]).toEqual([good.code, null])
      expect(good.en.trim() && good.zh.trim()).not.toBe('')
      for (const { code, tell } of good.not) {
        expect(codes).toContain(code)
        expect(code).not.toBe(good.code)
        expect(GOODS.tells[tell]?.en && GOODS.tells[tell].zh).toBeTruthy()
      }
    }
  })

  it.skipIf(!specsFolder)(`has codes of HS 2022 only${SKIPPED}`, () => {
    const { items } = readSpec('data/hs/hs6.multilingual.json') as { items: { code: string }[] }
    const known = new Set(items.map(({ code }) => code))
    expect(GOODS.goods.map(({ code }) => code).filter((code) => !known.has(code))).toEqual([])
  })
})
