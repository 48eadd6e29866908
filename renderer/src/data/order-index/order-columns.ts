import type { OrderId } from '#core/shared/ids.ts'
import { BLOCKED_REASONS, type BlockedReason } from '#core/order/order.ts'
import { ORDER_FLAGS, QUEUES, type OrderRow } from '#core/order/order-row.ts'
import { grownArrays, type ColumnArrays } from '#renderer/data/order-index/column-arrays.ts'
import { Dictionary } from '#renderer/data/order-index/dictionary.ts'
import { IdColumn } from '#renderer/data/order-index/id-column.ts'
import { packNumber, packText, TEXT_WORDS } from '#renderer/data/order-index/sort-text.ts'
import { Spans } from '#renderer/data/order-index/spans.ts'

/** Texts of the columns that hold numbers in their place. */
export interface Dictionaries {
  connection: Dictionary
  country: Dictionary
  currency: Dictionary
  service: Dictionary
  assignee: Dictionary
  tag: Dictionary
  sku: Dictionary
}

/**
 * All orders as columns, for whoever adds up or filters. `ordinal` runs from 0 to `count`; those with `arrays.alive` 0 are no longer there.
 * Read `arrays`, `lines.fields` and `tags.fields` anew each time: they are replaced when they grow. Nothing may be awaited while one walks
 * through them, or what was read before belongs to another moment.
 *
 * - `sortKey`, `placedAt`, `shipBy`: epoch ms, NaN for none; `printedAt`, `handedOverAt`, `newsAt`, `parkedUntil`: epoch seconds, 0 for none
 * - `totalMinor` in minor units of `currency`, `labelMinor` of `labelCurrency`, NaN for unknown; `itemCount` pieces
 * - `connection`, `country`, `currency`, `labelCurrency`, `service`, `assignee`: numbers of `dictionaries`, 0 for ''
 * - `queue`: place in QUEUES; `blocked`: place in BLOCKED_REASONS + 1, 0 for none; `flags`: bit n for ORDER_FLAGS[n], bit 7 for purged
 * - lines of an order: `starts[ordinal]`, `lengths[ordinal]` into `fields` [sku, quantity, minor]; tags the same with [tag]
 */
export interface ColumnsReader {
  readonly count: number
  /** Orders that are there. */
  readonly alive: number
  readonly arrays: Readonly<ColumnArrays>
  readonly dictionaries: Readonly<Dictionaries>
  readonly lines: Pick<Spans<LineFields>, 'starts' | 'lengths' | 'fields'>
  readonly tags: Pick<Spans<TagFields>, 'starts' | 'lengths' | 'fields'>
  readonly ids: Pick<IdColumn, 'at' | 'find' | 'compare'>
}

export type LineFields = [sku: Uint32Array, quantity: Uint32Array, minor: Float64Array]
export type TagFields = [tag: Uint32Array]

/** Ordinals whose values are stored together. */
export const CHUNK = 16_384
export const PURGED_BIT = 128

const QUEUE_CODES = new Map<string, number>(QUEUES.map((queue, i) => [queue, i]))
const BLOCKED_CODES = new Map<string, number>(BLOCKED_REASONS.map((reason, i) => [reason, i + 1]))
const FLAG_BITS = new Map<string, number>(ORDER_FLAGS.map((flag, i) => [flag, 1 << i]))

export function queueCode(queue: OrderRow['queue']): number {
  return QUEUE_CODES.get(queue) ?? QUEUES.length
}

export function blockedCode(reason: BlockedReason | null): number {
  return reason === null ? 0 : (BLOCKED_CODES.get(reason) ?? BLOCKED_REASONS.length + 1)
}

export class OrderColumns implements ColumnsReader {
  readonly ids = new IdColumn()
  arrays = grownArrays(1024)
  readonly lines = new Spans<LineFields>([
    new Uint32Array(2048),
    new Uint32Array(2048),
    new Float64Array(2048),
  ])
  readonly tags = new Spans<TagFields>([new Uint32Array(1024)])
  dictionaries: Dictionaries = {
    connection: new Dictionary(),
    country: new Dictionary(),
    currency: new Dictionary(),
    service: new Dictionary(),
    assignee: new Dictionary(),
    tag: new Dictionary(),
    sku: new Dictionary(),
  }
  /** Chunks that differ from what is stored. */
  readonly dirty = new Set<number>()
  alive = 0

  get count(): number {
    return this.ids.count
  }

  reserve(count: number): void {
    this.lines.reserve(count)
    this.tags.reserve(count)
    this.ids.reserve(count)
    if (count > this.arrays.alive.length) this.arrays = grownArrays(Math.ceil(count * 1.3), this.arrays)
  }

  /** Takes over a row; returns its ordinal. */
  put(row: OrderRow): number {
    const ordinal = this.ids.add(row.id)
    this.reserve(this.ids.count)
    const { arrays, dictionaries } = this
    if (arrays.alive[ordinal] !== 1) this.alive++
    arrays.alive[ordinal] = 1
    arrays.sortKey[ordinal] = row.sortKey
    arrays.placedAt[ordinal] = row.placedAt ?? NaN
    arrays.shipBy[ordinal] = row.shipBy ?? NaN
    arrays.totalMinor[ordinal] = row.totalMinor
    arrays.labelMinor[ordinal] = row.labelCost?.minor ?? NaN
    arrays.labelCurrency[ordinal] = dictionaries.currency.code(row.labelCost?.currency ?? '')
    arrays.printedAt[ordinal] = seconds(row.printedAt)
    arrays.handedOverAt[ordinal] = seconds(row.handedOverAt)
    arrays.newsAt[ordinal] = seconds(row.newsAt)
    arrays.parkedUntil[ordinal] = seconds(row.parkedUntil)
    arrays.itemCount[ordinal] = row.itemCount
    arrays.connection[ordinal] = dictionaries.connection.code(row.connectionId)
    arrays.country[ordinal] = dictionaries.country.code(row.country)
    arrays.currency[ordinal] = dictionaries.currency.code(row.currency)
    arrays.service[ordinal] = dictionaries.service.code(row.service)
    arrays.assignee[ordinal] = dictionaries.assignee.code(row.assignee)
    arrays.queue[ordinal] = queueCode(row.queue)
    arrays.blocked[ordinal] = blockedCode(row.blocked)
    arrays.flags[ordinal] = flagBits(row)
    packNumber(row.number, arrays.numberWords, ordinal * TEXT_WORDS)
    packText(row.buyerName, arrays.buyerWords, ordinal * TEXT_WORDS)
    this.#putTags(ordinal, row)
    this.#putLines(ordinal, row)
    this.dirty.add(Math.floor(ordinal / CHUNK))
    return ordinal
  }

  /** The ordinal that went; -1 when there was no such order. */
  remove(id: OrderId): number {
    const ordinal = this.ids.find(id)
    if (ordinal < 0 || this.arrays.alive[ordinal] !== 1) return -1
    this.alive--
    this.arrays.alive[ordinal] = 0
    this.lines.place(ordinal, 0)
    this.tags.place(ordinal, 0)
    this.dirty.add(Math.floor(ordinal / CHUNK))
    return ordinal
  }

  /** Undefined when it is not there. */
  sortKeyOf(id: OrderId): number | undefined {
    const ordinal = this.ids.find(id)
    return this.has(ordinal) ? this.arrays.sortKey[ordinal] : undefined
  }

  has(ordinal: number): boolean {
    return this.arrays.alive[ordinal] === 1
  }

  #putTags(ordinal: number, { tags }: OrderRow): void {
    let at = this.tags.place(ordinal, tags.length)
    const [codes] = this.tags.fields
    for (const tag of tags) codes[at++] = this.dictionaries.tag.code(tag)
  }

  #putLines(ordinal: number, row: OrderRow): void {
    let at = this.lines.place(ordinal, row.lines.length)
    const [skus, quantities, minors] = this.lines.fields
    for (const [sku, quantity, minor] of row.lines) {
      skus[at] = this.dictionaries.sku.code(sku)
      quantities[at] = quantity
      minors[at++] = minor
    }
  }
}

function seconds(ms: number | null): number {
  return ms === null ? 0 : Math.max(1, Math.floor(ms / 1000))
}

function flagBits({ flags, purged }: OrderRow): number {
  let bits = purged === true ? PURGED_BIT : 0
  for (const flag of flags) bits |= FLAG_BITS.get(flag) ?? 0
  return bits
}
