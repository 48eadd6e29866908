import { BLOCKED_REASONS } from '#core/order/order.ts'
import { OPEN_QUEUES, type QueueId } from '#core/order/order-row.ts'
import { foldText } from '#core/shared/fold-text.ts'
import { parseAge, parseCount, parseDays, parseTotal } from '#core/order/search-ranges.ts'
import type { Fact, TextField } from '#core/order/search-terms.ts'

/** Operators whose value is words of one field. */
export const TEXT_OPERATORS = [
  'number',
  'tracking',
  'sku',
  'buyer',
  'email',
] as const satisfies readonly TextField[]

/** What `is:` can be. */
export const IS_VALUES = [
  'open',
  'to-ship',
  'blocked',
  'held',
  'parked',
  'unpaid',
  'label-ready',
  'handed-over',
  'shipped',
  'cancelled',
  'cancel-requested',
  'partly-shipped',
  'printed',
  'late',
  'late-risk',
  'not-scanned-out',
  'no-scan',
  'purged',
] as const
export const HAS_VALUES = ['note', 'label', 'tag', 'assignee', 'customs-override', 'many-lines'] as const

/** Names of the operators about facts, and how each reads its value (folded, as typed); null: not a value of it. */
const FACT_READERS = {
  country: (value) => {
    const code = value.toUpperCase()
    return /^[A-Z]{2}$/.test(code) ? { kind: 'country', code: code === 'UK' ? 'GB' : code } : null
  },
  channel: (text) => ({ kind: 'channel', text }),
  tag: (text) => ({ kind: 'tag', text }),
  assignee: (text) => ({ kind: 'assignee', text }),
  service: (text) => ({ kind: 'service', text }),
  total: (value) => parseTotal(value),
  age: (value) => withRange('age', parseAge(value)),
  placed: (value) => {
    const days = parseDays(value)
    return days === null ? null : { kind: 'placed', ...days }
  },
  items: (value) => withRange('items', parseCount(value)),
  is: readState,
  has: readHas,
  blocked: (value) => {
    const reason = BLOCKED_REASONS.find((known) => known === value)
    return reason === undefined ? null : { kind: 'blocked', reason }
  },
} satisfies Record<string, (value: string) => Fact | null>

export type FactOperator = keyof typeof FACT_READERS
export type SearchOperator = (typeof TEXT_OPERATORS)[number] | FactOperator

/** In the order in which help shows them. */
export const SEARCH_OPERATORS: readonly SearchOperator[] = [
  ...TEXT_OPERATORS,
  ...(Object.keys(FACT_READERS) as FactOperator[]),
]

/** Values that an operator has a closed list of; undefined: anything. */
export function valuesOf(operator: string): readonly string[] | undefined {
  return new Map<string, readonly string[]>([
    ['is', IS_VALUES],
    ['has', HAS_VALUES],
    ['blocked', BLOCKED_REASONS],
  ]).get(operator)
}

/** True for the name of an operator about facts. */
export function isFactOperator(name: string): name is FactOperator {
  return Object.hasOwn(FACT_READERS, name)
}

/** What an operator says; null when the value is none of its own. */
export function readFact(operator: FactOperator, value: string): Fact | null {
  return FACT_READERS[operator](foldText(value))
}

function withRange<K extends 'age' | 'items'>(kind: K, range: ReturnType<typeof parseAge>) {
  return range === null ? null : { kind, range }
}

function readState(value: string): Fact | null {
  const name = IS_VALUES.find((known) => known === value.replaceAll('_', '-'))
  switch (name) {
    case undefined:
      return null
    case 'open':
      return { kind: 'queue', queues: OPEN_QUEUES }
    case 'held':
    case 'cancel-requested':
    case 'partly-shipped':
      return { kind: 'flag', flag: name }
    case 'late':
    case 'late-risk':
    case 'not-scanned-out':
    case 'no-scan':
      return { kind: 'clock', state: name }
    case 'printed':
    case 'purged':
      return { kind: name }
    default:
      return { kind: 'queue', queues: [name.replaceAll('-', '_') as QueueId] }
  }
}

function readHas(value: string): Fact | null {
  const what = HAS_VALUES.find((known) => known === value.replaceAll('_', '-'))
  if (what === undefined) return null
  if (what === 'note' || what === 'customs-override' || what === 'many-lines')
    return { kind: 'flag', flag: what }
  return { kind: 'has', what }
}
