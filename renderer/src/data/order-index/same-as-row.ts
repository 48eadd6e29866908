import type { OrderRow } from '#core/order/order-row.ts'
import { COLUMN_NAMES, widthOf } from '#renderer/data/order-index/column-arrays.ts'
import type { Dictionary } from '#renderer/data/order-index/dictionary.ts'
import { OrderColumns } from '#renderer/data/order-index/order-columns.ts'

/** Tells whether rows are in the columns as they are; packs each by itself to compare. For many rows, one of these. */
export class RowComparer {
  #one = new OrderColumns()

  constructor(private readonly columns: OrderColumns) {}

  isSame(row: OrderRow): boolean {
    const { columns } = this
    const ordinal = columns.ids.find(row.id)
    if (ordinal < 0 || !columns.has(ordinal)) return false
    if (this.#one.count > 256) this.#one = new OrderColumns()
    // The same texts have the same numbers, and whatever is new shows in the dictionaries' size.
    const before = sizes(columns)
    this.#one.dictionaries = columns.dictionaries
    const packed = this.#one.put(row)
    return sizes(columns) === before && this.#isSameAt(ordinal, packed)
  }

  #isSameAt(ordinal: number, packed: number): boolean {
    const one = this.#one
    for (const name of COLUMN_NAMES) {
      const width = widthOf(name)
      for (let i = 0; i < width; i++) {
        const [held, wanted] = [
          this.columns.arrays[name][ordinal * width + i],
          one.arrays[name][packed * width + i],
        ]
        if (!Object.is(held, wanted)) return false
      }
    }
    return this.#isSameSpan('lines', ordinal, packed) && this.#isSameSpan('tags', ordinal, packed)
  }

  #isSameSpan(name: 'lines' | 'tags', ordinal: number, packed: number): boolean {
    const held = this.columns[name]
    const wanted = this.#one[name]
    const length = wanted.lengths[packed] ?? 0
    if (held.lengths[ordinal] !== length) return false
    const from = held.starts[ordinal] ?? 0
    const start = wanted.starts[packed] ?? 0
    return held.fields.every((field, f) => {
      for (let i = 0; i < length; i++)
        if (!Object.is(field[from + i], wanted.fields[f]?.[start + i])) return false
      return true
    })
  }
}

function sizes({ dictionaries }: OrderColumns): number {
  const all = Object.values(dictionaries) as Dictionary[]
  return all.reduce((sum, { texts }) => sum + texts.length, 0)
}
