import { computed, watch, type Ref } from 'vue'
import type { OrderRow } from '#core/order/order-row.ts'
import type { OrderId } from '#core/shared/ids.ts'
import type { useOrderRoute } from '#renderer/features/orders/order-route.ts'
import type { RowSource } from '#renderer/ui/row-source.ts'

/** What the page asks of its table. */
export interface OrderTable {
  focus(): void
  move(delta: 1 | -1): void
  toggleActive(): void
  toTop(): void
  show(index: number): void
}

/**
 * The order that is open, beside its list or in its place: it follows the row that the keyboard is on, so going on in one goes on in the
 * other, and the list is where it was when the order closes.
 */
export function useOpenOrder(
  route: ReturnType<typeof useOrderRoute>,
  list: { source: Readonly<Ref<RowSource<OrderRow> | null>>; active: Ref<string | null> },
  table: Readonly<Ref<OrderTable | null>>,
) {
  const { source, active } = list
  const place = computed(() =>
    route.order.value === null ? -1 : (source.value?.placeOf(route.order.value) ?? -1),
  )

  // An address that opens an order puts the keyboard on its row.
  watch(
    route.order,
    (id) => {
      if (id !== null && active.value !== id) active.value = id
    },
    { immediate: true },
  )
  watch(active, (id) => {
    if (id !== null && route.order.value !== null && id !== route.order.value) void route.open(id as OrderId)
  })

  async function toggleFull(): Promise<void> {
    if (route.order.value !== null) await route.setFull(!route.full.value)
    else if (active.value !== null) {
      await route.open(active.value as OrderId)
      await route.setFull(true)
    }
  }

  return {
    toggleFull,
    /** Place in the list, from 0; -1 when it is not in it. */
    place,
    count: computed(() => source.value?.count ?? 0),
    step: (delta: 1 | -1) => table.value?.move(delta),
    /** From the page to the panel, from the panel to the list. Says whether there was anything to close. */
    async leave(): Promise<boolean> {
      if (route.order.value === null) return false
      if (route.full.value) await route.setFull(false)
      else await route.close()
      if (place.value >= 0) table.value?.show(place.value)
      return true
    },
  }
}
