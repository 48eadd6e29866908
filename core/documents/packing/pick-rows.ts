import type { PackingLine, PickListInput } from '#core/documents/packing/packing-model.ts'

/** Goods of one kind on one shelf, for all orders of the batch that want them. */
export interface PickRow {
  bin: string
  line: PackingLine
  quantity: number
  /** How many go where. */
  slots: { slot: string; quantity: number }[]
}

/** `A2` before `A10`, whatever the language of the machine. */
export function compareNaturally(left: string, right: string): number {
  const partsOf = (text: string) => text.split(/(\d+)/)
  const [a, b] = [partsOf(left), partsOf(right)]
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [one = '', other = ''] = [a[index], b[index]]
    if (one === other) continue
    const figures = index % 2 === 1
    const difference = figures ? Number(one) - Number(other) : 0
    if (difference !== 0) return difference
    return one < other ? -1 : 1
  }
  return 0
}

/** The rows of a pick list in the order of a walk along the shelves; goods without a shelf come last. */
export function pickRows({ orders }: PickListInput): PickRow[] {
  const rows = new Map<string, PickRow>()
  for (const { slot, lines } of orders) {
    for (const line of lines) {
      if (line.quantity <= 0) continue
      const key = JSON.stringify([line.bin, line.sku, line.sku === '' ? line.title : '', line.variant])
      const row = rows.get(key) ?? { bin: line.bin, line, quantity: 0, slots: [] }
      rows.set(key, row)
      row.quantity += line.quantity
      const known = row.slots.find((place) => place.slot === slot)
      if (known === undefined) row.slots.push({ slot, quantity: line.quantity })
      else known.quantity += line.quantity
    }
  }
  return [...rows.values()].sort(
    (a, b) =>
      Number(a.bin === '') - Number(b.bin === '') ||
      compareNaturally(a.bin, b.bin) ||
      compareNaturally(a.line.sku, b.line.sku),
  )
}
