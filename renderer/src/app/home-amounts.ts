import { computed, type ComputedRef } from 'vue'
import { findRateSet } from '#core/money/choose-rates.ts'
import { convertMoney } from '#core/money/fx.ts'
import type { Money } from '#core/money/money.ts'
import { dayOf } from '#core/money/rate-days.ts'
import { watchRateSets } from '#renderer/data/queries/rates.ts'
import { useDesk } from '#renderer/app/desk.ts'
import { useLive } from '#renderer/app/live.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** An amount in the desk's own currency, and the ISO day of the rates it was reckoned with; '' when nothing had to be converted. */
export interface HomeAmount {
  money: Money
  ratesOf: string
}

/** Reckons amounts by the rates of their own day. Null where a rate is missing: a missing rate is never 1. */
export function useHomeAmounts(): ComputedRef<(amount: Money, at: number | null) => HomeAmount | null> {
  const { db } = useWorkspace()
  const desk = useDesk()
  const { data: sets } = useLive(() => watchRateSets(db))
  return computed(() => {
    const { homeCurrency } = desk.value
    const kept = sets.value ?? []
    const ofDay = new Map<string, ReturnType<typeof findRateSet<(typeof kept)[number]>>>()
    return (amount, at) => {
      if (amount.currency === homeCurrency) return { money: amount, ratesOf: '' }
      if (at === null) return null
      const day = dayOf(at)
      const found = ofDay.get(day) ?? findRateSet(kept, day)
      ofDay.set(day, found)
      if (!found.ok) return null
      const converted = convertMoney(amount, homeCurrency, found.value.set)
      return converted.ok ? { money: converted.value.money, ratesOf: found.value.set.date } : null
    }
  })
}
