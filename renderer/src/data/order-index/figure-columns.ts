import { NO_FIGURES, type Figures, type GroupFigures } from '#core/order/insights.ts'

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
    const figures = { ...NO_FIGURES }
    this.#addTo(figures, group * WIDTH, 1)
    return figures
  }

  /** Groups that have orders, most revenue first. */
  ranked(texts: readonly string[]): GroupFigures[] {
    const order = this.#used().sort((a, b) => this.#compare(a, b))
    return order.map((group) => ({ value: texts[group] ?? '', ...this.at(group) }))
  }

  /** The first of them, and all the others together with how many there are: in one walk, as there may be very many. */
  topped(most: number): { first: number[]; others: Figures & { count: number } } {
    const first: number[] = []
    const total = { ...NO_FIGURES }
    let [count, least] = [0, -Infinity]
    for (let at = 0, group = 0; at < this.#sums.length; at += WIDTH, group++) {
      if ((this.#sums[at] ?? 0) === 0) continue
      count++
      this.#addTo(total, at, 1)
      if ((this.#sums[at + REVENUE] ?? 0) < least) continue
      const place = first.findIndex((other) => this.#compare(group, other) < 0)
      first.splice(place === -1 ? first.length : place, 0, group)
      if (first.length > most) first.pop()
      if (first.length === most) least = this.#sums[(first[most - 1] ?? 0) * WIDTH + REVENUE] ?? 0
    }
    for (const group of first) this.#addTo(total, group * WIDTH, -1)
    return { first, others: { ...total, count: count - first.length } }
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

  #addTo(total: Figures, at: number, times: 1 | -1): void {
    total.orders += times * (this.#sums[at + ORDERS] ?? 0)
    total.revenue += times * (this.#sums[at + REVENUE] ?? 0)
    total.margin += times * (this.#sums[at + MARGIN] ?? 0)
    total.lines += times * (this.#sums[at + LINES] ?? 0)
    total.known += times * (this.#sums[at + KNOWN] ?? 0)
  }
}
