import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Address } from '#core/address/address.ts'
import { isLatin } from '#core/address/is-latin.ts'
import { limitsOf, USUAL_LIMITS } from '#core/address/latin/carrier-limits.ts'
import { fitLines } from '#core/address/latin/fit-lines.ts'
import { romanise, suggestLatin } from '#core/address/latin/suggest-latin.ts'
import { toAscii } from '#core/address/latin/to-ascii.ts'

const ADDRESS: Address = {
  ...{ name: '', company: '', line1: '', line2: '', city: '', region: '', postcode: '', country: '' },
  ...{ phone: '', email: '' },
}

describe('romanise', () => {
  it.each([
    ['曾国藩', 'CN', 'ZENG GUOFAN'],
    ['欧阳娜娜', 'CN', 'OUYANG NANA'],
    ['吕布', 'CN', 'LYU BU'],
    ['單小明', 'TW', 'SHAN XIAOMING'],
    ['王', 'CN', 'WANG'],
    ['サトウ ケンイチ', 'JP', 'Satou Kenichi'],
    ['きょうこ', 'JP', 'Kyouko'],
    ['マッチャ', 'JP', 'Matcha'],
    ['ホンマ', 'JP', 'Homma'],
    ['Юлия Щукина', 'RU', 'Iuliia Shchukina'],
    ['Григорій', 'UA', 'Hryhorii'],
    ['Щастие Ъгъл', 'BG', 'Shtastie Agal'],
    ['Жељко Чолић', 'RS', 'Zeljko Colic'],
    ['ГЕОРГИЙ ЖУКОВ', 'RU', 'GEORGII ZHUKOV'],
    ['Ευάγγελος Μπαλτάς', 'GR', 'Evangelos Baltas'],
    ['ΠΑΥΛΟΣ', 'GR', 'PAVLOS'],
    ['Μαΐου', 'GR', 'Maiou'],
  ])('%s in %s is %s', (text, country, latin) => expect(romanise(text, country, 'name')).toBe(latin))

  it.each([
    ['重庆市渝中区', 'CN', 'Chongqing Shi Yuzhong Qu'],
    ['朝阳区建国路88号', 'CN', 'Chaoyang Qu Jianguo Lu 88 Hao'],
    ['西安市', 'CN', "Xi'an Shi"],
    ['北京市，海淀区', 'CN', 'Beijing Shi, Haidian Qu'],
  ])('%s in %s is %s as a place', (text, country, latin) =>
    expect(romanise(text, country, 'place')).toBe(latin),
  )

  it.each([
    ['東京都渋谷区', 'JP'],
    ['田中 太郎', 'JP'],
    ['田中さくら', 'CN'],
    ['김철수', 'KR'],
    ['金', 'KR'],
    ['王小明', 'US'],
    ['دبي', 'AE'],
    ['กรุงเทพ', 'TH'],
    ['ירושלים', 'IL'],
  ])('asks for %s in %s', (text, country) => {
    expect(romanise(text, country, 'place')).toBeNull()
    expect(suggestLatin({ ...ADDRESS, name: text, country })).toEqual({ latin: {}, ask: ['name'] })
  })

  it('suggests only what is not Latin and not typed yet', () => {
    const address = { ...ADDRESS, country: 'CN', name: '李雷', line1: '建国路1号', city: 'Beijing' }
    expect(suggestLatin({ ...address, latin: { line1: '1 Jianguo Road' } })).toEqual({
      latin: { name: 'LI LEI' },
      ask: [],
    })
  })

  it('is Latin, with every word of it and a syllable for each character, or nothing at all', () => {
    const word = fc.oneof(
      fc.string({
        unit: fc.constantFrom(...Array.from('王李张重庆长安区路号绿女吕')),
        minLength: 1,
        maxLength: 5,
      }),
      fc.string({ unit: fc.constantFrom(...Array.from('абвгдежзийклщюяЖЩ')), minLength: 1, maxLength: 6 }),
      fc.string({ unit: fc.constantFrom(...Array.from('αβγδευηιλμνοπςΑΕΜΠΥ')), minLength: 1, maxLength: 6 }),
      fc.string({
        unit: fc.constantFrom(...Array.from('カキクサシあいうえおんっゃー')),
        minLength: 1,
        maxLength: 6,
      }),
      fc.string({ unit: fc.constantFrom(...Array.from('abcü12김دب日,-')), minLength: 1, maxLength: 6 }),
    )
    const country = fc.constantFrom('CN', 'JP', 'RU', 'UA', 'BG', 'GR', 'KR', 'US')
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 5 }),
        country,
        fc.constantFrom('name', 'place'),
        (words, at, kind) => {
          const text = words.join(' ')
          const latin = romanise(text, at, kind)
          if (latin === null) return
          expect(isLatin(latin)).toBe(true)
          const han = Array.from(text).filter((each) => /\p{Script=Han}/u.test(each)).length
          const vowels = latin.match(/[aeiouyAEIOUY]/g)?.length ?? 0
          expect(vowels).toBeGreaterThanOrEqual(han)
          for (const own of text.match(/[a-zü]{2,}|\d+/g) ?? []) expect(latin).toContain(own)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('toAscii', () => {
  it('writes umlauts as chosen', () => {
    expect(toAscii('Müller, Größe, ÜBER, Übung')).toBe('Mueller, Groesse, UEBER, Uebung')
    expect(toAscii('Müller, Größe, ÜBER', 'u')).toBe('Muller, Grosse, UBER')
  })
  it('drops accents and keeps what has no plain form', () => {
    expect(toAscii('Łódź Ørsted São Đà Nẵng d’Été 王')).toBe("Lodz Orsted Sao Da Nang d'Ete 王")
  })
})

describe('fitLines', () => {
  it('takes what carriers take that say nothing else', () => {
    expect(limitsOf('amazon-shipping').width).toBe(60)
    expect(limitsOf('no such carrier')).toEqual(USUAL_LIMITS)
  })

  it('breaks between words', () =>
    expect(fitLines(['Chongqing Shi Yuzhong Qu Jiefangbei Jiedao 88 Hao'], { width: 20, lines: 3 })).toEqual({
      lines: ['Chongqing Shi', 'Yuzhong Qu', 'Jiefangbei Jiedao 88', 'Hao'],
      findings: [{ reason: 'lines-too-many', text: 'Hao' }],
    }))

  it('loses no word, and says of every line that is too long or too many', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('abcü  ')), maxLength: 80 })
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 4 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(4),
        (texts, width, most) => {
          const { lines, findings } = fitLines(texts, { width, lines: most })
          const words = (all: readonly string[]) => all.flatMap((each) => each.split(/\s+/)).filter(Boolean)
          expect(words(lines)).toEqual(words(texts))
          const bad = lines.some((line) => line.length > width) || lines.length > most
          expect(findings.length > 0).toBe(bad)
        },
      ),
    )
  })
})
