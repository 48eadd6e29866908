import { TEXT_WORDS } from '#renderer/data/order-index/sort-text.ts'

/** Values of each order, one column each: 8, 4 and 1 bytes wide. */
const FLOATS = ['sortKey', 'placedAt', 'shipBy', 'totalMinor', 'labelMinor'] as const
const WORDS = [
  'printedAt',
  'handedOverAt',
  'newsAt',
  'parkedUntil',
  'itemCount',
  'connection',
  'country',
  'currency',
  'labelCurrency',
  'service',
  'assignee',
  'numberWords',
  'buyerWords',
] as const
const BYTES = ['queue', 'blocked', 'flags', 'alive'] as const

type FloatColumn = (typeof FLOATS)[number]
type WordColumn = (typeof WORDS)[number]
type ByteColumn = (typeof BYTES)[number]

export type ColumnName = FloatColumn | WordColumn | ByteColumn
export type ColumnArrays = Record<FloatColumn, Float64Array> &
  Record<WordColumn, Uint32Array> &
  Record<ByteColumn, Uint8Array>

export const COLUMN_NAMES: readonly ColumnName[] = [...FLOATS, ...WORDS, ...BYTES]

/** How many values of a column one order has. */
export function widthOf(name: ColumnName): number {
  return name === 'numberWords' || name === 'buyerWords' ? TEXT_WORDS : 1
}

/** Arrays for so many orders that begin with what these hold. */
export function grownArrays(capacity: number, from?: ColumnArrays): ColumnArrays {
  // Made at once: an object to which so many names are added one by one becomes a table that is searched at each access.
  return Object.fromEntries(
    COLUMN_NAMES.map((name) => {
      const array = newArray(name, capacity * widthOf(name))
      if (from !== undefined) array.set(from[name])
      return [name, array]
    }),
  ) as ColumnArrays
}

function newArray(name: ColumnName, length: number): Float64Array | Uint32Array | Uint8Array {
  if (isFloat(name)) return new Float64Array(length)
  return isByte(name) ? new Uint8Array(length) : new Uint32Array(length)
}

function isFloat(name: ColumnName): name is FloatColumn {
  return (FLOATS as readonly string[]).includes(name)
}

function isByte(name: ColumnName): name is ByteColumn {
  return (BYTES as readonly string[]).includes(name)
}
