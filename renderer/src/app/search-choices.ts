import type { OrderRow } from '#core/order/order-row.ts'
import { parseSearch } from '#core/order/parse-search.ts'
import { SEARCH_OPERATORS, type SearchOperator } from '#core/order/search-operators.ts'
import { foldText } from '#core/shared/fold-text.ts'
import type { RecentSearch } from '#renderer/data/setting-records.ts'
import type { OrderPreview } from '#renderer/app/order-preview.ts'

/** One thing to choose under the search box. */
export type SearchChoice =
  | { kind: 'order'; key: string; row: OrderRow }
  | { kind: 'all'; key: string; count: number }
  | { kind: 'recent'; key: string; text: string }
  /** `text` is what the box holds once it is chosen. */
  | { kind: 'operator'; key: string; operator: SearchOperator; text: string }
  | { kind: 'value'; key: string; value: string; name: string; text: string }

/** A value of an operator; the name, or another one, finds it as well. */
export interface NamedValue {
  value: string
  name: string
  alias?: string
}
export type ValuesOf = (operator: string) => readonly NamedValue[]

export const CHOICE_GROUPS = ['value', 'order', 'recent', 'operator'] as const
export type ChoiceGroup = (typeof CHOICE_GROUPS)[number]

const MOST_RECENT = 5
const MOST_OPERATORS = 3
/** A list that is longer is not all shown, and not before the first letter. */
const MOST_VALUES = 40
const MOST_OF_MANY = 8

/** What is in the last, unfinished word: before it, its minus, and an operator or the beginning of one. */
const LAST_WORD = /^(.*?)(-?)([a-z][a-z-]*)(?:([:：])([^\s:："“”]*))?$/is

/** Everything to choose from under a text, in its order on the screen. An empty box shows what was looked for, and what can be said. */
export function choicesFor(
  text: string,
  found: OrderPreview | null,
  { recent, valuesOf }: { recent: readonly RecentSearch[]; valuesOf: ValuesOf },
): SearchChoice[] {
  if (text.trim() === '')
    return [...recentChoices(recent), ...SEARCH_OPERATORS.map((name) => operatorChoice('', name))]
  const orders = found === null ? [] : orderChoices(found)
  return [...valueChoices(text, valuesOf), ...orders, ...operatorChoices(text)]
}

/** Under which heading a choice stands. */
export function groupOf({ kind }: SearchChoice): ChoiceGroup {
  return kind === 'all' ? 'order' : kind
}

/** Nobody wants to be helped on at the end of a text as long as that. */
const LONGEST_HELPED = 300

function takeLast(text: string): (string | undefined)[] {
  return text.length > LONGEST_HELPED ? [] : (LAST_WORD.exec(text) ?? [])
}

function recentChoices(recent: readonly RecentSearch[]): SearchChoice[] {
  return recent.slice(0, MOST_RECENT).map(({ text }) => ({ kind: 'recent', key: `recent ${text}`, text }))
}

function orderChoices({ rows, count }: OrderPreview): SearchChoice[] {
  const orders = rows.map((row): SearchChoice => ({ kind: 'order', key: row.id, row }))
  return count === 0 ? [] : [...orders, { kind: 'all', key: 'all', count }]
}

function valueChoices(text: string, valuesOf: ValuesOf): SearchChoice[] {
  const [, before = '', minus = '', operator = '', colon, begun = ''] = takeLast(text)
  if (colon === undefined || !/^$|\s$/.test(before)) return []
  const values = valuesOf(operator.toLowerCase())
  const isLong = values.length > MOST_VALUES
  if (isLong && begun === '') return []
  const start = `${before}${minus}${operator.toLowerCase()}:`
  return fitting(values, foldText(begun))
    .slice(0, isLong ? MOST_OF_MANY : MOST_VALUES)
    .map(({ value, name }) => ({
      ...{ kind: 'value', key: `value ${value}`, value, name },
      text: `${start}${value} `,
    }))
}

/** Those that begin so, then those with a word in their name that does. */
function fitting(values: readonly NamedValue[], begun: string): NamedValue[] {
  const begins = values.filter(({ value }) => foldText(value).startsWith(begun) && foldText(value) !== begun)
  const named = values.filter(({ value, name, alias = '' }) => {
    const names = foldText(`${name} ${alias}`)
    // Chinese has no blanks between words.
    const isWord = /^[\p{ASCII}]*$/u.test(begun) ? ` ${names}`.includes(` ${begun}`) : names.includes(begun)
    return isWord && foldText(value) !== begun
  })
  return [...new Set([...begins, ...named])]
}

/** A text without the value at its end that is still being typed: one that an operator does not know, but could come to know. */
export function finishedPart(text: string, valuesOf: ValuesOf): string {
  const [, before = '', , , , begun = ''] = takeLast(text)
  if (begun === '' || valueChoices(text, valuesOf).length === 0) return text
  return parseSearch(text.slice(before.length)).hints.length > 0 ? before : text
}

function operatorChoices(text: string): SearchChoice[] {
  const [, before = '', minus = '', begun = '', colon] = takeLast(text)
  if (begun === '' || colon !== undefined || !/^$|\s$/.test(before)) return []
  return SEARCH_OPERATORS.filter((name) => name.startsWith(begun.toLowerCase()))
    .slice(0, MOST_OPERATORS)
    .map((name) => operatorChoice(before + minus, name))
}

function operatorChoice(before: string, operator: SearchOperator): SearchChoice {
  return { kind: 'operator', key: `operator ${operator}`, operator, text: `${before}${operator}:` }
}

/** What each operator looks like in use; the same in every language. */
export const OPERATOR_EXAMPLES: Readonly<Record<SearchOperator, string>> = {
  number: 'number:VD-10023',
  tracking: 'tracking:RR1234',
  sku: 'sku:MUG-1',
  buyer: 'buyer:"anna smith"',
  email: 'email:anna@',
  country: 'country:DE',
  channel: 'channel:vendure',
  tag: 'tag:gift',
  assignee: 'assignee:mia',
  service: 'service:registered',
  total: 'total:>100EUR',
  age: 'age:<2d',
  placed: 'placed:2026-11',
  items: 'items:2..5',
  is: 'is:late',
  has: 'has:note',
  blocked: 'blocked:held',
}
