import type { ClockState } from '#core/order/order-query.ts'
import type { BlockedReason } from '#core/order/order.ts'
import type { OrderFlag, QueueId } from '#core/order/order-row.ts'

/** Where in an order a word stands; `other` is titles, receivers, companies and whatever else can be found. */
export const TEXT_FIELDS = ['number', 'tracking', 'sku', 'buyer', 'email', 'other'] as const
export type TextField = (typeof TEXT_FIELDS)[number]

/** Words that an order must have, each as the beginning of one of its own. */
export interface TextTerm {
  kind: 'text'
  /** Null: anywhere. */
  field: TextField | null
  /** Folded (core/shared/fold-text.ts), never empty. */
  text: string
  /** Quoted: whole words, in this very order (`hasPhrase`); to be verified against the text itself. */
  phrase: boolean
  negated: boolean
  /** The text is the barcode of these SKUs: an order with one of them fits as well. Filled in by who looks barcodes up. */
  skus: readonly string[]
}

/** Whole numbers, both ends included; null is open. */
export interface NumberRange {
  from: number | null
  to: number | null
}

/** What an order must be, by its facts rather than its words. Texts are folded, codes are as in the row. */
export type Fact =
  | { kind: 'country'; code: string }
  /** Begins a word of the shop's name, or of its kind of channel. */
  | { kind: 'channel'; text: string }
  /** Begins the tag, or one of its words. */
  | { kind: 'tag'; text: string }
  | { kind: 'assignee'; text: string }
  | { kind: 'service'; text: string }
  /** In ten-thousandths of the currency's unit ({@link TOTAL_SCALE}), so that it is whole in every currency. */
  | { kind: 'total'; range: NumberRange; currency: string | null }
  /** Milliseconds since the order was placed. */
  | { kind: 'age'; range: NumberRange }
  /** ISO days in the desk's zone, both included; null is open. */
  | { kind: 'placed'; from: string | null; to: string | null }
  /** Pieces. */
  | { kind: 'items'; range: NumberRange }
  | { kind: 'queue'; queues: readonly QueueId[] }
  | { kind: 'blocked'; reason: BlockedReason }
  | { kind: 'flag'; flag: OrderFlag }
  | { kind: 'clock'; state: ClockState }
  | { kind: 'printed' }
  | { kind: 'purged' }
  | { kind: 'has'; what: 'label' | 'tag' | 'assignee' }

/** An amount of 1 in {@link Fact} `total`: no currency has more than four digits (core/money/currencies.ts). */
export const TOTAL_SCALE = 10_000

export type FactTerm = Fact & { negated: boolean }

/** What a stretch of the typed text is, so that the box can tell them apart. `value` is an operator's. */
export interface SearchSpan {
  from: number
  /** Not included. */
  to: number
  kind: 'word' | 'phrase' | 'operator' | 'value' | 'unknown'
  negated: boolean
}

/** Why a part of the text was taken as plain words. */
export interface SearchHint {
  kind: 'unknown-operator' | 'value-unknown'
  operator: string
  /** As typed; '' for an unknown operator. */
  value: string
}

/** A search as typed, understood. All terms and facts together; an empty one finds everything. */
export interface ParsedSearch {
  terms: TextTerm[]
  facts: FactTerm[]
  spans: SearchSpan[]
  hints: SearchHint[]
}
