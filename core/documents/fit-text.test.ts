import { describe, expect, it } from 'vitest'
import { fitText, type TextStyle } from '#core/documents/fit-text.ts'
import { MM_PER_PT } from '#core/documents/font-metrics.ts'
import { cleanText, splitRuns } from '#core/documents/text-runs.ts'
import { visualOrder } from '#core/documents/visual-order.ts'
import { breakPieces } from '#core/documents/wrap-text.ts'
import { FAKE_METRICS } from '#tests/support/fake-metrics.ts'

const STYLE: TextStyle = { weight: 'regular', sizePt: 10, minPt: 6, maxLines: 2 }
/** Room for this many Latin characters at 10 pt. */
const room = (characters: number) => characters * 0.5 * 10 * MM_PER_PT

function fit(text: string, characters: number, style: Partial<TextStyle> = {}) {
  return fitText(FAKE_METRICS, text, { ...STYLE, ...style }, room(characters), 'to.line1')
}

function linesOf(text: string, characters: number, style: Partial<TextStyle> = {}) {
  const fitted = fit(text, characters, style)
  if (!fitted.ok) throw new Error(fitted.error.reason)
  return {
    size: fitted.value.sizePt,
    lines: fitted.value.lines.map((line) => line.runs.map((run) => run.text).join('')),
  }
}

describe('fitText', () => {
  it('leaves a text that fits at its size', () => {
    expect(linesOf('1234567890', 10)).toEqual({ size: 10, lines: ['1234567890'] })
  })

  it('shrinks in quarter points before it wraps', () => {
    expect(linesOf('12345 78901', 10)).toEqual({ size: 9, lines: ['12345 78901'] })
    expect(linesOf('1234567 901234567', 10)).toEqual({ size: 10, lines: ['1234567', '901234567'] })
  })

  it('wraps as large as the number of lines allows', () => {
    const { size, lines } = linesOf('aaaa bbbb cccc dddd', 10)
    expect(lines).toEqual(['aaaa bbbb', 'cccc dddd'])
    expect(size).toBe(10)
  })

  it('refuses what does not fit at the smallest size, naming the field', () => {
    expect(fit('a'.repeat(17), 10)).toEqual({
      ok: false,
      error: { code: 'invalid-input', reason: 'text-too-long', field: 'to.line1' },
    })
    expect(fit('aaaaaaaaaaaaaaa bbbbbbbbbbbbbbb ccccccccccccccc', 10).ok).toBe(false)
    expect(fit('12345 7890123456', 10, { maxLines: 1 }).ok).toBe(true)
    expect(fit('12345 78901234567', 10, { maxLines: 1 }).ok).toBe(false)
  })

  it('gives no lines for nothing', () => {
    expect(linesOf(' \u200b\n ', 10).lines).toEqual([])
  })

  it('names characters no font has', () => {
    expect(fit('Anna 🌸 नम', 40)).toEqual({
      ok: false,
      error: {
        code: 'invalid-input',
        reason: 'glyph-missing',
        field: 'to.line1',
        remoteMessage: 'U+1F338 🌸, U+0928 न, U+092E म',
      },
    })
  })
})

describe('splitRuns', () => {
  it('groups characters by the first font that has them; spaces stay with their neighbours', () => {
    const runs = splitRuns(FAKE_METRICS, 'Tシャツ 女式 한글 XL', 'bold')
    expect(runs.ok && runs.value.map((run) => [run.font, run.text])).toEqual([
      ['sans-bold', 'T'],
      ['sc-bold', 'シャツ 女式 '],
      ['kr-bold', '한글 '],
      ['sans-bold', 'XL'],
    ])
  })
})

describe('visualOrder', () => {
  const order = (line: string) => visualOrder(line).map(({ text }) => text)

  it('leaves a line from left to right alone', () => {
    expect(visualOrder('Anna (2) 东京')).toEqual([{ text: 'Anna (2) 东京', rightToLeft: false }])
  })

  it('puts words from right to left, figures and foreign words as they are read', () => {
    expect(order('محمد علي 12')).toEqual(['12', ' ', 'علي', ' ', 'محمد'])
    expect(order('To: محمد علي, Riyadh')).toEqual(['To: ', 'علي', ' ', 'محمد', ', Riyadh'])
    expect(order('קומה 3 Tower')).toEqual(['Tower', ' ', '3', ' ', 'קומה'])
  })

  it('turns brackets, one by one where they stand together', () => {
    expect(order('א (ב), ג')).toEqual(['ג', ' ', ')ב(,', ' ', 'א'])
    const runs = splitRuns(FAKE_METRICS, 'א (ב), ג', 'regular')
    expect(runs.ok && runs.value.map(({ text }) => text)).toEqual(['ג', ' ', ',(', 'ב', ')', ' ', 'א'])
  })
})

describe('cleanText', () => {
  it('composes, makes white space plain and drops invisible characters', () => {
    expect(cleanText(' Zoe\u0308\u00a0\u3000Le\u200bfe\u0300vre\r\nx\u2011y\ufe0f ')).toBe('Zoë Lefèvre x-y')
    expect(cleanText('\u202eevil\u202c')).toBe('evil')
  })

  it('stacks Thai and Arabic marks as they are drawn, and lets Persian letters stand apart', () => {
    expect(cleanText('น้ำ')).toBe('น\u0e4d\u0e49\u0e32')
    expect(cleanText('م\u064e\u0651')).toBe('م\u0651\u064e')
    expect(cleanText('می\u200cخواهم a\u200cb')).toBe('می\u200cخواهم ab')
  })
})

describe('breakPieces', () => {
  it('breaks after spaces and hyphens and between Han, never before a closing mark', () => {
    expect(breakPieces('Anna-Lena 12-3 东京、（京）')).toEqual([
      'Anna-',
      'Lena ',
      '12-3 ',
      '东',
      '京、',
      '（京）',
    ])
    expect(breakPieces('ผู้รับสินค้า ที่อยู่')).toEqual(['ผู้รับ', 'สินค้า ', 'ที่', 'อยู่'])
    expect(breakPieces('서울특별시 강남구')).toEqual(['서울특별시 ', '강남구'])
  })
})
