/** Letters that are no base letter plus mark, so decomposition leaves them alone. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ς: 'σ',
}

/** Of this nothing but upper case and blanks is ever changed; most numbers, SKUs and e-mail addresses are of it. */
const PLAIN = /^[ -~]*$/

/**
 * The form in which texts are searched and compared: compatibility forms unified (NFKC), lower case, accents
 * of Latin, Greek and Cyrillic removed, runs of white space made one blank. Kana voicing marks, Hangul and
 * Indic vowels stay. Folding twice changes nothing.
 */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().replace(/ {2,}/g, ' ').trim()
  const lower = text.normalize('NFKC').toLowerCase()
  const bare = lower
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
  return bare
    .replace(/[ßæœøđðłþıħŧς]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim()
}
