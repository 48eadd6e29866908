import { orderByWhatTheyAre, type DeclaredGoods } from '#core/customs/declared-goods.ts'
import { apportion } from '#core/shared/apportion.ts'

/** Weights as they are printed, in whole grams. */
export interface Weighed {
  /** Of each row; 0 where nobody knows. */
  netGrams: number[]
  grossGrams: number
}

/**
 * Rounds weights so that nothing is lost: all rows together weigh what the goods weigh, rounded up once, and never more than the parcel
 * where the goods do not. 0 means unknown to the linter, so a feather still weighs a gram.
 */
export function weighGoods(goods: readonly DeclaredGoods[], grossGrams: number): Weighed {
  const milligrams = goods.reduce((sum, { netMilligrams }) => sum + netMilligrams, 0)
  const gross = Math.ceil(Math.round(grossGrams * 1000) / 1000)
  if (milligrams === 0) return { netGrams: goods.map(() => 0), grossGrams: gross }
  const order = orderByWhatTheyAre(goods)
  const shares = apportion(
    Math.ceil(milligrams / 1000),
    order.map((i) => goods[i]?.netMilligrams ?? 0),
  )
  const netGrams = goods.map(() => 0)
  order.forEach((i, n) => {
    netGrams[i] = goods[i]?.netMilligrams ? Math.max(1, shares[n] ?? 0) : 0
  })
  const fits = grossGrams > 0 && milligrams <= Math.round(grossGrams * 1000)
  const net = netGrams.reduce((sum, grams) => sum + grams, 0)
  return { netGrams, grossGrams: fits ? Math.max(gross, net) : gross }
}
