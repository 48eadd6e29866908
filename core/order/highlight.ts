import { foldText } from '#core/shared/fold-text.ts'
import { joinPiece, piecesOf } from '#core/shared/search-words.ts'
import type { TextField, TextTerm } from '#core/order/search-terms.ts'

/** A stretch of a shown text that the search asks for: UTF-16 places, `to` not included. */
export interface Highlight {
  from: number
  to: number
}

/** Longer texts are shown as they are. */
const LONGEST_SHOWN = 1_000

/** A character with its marks, or with the voicing mark or vowels that it is one syllable with. */
const CHARACTER = /[^\p{M}\uff9e\uff9f\u1160-\u11ff][\p{M}\uff9e\uff9f\u1160-\u11ff]*|./gsu

/** Which parts of a text, as it is written, the terms ask for in that field; in order, none over another. */
export function highlightsOf(text: string, terms: readonly TextTerm[], field: TextField): Highlight[] {
  const asked = terms.filter((term) => !term.negated && (term.field === null || term.field === field))
  if (asked.length === 0 || text === '' || text.length > LONGEST_SHOWN) return []
  const folded = foldWithPlaces(text)
  const found = asked.flatMap((term) => [
    ...(term.phrase ? findPhrase(folded.text, term.text) : findWords(folded.text, term.text)),
    ...wholeSku(folded.text, term, field),
  ])
  const { starts, ends } = folded
  return joinOverlaps(found.map(([from, to]) => ({ from: starts[from] ?? 0, to: ends[to - 1] ?? 0 })))
}

/** The folded text, and for each of its units where in the text its character begins and ends. */
function foldWithPlaces(text: string): { text: string; starts: number[]; ends: number[] } {
  let folded = ''
  const starts: number[] = []
  const ends: number[] = []
  for (const { 0: character, index } of text.matchAll(CHARACTER)) {
    const form = foldText(character) || ' '
    for (let i = 0; i < form.length; i++) {
      starts.push(index)
      ends.push(index + character.length)
    }
    folded += form
  }
  return { text: folded, starts, ends }
}

type Stretch = [from: number, to: number]

/** Where words of a folded text begin as the pieces of the sought one say. */
function findWords(text: string, sought: string): Stretch[] {
  const pieces = piecesOf(text)
  return piecesOf(sought).flatMap((piece) => {
    const word = joinPiece(sought, piece)
    return pieces
      .filter(({ paired }) => paired === piece.paired)
      .flatMap(({ parts }) => findInPiece(text, parts, word))
  })
}

/** Compares from each part on, over what stands between the parts. */
function findInPiece(text: string, parts: readonly number[], word: string): Stretch[] {
  const units: number[] = []
  const beginnings: number[] = []
  for (let i = 0; i < parts.length; i += 2) {
    beginnings.push(units.length)
    for (let at = parts[i] ?? 0; at < (parts[i + 1] ?? 0); at++) units.push(at)
  }
  const fits = (from: number): boolean => {
    for (let i = 0; i < word.length; i++) {
      const at = units[from + i]
      if (at === undefined || text.charCodeAt(at) !== word.charCodeAt(i)) return false
    }
    return true
  }
  return beginnings
    .filter(fits)
    .map((from): Stretch => [units[from] ?? 0, (units[from + word.length - 1] ?? 0) + 1])
}

function findPhrase(text: string, phrase: string): Stretch[] {
  const found: Stretch[] = []
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + phrase.length))
    found.push([at, at + phrase.length])
  return found
}

/** A SKU whose barcode was typed is meant as a whole. */
function wholeSku(text: string, { skus }: TextTerm, field: TextField): Stretch[] {
  return field === 'sku' && skus.some((sku) => foldText(sku) === text.trim()) ? [[0, text.length]] : []
}

function joinOverlaps(highlights: readonly Highlight[]): Highlight[] {
  const joined: Highlight[] = []
  for (const next of [...highlights].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = joined.at(-1)
    if (last && next.from <= last.to) last.to = Math.max(last.to, next.to)
    else joined.push({ ...next })
  }
  return joined
}
