import { foldText } from '#core/shared/fold-text.ts'
import { soughtWords } from '#core/shared/search-words.ts'
import { isFactOperator, readFact, TEXT_OPERATORS } from '#core/order/search-operators.ts'
import type { ParsedSearch, SearchSpan, TextField } from '#core/order/search-terms.ts'

/** Text behind this is not looked at; nobody types that much. */
const LONGEST_SEARCH = 500
const MOST_TERMS = 32

const GAP = /\s+/y
const MINUS = /[-－−](?=\S)/y
const OPERATOR = /([a-z][a-z-]*)[:：]/iy
const QUOTED = /["“”„＂]([^"“”„＂]*)(["“”„＂]?)/y
const WORD = /[^\s"“”„＂]+/y

/** One stretch between blanks, taken apart but not yet understood. */
interface Stretch {
  from: number
  negated: boolean
  /** Lower case, '' when there is none; and where its value begins. */
  operator: string
  valueFrom: number
  to: number
  value: string
  /** In quotes that are closed. */
  quoted: boolean
}

/**
 * Understands a search as typed: words, "phrases", -minus and operator:value. Whatever is not understood is plain words; nothing is refused.
 * An operator without its value yet says nothing. The full-width forms of colon, minus and quotes do as well.
 */
export function parseSearch(typed: string): ParsedSearch {
  const parsed: ParsedSearch = { terms: [], facts: [], spans: [], hints: [] }
  const text = typed.slice(0, LONGEST_SEARCH)
  for (const stretch of stretchesOf(text)) {
    if (parsed.terms.length + parsed.facts.length >= MOST_TERMS) break
    addStretch(parsed, stretch, text)
  }
  return parsed
}

function* stretchesOf(text: string): Generator<Stretch> {
  for (let at = 0; at < text.length;) {
    const gap = matchAt(GAP, text, at)
    if (gap) {
      at += gap[0].length
      continue
    }
    const from = at
    const negated = matchAt(MINUS, text, at) !== null
    if (negated) at++
    const operator = matchAt(OPERATOR, text, at)
    if (operator) at += operator[0].length
    const valueFrom = at
    const quoted = matchAt(QUOTED, text, at)
    const word = quoted ?? matchAt(WORD, text, at)
    if (word) at += word[0].length
    const value = (quoted ? quoted[1] : word?.[0]) ?? ''
    yield {
      ...{ from, negated, valueFrom, to: at, value },
      operator: operator?.[1]?.toLowerCase() ?? '',
      quoted: quoted !== null && quoted[2] !== '',
    }
  }
}

function addStretch(parsed: ParsedSearch, stretch: Stretch, text: string): void {
  const { operator, value, quoted, negated } = stretch
  const said = foldText(value) !== ''
  const field = TEXT_OPERATORS.find((name) => name === operator) ?? null
  if (operator === '') {
    addWords(parsed, null, value, stretch)
    parsed.spans.push(spanOf(stretch, stretch.from, stretch.to, quoted ? 'phrase' : 'word'))
  } else if (field !== null || isFactOperator(operator)) {
    const fact = field === null && isFactOperator(operator) && said ? readFact(operator, value) : null
    if (field === null && fact === null && said) {
      parsed.hints.push({ kind: 'value-unknown', operator, value })
      takeAsWords(parsed, stretch, text)
      return
    }
    if (fact !== null) parsed.facts.push({ ...fact, negated })
    else addWords(parsed, field, value, stretch)
    parsed.spans.push(spanOf(stretch, stretch.from, stretch.valueFrom, 'operator'))
    if (value !== '') parsed.spans.push(spanOf(stretch, stretch.valueFrom, stretch.to, 'value'))
  } else {
    parsed.hints.push({ kind: 'unknown-operator', operator, value: '' })
    takeAsWords(parsed, stretch, text)
  }
}

/** What an unknown operator or value comes to: the very words that were typed. */
function takeAsWords(parsed: ParsedSearch, stretch: Stretch, text: string): void {
  const from = stretch.from + (stretch.negated ? 1 : 0)
  addWords(parsed, null, text.slice(from, stretch.to), { ...stretch, quoted: false })
  parsed.spans.push(spanOf(stretch, stretch.from, stretch.to, 'unknown'))
}

/** Nothing when there is no letter and no digit in it. */
function addWords(parsed: ParsedSearch, field: TextField | null, value: string, stretch: Stretch): void {
  const { negated, quoted } = stretch
  const text = foldText(value)
  if (soughtWords(text).length > 0)
    parsed.terms.push({ kind: 'text', field, text, phrase: quoted, negated, skus: [] })
}

function spanOf({ negated }: Stretch, from: number, to: number, kind: SearchSpan['kind']): SearchSpan {
  return { from, to, kind, negated }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
