import { foldText } from '#core/shared/fold-text.ts'
import { soughtWords, wordsOf, type SoughtWord } from '#core/shared/search-words.ts'

/** Words → places of entries, for some ten thousand entries that do not change. */
export interface WordIndex {
  /** All words once, sorted by code units. */
  words: readonly string[]
  /** By word: the places of the entries that have it, rising. */
  places: readonly (readonly number[])[]
  size: number
}

/** An entry that has some of the words; the higher, the better. */
export interface WordHit {
  place: number
  score: number
}

/** Puts the words of texts in order; the n-th text is place n. */
export function indexWords(texts: readonly string[]): WordIndex {
  const found = new Map<string, number[]>()
  texts.forEach((text, place) => {
    for (const word of new Set(wordsOf(foldText(text)))) {
      const places = found.get(word)
      if (places === undefined) found.set(word, [place])
      else places.push(place)
    }
  })
  const words = [...found.keys()].sort()
  return { words, places: words.map((word) => found.get(word) ?? []), size: texts.length }
}

/**
 * The entries that have at least half of the words sought, by their beginnings; those with rarer words and with whole words first. One that has none of the
 * words is never among them.
 */
export function findWords(index: WordIndex, text: string): WordHit[] {
  const sought = soughtWords(foldText(text)).slice(0, 16)
  const scores = new Float64Array(index.size)
  const matched = new Uint8Array(index.size)
  for (const word of sought) {
    for (const [place, score] of scoreWord(index, word)) {
      scores[place] = (scores[place] ?? 0) + score
      matched[place] = (matched[place] ?? 0) + 1
    }
  }
  const hits: WordHit[] = []
  for (let place = 0; place < index.size; place++) {
    const share = (matched[place] ?? 0) / sought.length
    if (share >= 0.5) hits.push({ place, score: (scores[place] ?? 0) * share })
  }
  return hits.sort((a, b) => b.score - a.score || a.place - b.place)
}

/** Entries with one word, each with what it counts. */
function scoreWord(index: WordIndex, word: SoughtWord): Map<number, number> {
  const best = new Map<number, number>()
  for (const form of word.exact ? [word.text] : formsOf(word.text)) {
    for (let at = firstFrom(index.words, form); index.words[at]?.startsWith(form); at++) {
      const whole = index.words[at] === form
      if (word.exact && !whole) break
      const places = index.places[at] ?? []
      const score = Math.log(1 + index.size / places.length) * (whole ? 1 : 0.6)
      for (const place of places) if (score > (best.get(place) ?? 0)) best.set(place, score)
    }
  }
  return best
}

/** A word and, of an English plural, what its singular may be. */
function formsOf(word: string): string[] {
  if (!/^[a-z]{4,}s$/.test(word)) return [word]
  const forms = [word, word.slice(0, -1)]
  if (word.endsWith('ies')) forms.push(`${word.slice(0, -3)}y`)
  else if (word.endsWith('es')) forms.push(word.slice(0, -2))
  return forms
}

function firstFrom(words: readonly string[], word: string): number {
  let low = 0
  let high = words.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((words[middle] ?? '') < word) low = middle + 1
    else high = middle
  }
  return low
}
