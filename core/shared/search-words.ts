/**
 * Texts in any script as words that can be looked up. Latin, Cyrillic, Greek and the like are words between blanks; a word with something
 * in it (`A-1001`, an e-mail address) can also be found from each of its parts on, with or without what stands between them. Scripts
 * that are written without blanks, and Hangul, are pairs of neighbouring characters.
 */

/** Longer words are told apart by this many UTF-16 units only. */
export const LONGEST_WORD = 32
/** What lies beyond is not looked at. */
const LONGEST_TEXT = 4_000
/** Digits after letters that are looked up by themselves, as in `RR123456785CN`. */
const FEWEST_DIGITS = 4

const GAP = 1
const BETWEEN = 2
const LETTER = 3
const DIGIT = 4
const PAIRED = 5

/** A word, or a stretch of characters that are looked up in pairs. */
export interface Piece {
  paired: boolean
  /** From and to of each part in the text, one after the other: of a word its parts, of a paired stretch its characters. */
  parts: number[]
}

/** One word to look for: the beginning of a word, or exactly it. */
export interface SoughtWord {
  text: string
  exact: boolean
}

/** Words and stretches of a folded text, in their order. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  const end = Math.min(text.length, LONGEST_TEXT)
  let open: Piece | null = null
  let last = GAP
  for (let at = 0; at < end;) {
    const code = text.codePointAt(at) ?? 0
    const next = at + (code > 0xffff ? 2 : 1)
    const kind = kindOf(code)
    if (kind === GAP) open = null
    else if (kind !== BETWEEN) {
      const paired = kind === PAIRED
      if (open === null || open.paired !== paired || (paired && last === BETWEEN)) {
        open = { paired, parts: [at, next] }
        pieces.push(open)
      } else if (paired || last === BETWEEN || (last === LETTER && kind === DIGIT && digitsFrom(text, at)))
        open.parts.push(at, next)
      else open.parts[open.parts.length - 1] = next
    }
    last = kind
    at = next
  }
  return pieces
}

/** The text of a piece without what stands between its parts. */
export function joinPiece(text: string, { parts }: Piece): string {
  let joined = ''
  for (let i = 0; i < parts.length; i += 2) joined += text.slice(parts[i], parts[i + 1])
  return joined
}

/** Most words of most texts: nothing in them but letters that need no care, or digits. */
const SINGLE = /^(?:[a-z]{1,32}|\d{1,32})$/

/** Everything a folded text can be found by, each at least once. */
export function wordsOf(text: string): string[] {
  if (SINGLE.test(text)) return [text]
  const words: string[] = []
  for (const piece of piecesOf(text)) {
    if (piece.paired) addPairs(text, piece, words)
    else addParts(text, piece, words)
  }
  return words
}

/** What to look for so as to find a folded text; all of it together. None for a text without letters and digits. */
export function soughtWords(text: string): SoughtWord[] {
  return piecesOf(text).flatMap((piece): SoughtWord[] => {
    if (!piece.paired) return [{ text: joinPiece(text, piece).slice(0, LONGEST_WORD), exact: false }]
    if (piece.parts.length === 2) return [{ text: joinPiece(text, piece), exact: false }]
    const pairs: string[] = []
    addPairs(text, piece, pairs)
    return pairs.slice(0, -1).map((pair) => ({ text: pair, exact: true }))
  })
}

/** True where a folded text has a phrase, also folded, as whole words. */
export function hasPhrase(text: string, phrase: string): boolean {
  if (phrase === '') return true
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const end = at + phrase.length
    if (!continues(text, at) && !continues(text, end)) return true
  }
  return false
}

/** Each two neighbours, then the last one alone, so that each character begins something. */
function addPairs(text: string, { parts }: Piece, words: string[]): void {
  for (let i = 0; i < parts.length; i += 2) words.push(text.slice(parts[i], parts[i + 3] ?? parts[i + 1]))
}

/** The word from each of its parts on. */
function addParts(text: string, piece: Piece, words: string[]): void {
  const joined = joinPiece(text, piece)
  let from = 0
  for (let i = 0; i < piece.parts.length; i += 2) {
    words.push(joined.slice(from, from + LONGEST_WORD))
    from += (piece.parts[i + 1] ?? 0) - (piece.parts[i] ?? 0)
  }
}

function digitsFrom(text: string, at: number): boolean {
  const end = at + FEWEST_DIGITS
  if (end > text.length) return false
  for (let i = at; i < end; i++) if (kindOf(text.charCodeAt(i)) !== DIGIT) return false
  return true
}

/** True when a word goes on over this place. */
function continues(text: string, at: number): boolean {
  return at > 0 && at < text.length && isWord(text.charCodeAt(at - 1)) && isWord(text.charCodeAt(at))
}

function isWord(code: number): boolean {
  const kind = kindOf(code)
  return kind === LETTER || kind === DIGIT
}

const PAIRED_SCRIPTS =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]/u

/** What the first plane's characters are, each found out once; 0: not yet. */
const KINDS = new Uint8Array(0x10000)

function kindOf(code: number): number {
  if (code > 0xffff) return findKind(code)
  const known = KINDS[code]
  if (known) return known
  return (KINDS[code] = findKind(code))
}

function findKind(code: number): number {
  const char = String.fromCodePoint(code)
  if (/\s/.test(char)) return GAP
  if (/\p{Nd}/u.test(char)) return DIGIT
  if (!/[\p{L}\p{M}\p{N}]/u.test(char)) return BETWEEN
  return PAIRED_SCRIPTS.test(char) ? PAIRED : LETTER
}
