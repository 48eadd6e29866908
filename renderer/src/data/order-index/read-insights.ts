import type { Insights, InsightsQuery } from '#core/order/insights.ts'
import { plainQuery } from '#core/order/order-query.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { sumInsights } from '#renderer/data/order-index/insights.ts'
import type { Breathe } from '#renderer/data/order-index/sorted-orders.ts'
import type { OrderIndex } from '#renderer/data/order-index/order-index.ts'
import { ProductCosts } from '#renderer/data/order-index/product-costs.ts'
import type { StoredRateSet } from '#renderer/data/records.ts'

/** Adds up what the index holds; of the store only costs and rates are read, and only when they changed. */
export class InsightsReader {
  readonly #db: CaravelDatabase
  readonly #index: OrderIndex
  readonly #costs: ProductCosts
  readonly #breathe: Breathe
  #rates: { of: string; sets: StoredRateSet[] } = { of: '', sets: [] }

  constructor(db: CaravelDatabase, index: OrderIndex, breathe: Breathe) {
    this.#db = db
    this.#breathe = breathe
    this.#index = index
    this.#costs = new ProductCosts(db)
  }

  /** Reads ahead what the first sums would wait for; for idle time. */
  prepare(): Promise<void> {
    return this.#costs.prepare()
  }

  async read(query: InsightsQuery): Promise<Insights> {
    const rates = await this.#readRates()
    await this.#costs.refresh()
    const breathe = this.#breathe
    return this.#index.withMatching({ ...plainQuery('all'), filters: query.filters }, (columns, fits) => {
      const costs = this.#costs.columns(columns.dictionaries.sku.texts)
      return sumInsights(columns, query, { fits, rates, costs, breathe })
    })
  }

  stop(): void {
    this.#costs.stop()
  }

  /** A set never changes its day; what came last is the newest stored. */
  async #readRates(): Promise<StoredRateSet[]> {
    const newest = await this.#db.rateSets.orderBy('date').last()
    const of = `${await this.#db.rateSets.count()} ${newest?.id ?? ''} ${newest?.storedAt ?? 0}`
    if (of !== this.#rates.of) this.#rates = { of, sets: await this.#db.rateSets.toArray() }
    return this.#rates.sets
  }
}
