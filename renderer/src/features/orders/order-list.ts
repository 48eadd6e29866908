import { computed, shallowRef, watch, type Ref } from 'vue'
import type { OrderRow } from '#core/order/order-row.ts'

/** What is on screen of a live list, and how many wait to come in. */
export interface SteadyRows {
  rows: OrderRow[]
  fresh: number
}

/**
 * Keeps a list steady under a person's hands: rows that were there change or leave in place, rows that are new are counted
 * and wait. `known` are the ids that were let in.
 */
export function steadyRows(live: readonly OrderRow[], known: ReadonlySet<string>): SteadyRows {
  const rows = live.filter((row) => known.has(row.id))
  return { rows, fresh: live.length - rows.length }
}

/**
 * A list with the objects of the list before where they hold the same, so that only what changed is drawn again: a read gives
 * a new object for every row.
 */
export function keepSame(before: readonly OrderRow[], after: readonly OrderRow[]): OrderRow[] {
  const known = new Map(before.map((row) => [row.id, row]))
  return after.map((row) => {
    const was = known.get(row.id)
    return was !== undefined && holdsSame(was, row) ? was : row
  })
}

function holdsSame(a: OrderRow, b: OrderRow): boolean {
  const keys = Object.keys(b) as (keyof OrderRow)[]
  if (Object.keys(a).length !== keys.length) return false
  return keys.every((key) => Object.is(a[key], b[key]) || JSON.stringify(a[key]) === JSON.stringify(b[key]))
}

/** The steady view of a live list; new rows come straight in while nobody works in the list, else on request. */
export function useSteadyRows(
  live: Readonly<Ref<readonly OrderRow[] | undefined>>,
  list: () => string,
  busy: () => boolean,
) {
  const known = shallowRef<ReadonlySet<string>>(new Set())
  let shownList = ''

  function letIn(): void {
    known.value = new Set([...known.value, ...(live.value ?? []).map((row) => row.id)])
  }

  watch(
    [live, list],
    () => {
      if (!live.value) return
      if (list() !== shownList) {
        shownList = list()
        known.value = new Set(live.value.map((row) => row.id))
      } else if (!busy() || known.value.size === 0) letIn()
    },
    { immediate: true },
  )

  const steady = computed<SteadyRows>((before) => {
    const { rows, fresh } = steadyRows(live.value ?? [], known.value)
    return { rows: keepSame(before?.rows ?? [], rows), fresh }
  })
  return { rows: computed(() => steady.value.rows), fresh: computed(() => steady.value.fresh), letIn }
}
