import type { Address } from '#core/address/address.ts'
import { isLatin, listMissingLatin, type LatinField } from '#core/address/is-latin.ts'
import { romaniseCyrillic, romaniseGreek } from '#core/address/latin/alphabets.ts'
import { romaniseKana } from '#core/address/latin/kana.ts'
import { romaniseChineseName, romaniseChinesePlace } from '#core/address/latin/pinyin.ts'

/** Where Han characters are read as Chinese. Elsewhere, and in Japan first of all, the reading is not in the characters. */
const READ_AS_CHINESE = new Set(['CN', 'TW', 'HK', 'MO', 'SG'])

const STRETCH =
  /\p{Script=Han}+|[\p{Script=Hiragana}\p{Script=Katakana}ー]+|[\p{Script=Cyrillic}\p{M}]+|[\p{Script=Greek}\p{M}]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Cyrillic}\p{Script=Greek}]+/gu

/** Latin forms for a person to look at, never to be sent unseen. */
export interface LatinSuggestion {
  latin: Partial<Record<LatinField, string>>
  /** Parts whose Latin form only their owner knows: kanji, Hangul, Arabic, Thai… */
  ask: LatinField[]
}

/** Latin forms of the parts of an address that still lack one. */
export function suggestLatin(address: Address): LatinSuggestion {
  const suggestion: LatinSuggestion = { latin: {}, ask: [] }
  for (const field of listMissingLatin(address)) {
    const form = romanise(address[field], address.country, field === 'name' ? 'name' : 'place')
    if (form === null) suggestion.ask.push(field)
    else suggestion.latin[field] = form
  }
  return suggestion
}

/** A text in Latin letters, word for word; null when something in it cannot be read for sure. `country` is ISO 3166-1 alpha-2. */
export function romanise(text: string, country: string, kind: 'name' | 'place'): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[、，]/g, ', ')
    .replace(/[。・‧･]/g, ' ')
  const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(plain)
  const stretches: string[] = []
  for (const stretch of plain.match(STRETCH) ?? []) {
    const latin = romaniseStretch(stretch, country, japanese ? null : kind)
    if (latin === null) return null
    stretches.push(latin)
  }
  const joined = stretches
    .join(' ')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[,.;)])/g, '')
    .trim()
  return isLatin(joined) ? joined : null
}

/** `han` says how Han characters may be read; null: not at all. */
function romaniseStretch(stretch: string, country: string, han: 'name' | 'place' | null): string | null {
  if (/^\p{Script=Han}/u.test(stretch)) {
    if (han === null || !READ_AS_CHINESE.has(country)) return null
    return han === 'name' ? romaniseChineseName(stretch) : romaniseChinesePlace(stretch)
  }
  if (/^[\p{Script=Hiragana}\p{Script=Katakana}ー]/u.test(stretch)) return romaniseKana(stretch)
  if (/^\p{Script=Cyrillic}/u.test(stretch)) return romaniseCyrillic(stretch, country)
  if (/^\p{Script=Greek}/u.test(stretch)) return romaniseGreek(stretch)
  return stretch.trim()
}
