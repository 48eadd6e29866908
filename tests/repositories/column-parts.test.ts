import { expect, it } from 'vitest'
import { seededRng } from '#core/shared/seeded-rng.ts'
import { toOrderRow, type OrderRow } from '#core/order/order-row.ts'
import { ColumnsReading, columnParts } from '#renderer/data/order-index/column-parts.ts'
import { CHUNK, OrderColumns } from '#renderer/data/order-index/order-columns.ts'
import { RowComparer } from '#renderer/data/order-index/same-as-row.ts'
import { madeOrder } from '#tests/support/made-orders.ts'

function partsOf(columns: OrderColumns): Map<string, Uint8Array> {
  return new Map(columnParts(columns).map(({ name, bytes }) => [name, bytes()]))
}

function read(columns: OrderColumns, parts = partsOf(columns)): OrderColumns {
  const reading = new ColumnsReading(columns.count)
  for (const [name, bytes] of parts) reading.take(name, bytes)
  return reading.finish()
}

/** More orders than a chunk has, changed over and over. */
function stirred(): { columns: OrderColumns; rows: Map<string, OrderRow> } {
  const rng = seededRng(11)
  const columns = new OrderColumns()
  const rows = new Map<string, OrderRow>()
  for (let i = 0; i < 3 * CHUNK; i++) {
    const n = Math.floor(rng() * CHUNK * 1.5)
    const id = n % 500 === 0 ? `名-${n}` : n % 300 === 0 ? `x${n}` : String(n).padStart(17, '0')
    if (rng() < 0.1) {
      columns.remove(id as OrderRow['id'])
      rows.delete(id)
      continue
    }
    const row = toOrderRow(madeOrder(id, rng))
    columns.put(row)
    rows.set(id, row)
  }
  return { columns, rows }
}

const { columns, rows } = stirred()

it('holds every row as it was last put in, and comes back from its parts as it was', () => {
  expect(columns.count).toBeGreaterThan(CHUNK)
  for (const each of [columns, read(columns)]) {
    expect(each.alive).toBe(rows.size)
    const comparer = new RowComparer(each)
    const wrong = [...rows.values()].filter((row) => !comparer.isSame(row))
    expect(wrong.map(({ id }) => id)).toEqual([])
    const ids = each.ids.list(Uint32Array.from({ length: each.count }, (_, ordinal) => ordinal))
    expect(ids.every((id, ordinal) => each.ids.find(id) === ordinal && each.ids.at(ordinal) === id)).toBe(
      true,
    )
    const alive = ids.filter((_, ordinal) => each.has(ordinal))
    expect(new Set(alive)).toEqual(new Set(rows.keys()))
  }
})

it('tells a row that differs in any fact', () => {
  const [row] = [...rows.values()].filter(({ lines, tags }) => lines.length > 1 && tags.length > 0)
  const comparer = new RowComparer(columns)
  expect(comparer.isSame(row!)).toBe(true)
  const [line, ...others] = row!.lines
  const changes: Partial<OrderRow>[] = [
    ...[
      { sortKey: row!.sortKey + 1 },
      { country: 'ZZ' },
      { itemCount: 99 },
      { shipBy: 5 },
      { assignee: 'New' },
    ],
    ...[{ number: 'B-1' }, { buyerName: 'Somebody' }, { queue: 'blocked' as const }, { parkedUntil: 9_000 }],
    ...[{ tags: [] }, { tags: ['other'] }, { purged: true as const }, { totalMinor: -1 }],
    ...[{ lines: others }, { lines: [[line![0], line![1] + 1, line![2]], ...others] as OrderRow['lines'] }],
  ]
  for (const change of changes)
    expect(comparer.isSame({ ...row!, ...change }), JSON.stringify(change)).toBe(false)
  expect(comparer.isSame({ ...row!, id: 'unknown' as OrderRow['id'] })).toBe(false)
})

it('stores again only the chunks that changed', () => {
  columns.dirty.clear()
  const [first] = rows.values()
  columns.put(first!)
  const changed = columnParts(columns).filter(({ fixed }) => !fixed)
  expect(changed.map(({ name }) => name)).toEqual([
    'texts',
    `chunk-${Math.floor(columns.ids.find(first!.id) / CHUNK)}`,
  ])
})

it('does not take parts that do not fit together', () => {
  for (const name of ['texts', 'chunk-0', 'chunk-1']) {
    const cut = partsOf(columns)
    cut.set(name, cut.get(name)!.slice(0, -8))
    expect(() => read(columns, cut), name).toThrow()
    const missing = partsOf(columns)
    missing.delete(name)
    expect(() => read(columns, missing), name).toThrow()
  }
})
