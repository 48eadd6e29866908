/** Scripts written without spaces: a line may end between any two of their characters. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u
const NOT_FIRST = /[)\]}、。，．：；？！」』】〉》）］｝ー・%‰…～]/u
const NOT_LAST = /[([{「『【〈《（［｛$£¥€#]/u

function mayBreakBetween(left: string, right: string): boolean {
  if (right === ' ' || /^\p{M}/u.test(right) || NOT_FIRST.test(right) || NOT_LAST.test(left)) return false
  if (left === ' ') return true
  if (left === '-' || left === '/') return /\p{L}/u.test(right)
  return UNSPACED.test(left) || UNSPACED.test(right) || (THAI.test(left) && THAI.test(right))
}

/** Thai is written without spaces, and a line ends between two words. */
const THAI = /\p{Script=Thai}/u
let thaiWords: Intl.Segmenter | undefined

function unitsOf(text: string): Iterable<string> {
  if (!THAI.test(text)) return text
  thaiWords ??= new Intl.Segmenter('th', { granularity: 'word' })
  return Array.from(thaiWords.segment(text), ({ segment }) => segment).flatMap((segment) =>
    THAI.test(segment) ? [segment] : Array.from(segment),
  )
}

/** The smallest pieces of text that must stay on one line; a piece keeps its trailing space. */
export function breakPieces(text: string): string[] {
  const pieces: string[] = []
  let previous = ''
  for (const character of unitsOf(text)) {
    if (previous === '' || mayBreakBetween(previous, character)) pieces.push(character)
    else pieces.push((pieces.pop() ?? '') + character)
    previous = character
  }
  return pieces
}

export interface Piece {
  text: string
  /** Widths with and without the trailing space. */
  width: number
  trimmedWidth: number
}

/** Fills lines from the left up to `limit`, in the unit of the widths. Null when one piece alone is wider than a line. */
export function wrapPieces(pieces: readonly Piece[], limit: number): string[] | null {
  const lines: string[] = []
  let line = ''
  let width = 0
  for (const piece of pieces) {
    if (piece.trimmedWidth > limit) return null
    if (line !== '' && width + piece.trimmedWidth > limit) {
      lines.push(line.trimEnd())
      line = ''
      width = 0
    }
    line += piece.text
    width += piece.width
  }
  if (line !== '') lines.push(line.trimEnd())
  return lines
}
