/** How German umlauts are written without their dots: ü as `ue` or as `u`. */
export type Umlauts = 'ue' | 'u'

/** Letters that are no base letter plus mark. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', ẞ: 'SS', æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', ø: 'o', Ø: 'O', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D' },
  ...{
    ł: 'l',
    Ł: 'L',
    þ: 'th',
    Þ: 'TH',
    ı: 'i',
    ħ: 'h',
    Ħ: 'H',
    ŧ: 't',
    Ŧ: 'T',
    ŋ: 'n',
    Ŋ: 'N',
    ĸ: 'k',
    ə: 'e',
    Ə: 'E',
  },
  ...{ '’': "'", '‘': "'", '“': '"', '”': '"', '„': '"', '–': '-', '—': '-', '‐': '-', '‑': '-', '…': '...' },
  ...{ '«': '"', '»': '"', '·': ' ', '€': 'EUR', '№': 'No', '™': '', '°': ' ', '¿': '', '¡': '', '´': "'" },
}

/**
 * Latin text in plain ASCII, for carriers that take nothing else. Accents are dropped, ß is ss. What has no ASCII form stays as it is: the caller looks whether
 * the answer is ASCII, nothing is lost on the way.
 */
export function toAscii(text: string, umlauts: Umlauts = 'ue'): string {
  const known = text.normalize('NFC').replace(/[äöüÄÖÜ]/g, (letter, at: number, whole: string) => {
    const base = letter.normalize('NFD').charAt(0)
    if (umlauts === 'u') return base
    const shouting = base !== base.toLowerCase() && /^[^\p{Ll}]*$/u.test(wordFrom(whole, at))
    return base + (shouting ? 'E' : 'e')
  })
  return known
    .replace(/[^\u0000-\u007f]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(/(?<=[A-Za-z])[\u0300-\u036f]+/g, '')
    .normalize('NFC')
}

/** The rest of the word after a letter, with the letter before it. */
function wordFrom(text: string, at: number): string {
  return (/^[\p{L}]*/u.exec(text.slice(at + 1))?.[0] ?? '') + (/\p{L}$/u.exec(text.slice(0, at))?.[0] ?? '')
}
