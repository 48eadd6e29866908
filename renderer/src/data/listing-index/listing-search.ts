import Dexie, { cmp, RangeSet, type ObservabilitySet } from 'dexie'
import { foldText } from '#core/shared/fold-text.ts'
import type { ListingId } from '#core/shared/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { ListingIndex } from '#renderer/data/listing-index/listing-index.ts'
import { Paced } from '#renderer/data/order-index/paced.ts'
import type { Breathe } from '#renderer/data/order-index/sorted-orders.ts'
import { Turns } from '#renderer/data/order-index/turns.ts'
import { resolveBarcodes } from '#renderer/data/queries/barcodes.ts'
import type { ListingQuery } from '#renderer/data/queries/listings.ts'

/** Rows that are read at once, and those of them that are taken over before others get their turn. */
const PAGE = 1_000
const STRETCH = 100

export interface ListingQuestion extends ListingQuery {
  text: string
  most: number
}

export interface ListingSearchTools {
  breathe: Breathe
  /** What was found before may be different now, or can be asked for now. */
  onChange: () => void
  onError: (error: unknown) => void
}

/**
 * Searches all listings in memory. Their words are read at the first question, and until then there is no answer; from then on only what
 * changed is read, in whatever window or worker it did.
 */
export class ListingSearch {
  readonly #db: CaravelDatabase
  readonly #tools: ListingSearchTools
  readonly #index = new ListingIndex()
  readonly #turns = new Turns()
  readonly #pace: Paced
  readonly #part: string
  #changed: RangeSet | null = null
  #state: 'new' | 'reading' | 'ready' | 'stopped' = 'new'

  constructor(db: CaravelDatabase, tools: ListingSearchTools) {
    this.#db = db
    this.#tools = tools
    this.#part = `idb://${db.name}/listingRows/`
    this.#pace = new Paced(() => this.#follow(), tools.onError)
  }

  /** By title; null while the words are being read. */
  async find({ text, most, ...query }: ListingQuestion): Promise<ListingId[] | null> {
    if (this.#state === 'new') void this.#read()
    if (this.#state !== 'ready') return null
    const term = { kind: 'text', field: null, text: foldText(text), phrase: false, negated: false } as const
    const [resolved] = await resolveBarcodes(this.#db, [{ ...term, skus: [] }])
    return this.#turns.take(async () => {
      await this.#takeOver()
      return this.#index.find({ ...query, text, skus: resolved?.skus ?? [] }, most)
    })
  }

  stop(): void {
    this.#state = 'stopped'
    this.#pace.end()
    Dexie.on.storagemutated.unsubscribe(this.#note)
  }

  readonly #note = (parts: ObservabilitySet): void => {
    const keys = parts[this.#part] ?? parts['all']
    if (keys === undefined) return
    this.#changed = (this.#changed ?? new RangeSet()).add(keys)
    if (this.#state === 'ready') this.#pace.ask()
  }

  async #follow(): Promise<void> {
    await this.#turns.take(() => this.#takeOver())
    if (this.#state === 'ready') this.#tools.onChange()
  }

  /** A store that refuses now is asked again by the next question. */
  async #read(): Promise<void> {
    this.#state = 'reading'
    Dexie.on('storagemutated', this.#note)
    try {
      await this.#readAll()
      if (this.#state !== 'reading') return
      this.#state = 'ready'
      this.#tools.onChange()
    } catch (error) {
      if (this.#state !== 'reading') return
      Dexie.on.storagemutated.unsubscribe(this.#note)
      this.#state = 'new'
      this.#tools.onError(error)
    }
  }

  async #readAll(): Promise<void> {
    for (let after = ''; this.#state === 'reading';) {
      const rows = await this.#db.listingRows.where(':id').above(after).limit(PAGE).toArray()
      for (const [i, row] of rows.entries()) {
        if (i % STRETCH === 0) await this.#tools.breathe()
        this.#index.put(row)
      }
      const steps = this.#index.settle()
      while (steps.next().done !== true) await this.#tools.breathe()
      const last = rows.at(-1)
      if (last === undefined) return
      after = last.id
    }
  }

  async #takeOver(): Promise<void> {
    const changed = this.#changed
    this.#changed = null
    for (const { from, to } of changed ?? []) {
      const rows = await this.#db.listingRows.where(':id').between(from, to, true, true).toArray()
      const there = new Set<string>(rows.map(({ id }) => id))
      for (const id of this.#idsWithin(from, to)) if (!there.has(id)) this.#index.remove(id)
      for (const row of rows) this.#index.put(row)
    }
  }

  #idsWithin(from: unknown, to: unknown): string[] {
    if (from === to && typeof from === 'string') return [from]
    return [...this.#index.ids()].filter((id) => cmp(id, from) >= 0 && cmp(id, to) <= 0)
  }
}
