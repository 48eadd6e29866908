import type { ColumnsReader } from '#renderer/data/order-index/order-columns.ts'

/** Whether an order was placed on these ISO days, both included; null is open. Days are those of this machine's zone, which is the desk's. */
export function isPlacedWithin(
  { arrays: { placedAt } }: ColumnsReader,
  { from, to }: { from: string | null; to: string | null },
): (ordinal: number) => boolean {
  const start = from === null ? -Infinity : startOfDay(from, 0)
  const end = to === null ? Infinity : startOfDay(to, 1)
  return (ordinal) => {
    const at = placedAt[ordinal] ?? NaN
    return at >= start && at < end
  }
}

function startOfDay(day: string, plusDays: number): number {
  const [year = NaN, month = NaN, date = NaN] = day.split('-').map(Number)
  return new Date(year, month - 1, date + plusDays).getTime()
}
