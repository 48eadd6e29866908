import Dexie, { RangeSet, type ObservabilitySet } from 'dexie'
import type { Money } from '#core/money/money.ts'
import type { Product } from '#core/catalog/product.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { toCostColumns, type CostColumns } from '#renderer/data/order-index/cost-columns.ts'

/** Products that are read at once: the store answers nobody else for some 10 ms. */
const PAGE = 500

/**
 * What products cost, in memory: read once, a page at a time, then only what changed, in whatever window or worker. A store of a hundred
 * thousand products is not read again for each sum.
 */
export class ProductCosts {
  readonly #db: CaravelDatabase
  readonly #bySku = new Map<string, Money>()
  #changed: RangeSet | null = null
  #reading: Promise<void> | null = null
  #columns: { skus: readonly string[]; columns: CostColumns } | null = null
  readonly #part: string

  constructor(db: CaravelDatabase) {
    this.#db = db
    this.#part = `idb://${db.name}/products/`
    Dexie.on('storagemutated', this.#note)
  }

  /** The costs by the SKUs' numbers. Another index numbers them otherwise, so nothing may be awaited before they are used. */
  columns(skus: readonly string[]): CostColumns {
    const before = this.#columns
    if (before?.skus === skus && before.columns.minor.length === skus.length) return before.columns
    const columns = toCostColumns(skus, (sku) => this.#bySku.get(sku))
    this.#columns = { skus, columns }
    return columns
  }

  /** Takes over what the store has now. */
  async refresh(): Promise<void> {
    await this.prepare()
    await this.#readChanged()
  }

  /** A store that refuses now may answer the next time. */
  async prepare(): Promise<void> {
    this.#reading ??= this.#readAll()
    try {
      await this.#reading
    } catch (error) {
      this.#reading = null
      throw error
    }
  }

  stop(): void {
    Dexie.on.storagemutated.unsubscribe(this.#note)
  }

  readonly #note = (parts: ObservabilitySet): void => {
    const keys = parts[this.#part] ?? parts['all']
    if (keys !== undefined) this.#changed = (this.#changed ?? new RangeSet()).add(keys)
  }

  async #readAll(): Promise<void> {
    for (let after = ''; ;) {
      const page = await this.#db.products.where(':id').above(after).limit(PAGE).toArray()
      this.#take(page)
      const last = page.at(-1)
      if (last === undefined) return
      after = last.id
    }
  }

  async #readChanged(): Promise<void> {
    const changed = this.#changed
    if (changed === null) return
    this.#changed = null
    for (const { from, to } of changed)
      this.#take(await this.#db.products.where(':id').between(from, to, true, true).toArray())
    this.#columns = null
  }

  #take(products: readonly Product[]): void {
    for (const { sku, cost } of products) {
      if (cost === undefined) this.#bySku.delete(sku)
      else this.#bySku.set(sku, cost)
    }
  }
}
