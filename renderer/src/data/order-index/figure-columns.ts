import { NO_FIGURES, type Figures, type GroupFigures } from '#core/order/insights.ts'
import { takeFirst } from '#renderer/data/order-index/take-first.ts'

/** Places within a group's five numbers, which lie together: one order touches a few groups, of very many. */
const [ORDERS, REVENUE, MARGIN, LINES, KNOWN, WIDTH] = [0, 1, 2, 3, 4, 5] as const

export interface LineSums {
  margin: number
  lines: number
  known: number
}

/** Figures of many groups while they are added up, by the groups' numbers: whole minor units, so that sums are exact. */
export class FigureColumns {
  readonly #sums: Float64Array

  constructor(groups: number) {
    this.#sums = new Float64Array(groups * WIDTH)
  }

  /** What an order, or one line of it, comes to; `orders` is 0 for a line whose order was counted. */
  add(group: number, orders: number, revenue: number, of: LineSums): void {
    const sums = this.#sums
    const at = group * WIDTH
    sums[at + ORDERS] = (sums[at + ORDERS] ?? 0) + orders
    sums[at + REVENUE] = (sums[at + REVENUE] ?? 0) + revenue
    sums[at + MARGIN] = (sums[at + MARGIN] ?? 0) + of.margin
    sums[at + LINES] = (sums[at + LINES] ?? 0) + of.lines
    sums[at + KNOWN] = (sums[at + KNOWN] ?? 0) + of.known
  }

  at(group: number): Figures {
    return this.sum([group])
  }

  /** Groups that have orders, most revenue first. */
  ranked(texts: readonly string[]): GroupFigures[] {
    const order = this.#used().sort((a, b) => this.#compare(a, b))
    return order.map((group) => ({ value: texts[group] ?? '', ...this.at(group) }))
  }

  /** The first of them, and the others in no order. */
  topped(most: number): { first: number[]; rest: number[] } {
    return takeFirst(this.#used(), most, (a, b) => this.#compare(a, b))
  }

  #used(): number[] {
    const used: number[] = []
    for (let at = 0; at < this.#sums.length; at += WIDTH) if ((this.#sums[at] ?? 0) > 0) used.push(at / WIDTH)
    return used
  }

  #compare(a: number, b: number): number {
    const of = (group: number, what: number): number => this.#sums[group * WIDTH + what] ?? 0
    return of(b, REVENUE) - of(a, REVENUE) || of(b, ORDERS) - of(a, ORDERS) || a - b
  }

  /** All these groups together. An order may be in several: `orders` counts it for each. */
  sum(groups: readonly number[]): Figures {
    const total = { ...NO_FIGURES }
    for (const group of groups) {
      const at = group * WIDTH
      total.orders += this.#sums[at + ORDERS] ?? 0
      total.revenue += this.#sums[at + REVENUE] ?? 0
      total.margin += this.#sums[at + MARGIN] ?? 0
      total.lines += this.#sums[at + LINES] ?? 0
      total.known += this.#sums[at + KNOWN] ?? 0
    }
    return total
  }
}
