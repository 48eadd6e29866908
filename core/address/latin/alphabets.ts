/** Letters for letters, as in machine-readable passports (ICAO Doc 9303-3, section 6). Lower case. */
const CYRILLIC =
  'а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ' +
  'ъ=ie ы=y ь= э=e ю=iu я=ia ґ=g є=ie ї=i і=i ў=u ђ=dj ј=j љ=lj њ=nj ћ=c џ=dz ѓ=g ќ=k ѕ=dz ѣ=ie ѵ=y'
const SOUTH_SLAVIC = 'ж=z х=h ц=c ч=c ш=s'
const BY_COUNTRY: Readonly<Record<string, string>> = {
  UA: 'г=h и=y',
  BY: 'г=h',
  BG: 'ж=zh й=y х=h щ=sht ъ=a ь=y ю=yu я=ya',
  RS: SOUTH_SLAVIC,
  ME: SOUTH_SLAVIC,
  BA: SOUTH_SLAVIC,
  MK: SOUTH_SLAVIC,
}

const GREEK =
  'α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o'
const GREEK_PAIRS: readonly [RegExp, string][] = [
  [/ου/gi, 'ou'],
  [/([αεη])υ(?=[αεηιουωβγδζλμνρ])/gi, '$1v'],
  [/([αεη])υ/gi, '$1f'],
  [/γγ/gi, 'ng'],
  [/γξ/gi, 'nx'],
  [/γχ/gi, 'nch'],
  [/(?<!\p{L})μπ/giu, 'b'],
]

/** Cyrillic words; where passports of the country differ from the rule, their way. Null where a letter is not known. */
export function romaniseCyrillic(text: string, country: string): string | null {
  const table = new Map([...readTable(CYRILLIC), ...readTable(BY_COUNTRY[country] ?? '')])
  return replaceLetters(text.normalize('NFC'), table)
}

/** Greek words, accents dropped. Null where a letter is not known. */
export function romaniseGreek(text: string): string | null {
  // A vowel under a diaeresis is read by itself: it must not become part of a pair.
  const plain = text
    .normalize('NFD')
    .replace(/υ\u0301?\u0308\u0301?/gi, 'y')
    .replace(/\p{M}/gu, '')
  const paired = GREEK_PAIRS.reduce(
    (now, [pair, latin]) =>
      now.replace(pair, (found: string, vowel: unknown) =>
        matchCase(latin.replace('$1', typeof vowel === 'string' ? vowel : ''), found),
      ),
    plain,
  )
  return replaceLetters(paired, new Map(readTable(GREEK)))
}

function readTable(table: string): [string, string][] {
  return table
    .split(' ')
    .filter((entry) => entry !== '')
    .map((entry) => [entry.charAt(0), entry.slice(2)])
}

function replaceLetters(text: string, table: ReadonlyMap<string, string>): string | null {
  let latin = ''
  for (const word of text.match(/\p{L}+|[^\p{L}]+/gu) ?? []) {
    const capitals = word.length > 1 && word === word.toUpperCase()
    for (const letter of word) {
      const lower = letter.toLowerCase()
      const known = /[a-z]/.test(lower) || !/\p{L}/u.test(lower) ? lower : table.get(lower)
      if (known === undefined) return null
      latin += letter === lower ? known : capitals ? known.toUpperCase() : matchCase(known, letter)
    }
  }
  return latin
}

/** Capitals as before: of all letters, or of the first. */
function matchCase(latin: string, before: string): string {
  if (before.length > 1 && before === before.toUpperCase()) return latin.toUpperCase()
  const first = before.charAt(0)
  return first === first.toLowerCase() ? latin : latin.charAt(0).toUpperCase() + latin.slice(1)
}
