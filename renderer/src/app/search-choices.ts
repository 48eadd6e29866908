import type { OrderRow } from '#core/order/order-row.ts'
import { SEARCH_OPERATORS, valuesOf, type SearchOperator } from '#core/order/search-operators.ts'
import type { RecentSearch } from '#renderer/data/records.ts'
import type { OrderPreview } from '#renderer/app/order-preview.ts'

/** One thing to choose under the search box. */
export type SearchChoice =
  | { kind: 'order'; key: string; row: OrderRow }
  | { kind: 'all'; key: string; count: number }
  | { kind: 'recent'; key: string; text: string }
  /** `text` is what the box holds once it is chosen. */
  | { kind: 'operator'; key: string; operator: SearchOperator; text: string }
  | { kind: 'value'; key: string; value: string; text: string }

export const CHOICE_GROUPS = ['value', 'order', 'recent', 'operator'] as const
export type ChoiceGroup = (typeof CHOICE_GROUPS)[number]

const MOST_RECENT = 5
const MOST_OPERATORS = 3

/** What is in the last, unfinished word: before it, its minus, and an operator or the beginning of one. */
const LAST_WORD = /^(.*?)(-?)([a-z][a-z-]*)(?:([:：])([^\s:："“”]*))?$/is

/** Everything to choose from under a text, in its order on the screen. An empty box shows what was looked for, and what can be said. */
export function choicesFor(
  text: string,
  found: OrderPreview | null,
  recent: readonly RecentSearch[],
): SearchChoice[] {
  if (text.trim() === '')
    return [...recentChoices(recent), ...SEARCH_OPERATORS.map((name) => operatorChoice('', name))]
  const orders = found === null ? [] : orderChoices(found)
  return [...valueChoices(text), ...orders, ...operatorChoices(text)]
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

function valueChoices(text: string): SearchChoice[] {
  const [, before = '', minus = '', operator = '', colon, begun = ''] = takeLast(text)
  if (colon === undefined || !/^$|\s$/.test(before)) return []
  const values = valuesOf(operator.toLowerCase()) ?? []
  const start = `${before}${minus}${operator.toLowerCase()}:`
  return values
    .filter((value) => value.startsWith(begun.toLowerCase()) && value !== begun.toLowerCase())
    .map((value) => ({ kind: 'value', key: `value ${value}`, value, text: `${start}${value} ` }))
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
