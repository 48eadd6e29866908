import { MM_PER_PT, type FontMetrics } from '#core/documents/font-metrics.ts'

const LATIN = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]/u
const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef ]/u
const OTHERS = {
  arabic: /[\p{Script=Arabic} ]/u,
  hebrew: /[\p{Script=Hebrew} ]/u,
  thai: /[\p{Script=Thai} ]/u,
}
const HANGUL = /[\p{Script=Hangul} ]/u

/** Fonts of square characters: half an em wide in Latin, a whole one elsewhere; nobody has emoji. */
export const FAKE_METRICS: FontMetrics = {
  has: (font, codePoint) => {
    const character = String.fromCodePoint(codePoint)
    if (codePoint > 0xffff) return false
    if (font.startsWith('sans'))
      return LATIN.test(character) && !/[\u3000-\u303f\uff00-\uffef]/u.test(character)
    const [script = ''] = font.split('-')
    if (script in OTHERS) return OTHERS[script as keyof typeof OTHERS].test(character)
    return (font.startsWith('sc') ? HAN : HANGUL).test(character)
  },
  width: (font, text, sizePt) =>
    Array.from(text).length * (font.startsWith('sans') ? 0.5 : 1) * sizePt * MM_PER_PT,
}
