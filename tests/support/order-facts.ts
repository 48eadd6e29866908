import type { Money } from '#core/money/money.ts'
import { QUEUES, type QueueId } from '#core/order/order-row.ts'
import type { OrderFacts } from '#renderer/data/order-index/insights.ts'

/** An order as far as it is added up. */
export interface SumOrder {
  placedAt: number | null
  queue: QueueId
  channel: string
  country: string
  currency: string
  totalMinor: number
  lines: [sku: string, quantity: number, minor: number][]
  /** What its label cost. */
  label?: Money | undefined
}

/** Orders as columns, all alive. */
export function factsOf(orders: readonly SumOrder[]): OrderFacts {
  const words = (texts: string[]) => ({ texts, code: codes(texts) })
  const dictionaries = {
    connection: words(['']),
    country: words(['']),
    currency: words(['']),
    sku: words(['']),
  }
  const column = (code: (order: SumOrder) => number) => Uint32Array.from(orders, code)
  const all = orders.flatMap(({ lines }) => lines)
  let start = 0
  const starts = orders.map(({ lines }) => (start += lines.length) - lines.length)
  return {
    count: orders.length,
    arrays: {
      placedAt: Float64Array.from(orders, ({ placedAt }) => placedAt ?? NaN),
      totalMinor: Float64Array.from(orders, ({ totalMinor }) => totalMinor),
      labelMinor: Float64Array.from(orders, ({ label }) => label?.minor ?? NaN),
      labelCurrency: column(({ label }) => dictionaries.currency.code(label?.currency ?? '')),
      connection: column(({ channel }) => dictionaries.connection.code(channel)),
      country: column(({ country }) => dictionaries.country.code(country)),
      currency: column(({ currency }) => dictionaries.currency.code(currency)),
      queue: Uint8Array.from(orders, ({ queue }) => QUEUES.indexOf(queue)),
      alive: new Uint8Array(orders.length).fill(1),
    },
    dictionaries,
    lines: {
      starts: Uint32Array.from(starts),
      lengths: Uint32Array.from(orders, ({ lines }) => lines.length),
      fields: [
        Uint32Array.from(all, ([sku]) => dictionaries.sku.code(sku)),
        Uint32Array.from(all, ([, quantity]) => quantity),
        Float64Array.from(all, ([, , minor]) => minor),
      ],
    },
  }
}

function codes(texts: string[]): (text: string) => number {
  const known = new Map(texts.map((text, i) => [text, i]))
  return (text) => {
    const code = known.get(text)
    if (code !== undefined) return code
    known.set(text, texts.length)
    return texts.push(text) - 1
  }
}
