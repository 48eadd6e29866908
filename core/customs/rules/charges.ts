/** What a rule charges, as data. Amounts are decimal text in units of their currency; rates are shares, 0.19 is 19 %. */

export interface Amount {
  amount: string
  currency: string
}

/** What an amount is a share of. */
export type ChargeBase = 'goods' | 'freight' | 'duty' | 'levies'

/** A rate for goods whose code begins with one of `hs`. */
export interface HsRate {
  hs: readonly string[]
  rate: string
}

export type Duty =
  | { kind: 'none' }
  /** By the country's own tariff, which this file does not have; `general` where nearly everything costs that. */
  | {
      kind: 'tariff'
      on: readonly ChargeBase[]
      general: string | null
      /** Chapters, from and to, that are free. */
      free: { from: string; to: string } | null
      /** On top, by where goods were made; `*` is everywhere. */
      additions: readonly { rate: string; origins: readonly string[] }[]
    }
  | {
      kind: 'rate'
      on: readonly ChargeBase[]
      rate: string
      byHs: readonly HsRate[]
      /** The one rate covers the tax too. */
      includesTax: boolean
    }
  | { kind: 'per-tariff-line'; amount: string; currency: string }
  /** Share of the whole less a sum, by the first bracket that the value fits in. */
  | {
      kind: 'formula'
      on: readonly ChargeBase[]
      currency: string
      brackets: readonly { upTo: string; rate: string; minus: string }[]
      includesTax: boolean
    }
  /** There is a duty and nobody wrote down how much: the declarant knows. */
  | { kind: 'ask' }

export const TAX_NAMES = [
  'vat',
  'gst',
  'gst-hst',
  'mva',
  'mwst',
  'jct',
  'lvg-sales-tax',
  'ppn',
  'icms',
  'kdv',
] as const
export type TaxName = (typeof TAX_NAMES)[number]

export const COLLECTORS = ['marketplace', 'seller', 'carrier', 'importer'] as const
export type Collector = (typeof COLLECTORS)[number]

export type Tax =
  | { kind: 'none' }
  | {
      kind: 'rate'
      name: TaxName
      /** Lowest and highest; the same where there is one. They differ where a region within the country decides. */
      low: string
      high: string
      /** For some goods; shown, not reckoned with. */
      reduced: string | null
      on: readonly ChargeBase[]
      /** The tax is part of what it is reckoned from: (value) ÷ (1 − rate) × rate. */
      inside: boolean
      /** Not levied when it comes to no more than this. */
      waivedUpTo: Amount | null
      collectors: readonly Collector[]
      /** Paid with the price in the shop, or asked for when the parcel arrives. */
      at: 'checkout' | 'border'
    }

export interface Levy extends Amount {
  per: 'consignment' | 'tariff-line' | 'hs6' | 'kg'
  /** Tax on the levy itself. */
  taxRate: string
  /** `carrier-account`: the carrier is billed, and does not bill it parcel by parcel. */
  billed: 'parcel' | 'carrier-account'
}

export const TRAVELS = ['post', 'courier', 'sea'] as const
export type Travel = (typeof TRAVELS)[number]
