import { CLOCK_STATES, type FacetId } from '#core/order/order-query.ts'
import { BLOCKED_REASONS } from '#core/order/order.ts'
import { ORDER_FLAGS } from '#core/order/order-row.ts'
import type { ColumnName } from '#renderer/data/order-index/column-arrays.ts'
import type { ColumnsReader } from '#renderer/data/order-index/order-columns.ts'

/** What the clock says of an order, a bit for each of CLOCK_STATES; `now` in epoch ms (core/order/clock.ts). */
export type ClockTest = (columns: ColumnsReader, ordinal: number, now: number) => number

/** The values of a facet by number, and which of them an order has: at least one, '' when it has none. */
export interface FacetColumn {
  names: readonly string[]
  /** The column that has the number, where an order has exactly one. */
  column: ColumnName | null
  /** Calls for each value that the order has; a value may come twice. */
  each: (ordinal: number, visit: (code: number) => void) => void
}

/** Good for this moment: what it reads is replaced when the columns grow. */
export function facetColumn(
  columns: ColumnsReader,
  facet: FacetId,
  { clock, now }: { clock: ClockTest; now: number },
): FacetColumn {
  const { dictionaries, tags, lines } = columns
  switch (facet) {
    case 'channel':
      return single(columns, 'connection', dictionaries.connection.texts)
    case 'country':
    case 'currency':
    case 'service':
    case 'assignee':
      return single(columns, facet, dictionaries[facet].texts)
    case 'blocked':
      return single(columns, 'blocked', ['', ...BLOCKED_REASONS])
    case 'flag':
      return bitColumn(ORDER_FLAGS, (ordinal) => columns.arrays.flags[ordinal] ?? 0)
    case 'tag':
      return spanned(tags, dictionaries.tag.texts)
    case 'sku':
      return spanned(lines, dictionaries.sku.texts)
    case 'clock':
      return bitColumn(CLOCK_STATES, (ordinal) => clock(columns, ordinal, now))
  }
}

function single({ arrays }: ColumnsReader, column: ColumnName, names: readonly string[]): FacetColumn {
  const codes = arrays[column]
  return { names, column, each: (ordinal, visit) => visit(codes[ordinal] ?? 0) }
}

function spanned(
  { starts, lengths, fields: [codes] }: ColumnsReader['tags'] | ColumnsReader['lines'],
  names: readonly string[],
): FacetColumn {
  return {
    names,
    column: null,
    each(ordinal, visit) {
      const start = starts[ordinal] ?? 0
      const end = start + (lengths[ordinal] ?? 0)
      if (start === end) visit(0)
      for (let i = start; i < end; i++) visit(codes[i] ?? 0)
    },
  }
}

/** Names that an order has several of, by the bits of a number. */
function bitColumn(names: readonly string[], bitsOf: (ordinal: number) => number): FacetColumn {
  return {
    names: ['', ...names],
    column: null,
    each(ordinal, visit) {
      const bits = bitsOf(ordinal)
      let any = false
      for (let place = 0; place < names.length; place++) {
        if ((bits & (1 << place)) === 0) continue
        any = true
        visit(place + 1)
      }
      if (!any) visit(0)
    },
  }
}
