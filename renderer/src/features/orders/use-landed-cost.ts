import { computed, type ComputedRef } from 'vue'
import { landedCost, type LandedCost } from '#core/customs/landed-cost.ts'
import { needsDeclaration } from '#core/order/check-order.ts'
import { ruledParcel } from '#core/order/ruled-parcel.ts'
import type { OrderDetail } from '#renderer/data/queries/order-detail.ts'
import { watchRatesOn } from '#renderer/data/queries/rates.ts'
import { localDay } from '#renderer/data/repos/facts.repo.ts'
import { useDesk } from '#renderer/app/desk.ts'
import { useDestinationRules } from '#renderer/app/destination-rules.ts'
import { useLive } from '#renderer/app/live.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'
import { useNow } from '#renderer/ui/now.ts'

export interface OrderCost {
  cost: LandedCost
  /** ISO day whose rules and rates count: of the label where there is one, else today. */
  day: string
  /** The rules are those of its label. */
  frozen: boolean
  country: string
}

/** What an order's parcel costs its buyer at the border, live; null where no border is crossed or nothing can be said of it. */
export function useLandedCost(
  detail: () => OrderDetail | null,
  grossGrams: () => number,
): ComputedRef<OrderCost | null> {
  const { db } = useWorkspace()
  const desk = useDesk()
  const now = useNow()
  const { rules } = useDestinationRules()
  const day = computed(() => {
    const shipment = detail()?.shipment ?? null
    return localDay(shipment === null ? now.value : shipment.createdAt)
  })
  const { data: rates } = useLive(() => watchRatesOn(db, day.value))

  return computed(() => {
    const shown = detail()
    if (shown === null) return null
    const { order, products, shipment } = shown
    const { sender, customs: choices, homeCurrency } = desk.value
    const country = order.shipTo?.country ?? ''
    if (rules.value === null || country === '' || !needsDeclaration(sender.country, country)) return null
    const used = shipment?.ruleIds ?? null
    const parcel = ruledParcel(order, new Map(Object.entries(products)), {
      ...{ sentFrom: sender.country, shipOn: day.value, choices },
      grossGrams: shipment?.grossGrams ?? grossGrams(),
    })
    if (parcel === null) return null
    const cost = landedCost(rules.value.set, parcel, {
      ...{ rates: rates.value ?? null, handling: choices.handling, homeCurrency, used },
      trusted: new Set(Object.keys(choices.trusted)),
    })
    return { cost, day: day.value, frozen: used !== null, country }
  })
}
