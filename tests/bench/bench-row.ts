/** One measured value beside the least that the same machine could do, measured in the same run. */
export interface BenchRow {
  name: string
  value: number
  unit: string
  /** Null where there is nothing to compare with. */
  floor: number | null
  /** value / floor */
  ratio: number | null
}

/** A file `NAME.bench.ts` exports this as its default. */
export type RunBench = (say: (text: string) => void) => Promise<BenchRow[]>

export function benchRow(name: string, value: number, unit: string, floor: number | null = null): BenchRow {
  const round = (number: number) => Number(number.toPrecision(4))
  const ratio = floor === null || floor === 0 ? null : round(value / floor)
  return { name, value: round(value), unit, floor: floor === null ? null : round(floor), ratio }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle]
  if (upper === undefined) throw new Error('there is no median of nothing')
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}
