/** Rows of a list by their places. Of a long list only windows are there; what else is wanted is read meanwhile. */
export interface RowSource<Row> {
  readonly count: number
  /** Undefined while it is not there. */
  rowAt(index: number): Row | undefined
  keyOf(row: Row): string
  /** -1 when the row is not in the list, or when nobody knows where. */
  placeOf(key: string): number
  /** Keys of what stands between two places, both included, in the list's order. */
  keysBetween(from: number, to: number): Promise<readonly string[]>
  /** Hears which places are on the screen or around it. */
  want?(from: number, to: number): void
}

/** A list that is there as a whole. */
export function wholeSource<Row>(rows: readonly Row[], keyOf: (row: Row) => string): RowSource<Row> {
  let places: Map<string, number> | null = null
  return {
    count: rows.length,
    rowAt: (index) => rows[index],
    keyOf,
    placeOf(key) {
      places ??= new Map(rows.map((row, index) => [keyOf(row), index]))
      return places.get(key) ?? -1
    },
    keysBetween: (from, to) => Promise.resolve(rows.slice(from, to + 1).map(keyOf)),
  }
}
