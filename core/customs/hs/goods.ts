/** The nomenclature all six-digit codes of this app are of. Codes of another one are not mixed with them. */
export const HS_NOMENCLATURE = 'HS2022'

/** A text in both languages of the app. */
export interface BothWords {
  en: string
  zh: string
}

/** A kind of everyday goods, in our own words. */
export interface HsGood extends BothWords {
  /** Six digits. */
  code: string
  /** Other words for it, in either language. */
  also: string[]
  /** Near codes, each with the key of what tells them apart. */
  not: { code: string; tell: string }[]
}

/** `resources/hs-goods.json`: some five hundred kinds of goods that are sold across borders. No ruling, a help to find the code. */
export interface HsGoods {
  nomenclature: string
  /** What tells two near codes apart, in a sentence, by key. */
  tells: Readonly<Record<string, BothWords>>
  goods: readonly HsGood[]
}
