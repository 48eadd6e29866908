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

  const steady = computed(() => steadyRows(live.value ?? [], known.value))
  return { rows: computed(() => steady.value.rows), fresh: computed(() => steady.value.fresh), letIn }
}
