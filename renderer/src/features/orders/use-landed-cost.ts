import { computed, type ComputedRef } from 'vue'
import { landedCost, type LandedCost } from '#core/customs/landed-cost.ts'
import type { TariffDuty } from '#core/customs/hs/tariff-duty.ts'
import type { ParcelLine } from '#core/customs/rules/parcel.ts'
import { needsDeclaration } from '#core/order/check-order.ts'
import { ruledParcel } from '#core/order/ruled-parcel.ts'
import type { OrderDetail } from '#renderer/data/queries/order-detail.ts'
import { goodsKey, watchDuties } from '#renderer/data/queries/reference-files.ts'
import { watchRatesOn } from '#renderer/data/queries/rates.ts'
import { localDay } from '#renderer/data/repos/facts.repo.ts'
import { useDesk } from '#renderer/app/desk.ts'
import { useDestinationRules } from '#renderer/app/destination-rules.ts'
import { useLive } from '#renderer/app/live.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'
import { useNow } from '#renderer/ui/now.ts'

const NO_DUTIES: ReadonlyMap<string, TariffDuty> = new Map()

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

  const ruled = computed(() => {
    const shown = detail()
    if (shown === null) return null
    const { order, products, shipment } = shown
    const { sender, customs: choices } = desk.value
    const country = order.shipTo?.country ?? ''
    if (country === '' || !needsDeclaration(sender.country, country)) return null
    return ruledParcel(order, new Map(Object.entries(products)), {
      ...{ sentFrom: sender.country, shipOn: day.value, choices },
      grossGrams: shipment?.grossGrams ?? grossGrams(),
    })
  })
  /** As text, so that the store is asked anew only when goods change. */
  const goods = computed(() => {
    const { destination, lines } = ruled.value ?? {}
    return JSON.stringify([destination ?? '', lines?.map(({ hs6, origin }) => ({ hs6, origin })) ?? []])
  })
  const { data: duties } = useLive(() => {
    const [destination, lines] = JSON.parse(goods.value) as [string, Pick<ParcelLine, 'hs6' | 'origin'>[]]
    return destination === '' ? null : watchDuties(db, destination, lines)
  })

  return computed(() => {
    const [shown, bare] = [detail(), ruled.value]
    if (shown === null || bare === null || rules.value === null) return null
    const { customs: choices, homeCurrency } = desk.value
    const used = shown.shipment?.ruleIds ?? null
    const country = bare.destination
    const parcel = { ...bare, lines: withDuties(bare.lines, duties.value ?? NO_DUTIES) }
    const cost = landedCost(rules.value.set, parcel, {
      ...{ rates: rates.value ?? null, handling: choices.handling, homeCurrency, used },
      trusted: new Set(Object.keys(choices.trusted)),
    })
    return { cost, day: day.value, frozen: used !== null, country }
  })
}

/** Duties that are still those of other goods find no line. */
function withDuties(lines: readonly ParcelLine[], duties: ReadonlyMap<string, TariffDuty>): ParcelLine[] {
  return lines.map((line) => {
    const duty = duties.get(goodsKey(line))
    return duty === undefined ? line : { ...line, dutyRate: duty.rate, dutyFrom: duty }
  })
}
