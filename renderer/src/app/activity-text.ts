import { useTranslation } from 'i18next-vue'
import type { Issue } from '#core/shared/issue.ts'
import { STAGES } from '#core/order/order.ts'
import type { FieldChange } from '#core/shared/field-change.ts'
import { findExponent } from '#core/money/currencies.ts'
import type { Money } from '#core/money/money.ts'
import { parseFieldName, type ListingField } from '#core/listing/fields.ts'
import type { Activity } from '#renderer/data/records.ts'
import { issueSentence } from '#renderer/app/issue-text.ts'
import { useFormat } from '#renderer/ui/format.ts'

/** What an entry says went wrong; of a code that is not known here, the code itself. */
function issueOf({ code, reason }: Activity['values']): Issue {
  return { code: String(code) as Issue['code'], reason: String(reason) }
}

/** Entries of the journal in the language on screen; the order's timeline and the activity page say the same. */
export function useActivityText() {
  const { t, i18next } = useTranslation()
  const format = useFormat()
  const look = t as unknown as (keys: string[], values?: Record<string, unknown>) => string

  function stageName(value: unknown): string {
    const stage = STAGES.find((one) => one === value)
    return stage ? t(`orders:queue.${stage}`) : String(value)
  }

  function words({ what, values }: Pick<Activity, 'what' | 'values'>): string {
    const stages =
      what === 'stage-changed' ? { from: stageName(values['from']), to: stageName(values['to']) } : {}
    const why = what === 'pull-failing' ? { why: issueSentence(t, issueOf(values)) } : {}
    return look([`activity:${what}`, 'activity:other'], { ...values, ...stages, ...why, what })
  }

  /** The kind alone, for a filter. */
  function kind(what: string): string {
    const known = i18next.exists(`activity:kind.${what}`)
    return known ? look([`activity:kind.${what}`]) : words({ what, values: {} })
  }

  function priceOf({ currency, market }: Extract<ListingField, { kind: 'price' }>): string {
    return market === undefined
      ? t('activity:listing.price', { currency })
      : t('activity:listing.market-price', { currency, market })
  }

  function listingField(of: ListingField, sku: string): string {
    if (of.kind === 'content')
      return t(`activity:listing.${of.part}`, { language: format.value.language(of.locale) })
    const text = of.kind === 'price' ? priceOf(of) : t('activity:listing.stock')
    return sku === '' ? text : t('activity:of-offer', { sku, field: text })
  }

  /** A field by the name that people know: `shipTo.postcode`, `lines.0.quantity`, `contents.de.title`; `sku` says of which offer. */
  function field(name: string, sku = ''): string {
    const ofListing = parseFieldName(name)
    if (ofListing !== null) return listingField(ofListing, sku)
    const known = name
      .replace(/^lines\.\d+$/, 'lines.whole')
      .replace(/^lines\.\d+\./, 'lines.')
      .replace(/^shipTo$/, 'shipTo.whole')
    const line = /^lines\.(\d+)/.exec(name)?.[1]
    const text = look([`activity:field.${known}`, 'activity:field.other'], { name })
    return line === undefined ? text : t('activity:of-line', { number: Number(line) + 1, field: text })
  }

  /** Changes with the names of their fields, amounts as amounts. */
  function changes(list: readonly FieldChange[], sku = '') {
    return list.map(({ field: name, from, to }) => ({
      ...{ field: name, name: field(name, sku), from: readable(from), to: readable(to) },
    }))
  }

  function readable(text: string | null): string | null {
    const amount = text === null ? null : asMoney(text)
    return amount === null ? text : format.value.money(amount)
  }

  return { words, kind, field, changes }
}

/** Amounts are kept in changes as JSON. */
function asMoney(text: string): Money | null {
  if (!/^\{("minor":-?\d{1,15},"currency":"[A-Z]{3}"|"currency":"[A-Z]{3}","minor":-?\d{1,15})\}$/.test(text))
    return null
  const amount = JSON.parse(text) as Money
  return findExponent(amount.currency).ok ? amount : null
}
