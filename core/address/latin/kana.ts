/** Kana in the order of their code points from ぁ on; small vowels as themselves. Hepburn, as in Japanese passports. */
const SYLLABLES = (
  'a a i i u u e e o o ka ga ki gi ku gu ke ge ko go sa za shi ji su zu se ze so zo ta da chi ji * tsu zu te de to do ' +
  'na ni nu ne no ha ba pa hi bi pi fu bu pu he be pe ho bo po ma mi mu me mo ya ya yu yu yo yo ra ri ru re ro wa wa i e o n vu'
).split(' ')
const FIRST = 0x3041
const SMALL_Y: Readonly<Record<string, string>> = { ゃ: 'a', ゅ: 'u', ょ: 'o' }
const SMALL_VOWELS: Readonly<Record<string, string>> = { ぁ: 'a', ぃ: 'i', ぅ: 'u', ぇ: 'e', ぉ: 'o' }

/** Hiragana and katakana in Latin letters, long vowels as they are written (ー is not), one word per stretch. Null where something else stands. */
export function romaniseKana(kana: string): string | null {
  const text = Array.from(kana, toHiragana).join('')
  let latin = ''
  let doubled = false
  for (const character of text) {
    if (character === 'ー') continue
    if (character === 'っ') {
      doubled = true
      continue
    }
    const syllable = SYLLABLES[(character.codePointAt(0) ?? 0) - FIRST]
    if (syllable === undefined) return null
    const joined = joinSmall(latin, character)
    if (joined !== null) latin = joined
    else latin += (doubled ? doubleOf(syllable) : '') + syllable
    doubled = false
  }
  return latin.replace(/n(?=[bmp])/g, 'm').replace(/^./, (first) => first.toUpperCase())
}

/** What a small kana makes of the syllable before it; null for a kana of full size. */
function joinSmall(latin: string, character: string): string | null {
  const y = SMALL_Y[character]
  if (y !== undefined && latin.endsWith('i'))
    return `${latin.slice(0, -1)}${/(sh|ch|j)i$/.test(latin) ? '' : 'y'}${y}`
  const vowel = SMALL_VOWELS[character]
  if (vowel === undefined || latin === '') return null
  return /(f|v|t|d|sh|ch|j|ts)[aeiou]$/.test(latin) ? latin.slice(0, -1) + vowel : latin + vowel
}

function doubleOf(syllable: string): string {
  return syllable.startsWith('ch') ? 't' : syllable.charAt(0)
}

function toHiragana(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code >= 0x30a1 && code <= 0x30f4 ? String.fromCodePoint(code - 0x60) : character
}
