import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { FONT_IDS, labelMetrics } from '#core/documents/font-metrics.ts'
import { isPrintable } from '#core/documents/text-runs.ts'
import { testFonts, testMetrics } from '#tests/support/fonts.ts'
import manifest from '../../resources/fonts/manifest.json' with { type: 'json' }

describe('built fonts', () => {
  it('are the bytes the manifest promises, in this order of fallback', () => {
    expect(manifest.fonts.map(({ file }) => file)).toEqual(FONT_IDS.map((id) => `${id}.ttf`))
    for (const id of FONT_IDS) {
      const hash = createHash('sha256').update(testFonts()[id]).digest('hex')
      expect(hash).toBe(manifest.fonts.find(({ file }) => file === `${id}.ttf`)?.sha256)
    }
  })

  it.each([
    'Ґанок Єва Їжак, Әлия, Ђорђе, Αθήνα',
    'Łódź Żółć Příliš žluťoučký İstanbul Güneş Åse Þór Đặng Nguyễn Ẫ',
    '₽ ₴ ₺ ₹ € £ ¥ ₩ № × ’ “ ” „ … – —',
    '镕喆堃 臺灣龜 渋谷髙﨑 ぱーんズ （、。）',
    '서울특별시 뷁 ㄱㄴ',
    'محمد پاکستان کراچی ٹیکسٹائل ی ژ گ ١٢٣ ۴۵ ، ؟ مُحَمَّد',
    'שָׁלוֹם ב׳ ₪',
    'ผู้รับน้ำ ๑๒ ฿',
  ])('have every character of %s, regular and bold', (text) => {
    for (const weight of ['regular', 'bold'] as const)
      expect(isPrintable(testMetrics(), text, weight)).toBe(true)
  })

  it.each(['🌸', 'नमस्ते', 'Հայ', '𠮷'])('lack %s, and say so', (text) => {
    expect(isPrintable(testMetrics(), text, 'regular')).toBe(false)
  })

  it.each(['สมชาย', 'محمد', 'שלום'])('leave %s to papers; a label says its Latin form', (text) => {
    expect(isPrintable(labelMetrics(testMetrics()), text, 'bold')).toBe(false)
  })
})
