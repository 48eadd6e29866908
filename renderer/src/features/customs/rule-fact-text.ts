import type { Levy } from '#core/customs/rules/charges.ts'
import type { DestinationRule } from '#core/customs/rules/rule.ts'
import type { Say } from '#renderer/app/charge-text.ts'
import type { RuleText } from '#renderer/app/rule-text.ts'
import type { Formatters } from '#renderer/ui/format.ts'

/** What one rule says of each matter, in words; '' where it does not speak of it. */
export class RuleFactText {
  constructor(
    private readonly t: Say,
    private readonly format: Formatters,
    private readonly words: RuleText,
  ) {}

  applies({ when, unless }: DestinationRule): string {
    const parts = this.words.conditions.conditions(when)
    const except = unless === null ? [] : this.words.conditions.conditions(unless)
    if (except.length > 0)
      parts.push(this.t('destinations:when.unless', { conditions: except.join(this.t('destinations:and')) }))
    return parts.length === 0 ? this.t('destinations:when.always') : parts.join(this.t('destinations:then'))
  }

  days({ from, until }: DestinationRule): string {
    const begin = this.format.day(from)
    return until === null
      ? this.t('destinations:since', { from: begin })
      : this.t('destinations:between', { from: begin, until: this.format.day(until) })
  }

  taxes({ tax }: DestinationRule): string {
    if (tax === null || tax.kind === 'none') return this.words.charges.tax(tax)
    return [
      this.words.charges.tax(tax),
      tax.reduced ? this.t('destinations:tax.reduced', { rate: this.words.charges.share(tax.reduced) }) : '',
      tax.inside ? this.t('destinations:tax.inside') : '',
      tax.waivedUpTo
        ? this.t('destinations:tax.waived', { amount: this.words.charges.amount(tax.waivedUpTo) })
        : '',
    ]
      .filter(Boolean)
      .join(this.t('destinations:then'))
  }

  private levy(each: Levy): string {
    const text = this.t(`destinations:levy.${each.per}`, { amount: this.words.charges.amount(each) })
    return Number(each.taxRate) === 0
      ? text
      : this.t('destinations:levy.with-tax', { levy: text, rate: this.words.charges.share(each.taxRate) })
  }

  collected({ tax }: DestinationRule): string {
    if (tax?.kind !== 'rate') return ''
    const who = tax.collectors
      .map((each) => this.t(`destinations:collector.${each}`))
      .join(this.t('destinations:or'))
    return this.t(`destinations:at.${tax.at}`, { who })
  }

  levies({ levies }: DestinationRule): string {
    return levies.map((each) => this.levy(each)).join(this.t('destinations:then'))
  }

  consignee({ consigneeId }: DestinationRule): string {
    if (consigneeId === null) return ''
    const type = consigneeId.type.slice(3).toUpperCase()
    return this.t(`destinations:consignee.${consigneeId.need}`, { type })
  }
}
