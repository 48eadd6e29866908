import { exact, roundExact } from '#core/money/exact.ts'
import type { Amount, Duty, Tax } from '#core/customs/rules/charges.ts'
import type { DestinationRule } from '#core/customs/rules/rule.ts'
import type { Formatters } from '#renderer/ui/format.ts'

/** Texts by key; typed keys of this many texts are more than the compiler follows through a parameter. */
export type Say = (key: string, values?: Record<string, unknown>) => string

/** What rules charge, in words. */
export class ChargeText {
  constructor(
    private readonly t: Say,
    private readonly format: Formatters,
  ) {}

  share(rate: string): string {
    return this.t('destinations:percent', { value: this.format.number(exact(rate).times(100).toNumber()) })
  }

  /** Whole units without their cents, so that a limit reads as it is written. */
  amount({ amount: units, currency }: Amount): string {
    const rounded = exact(units).isInteger() ? null : roundExact(exact(units), currency)
    if (rounded?.ok) return this.format.money(rounded.value)
    return `${this.format.number(Number(units))} ${currency}`
  }

  duty(duty: Duty | null): string {
    switch (duty?.kind) {
      case 'per-tariff-line':
        return this.t('destinations:duty.per-tariff-line', { amount: this.amount(duty) })
      case 'tariff': {
        const rates = [...duty.additions].map(({ rate }) => this.share(rate)).join(this.t('destinations:or'))
        const base = duty.general
          ? this.t('destinations:duty.rate', { rate: this.share(duty.general) })
          : this.t('destinations:duty.tariff')
        return rates ? this.t('destinations:duty.with-additions', { base, rates }) : base
      }
      case 'rate':
        return this.t(duty.includesTax ? 'destinations:duty.rate-with-tax' : 'destinations:duty.rate', {
          rate: this.share(duty.rate),
        })
      case 'formula':
        return duty.brackets
          .map(({ upTo, rate, minus }) =>
            this.t(Number(minus) === 0 ? 'destinations:duty.bracket' : 'destinations:duty.bracket-less', {
              ...{ upTo: this.amount({ amount: upTo, currency: duty.currency }), rate: this.share(rate) },
              minus: this.amount({ amount: minus, currency: duty.currency }),
            }),
          )
          .join(this.t('destinations:then'))
      case 'ask':
        return this.t('destinations:duty.ask')
      default:
        return this.t('destinations:duty.none')
    }
  }

  tax(tax: Tax | null): string {
    if (tax === null || tax.kind === 'none') return this.t('destinations:tax.none')
    const rate =
      tax.low === tax.high ? this.share(tax.high) : `${this.share(tax.low)} – ${this.share(tax.high)}`
    return this.t('destinations:tax.rate', { name: this.t(`destinations:tax.name.${tax.name}`), rate })
  }

  brief({ duty: asked, tax: taxed }: DestinationRule): string {
    const parts = [this.briefDuty(asked), taxed?.kind === 'rate' ? this.tax(taxed) : ''].filter(Boolean)
    return parts.length === 0 ? this.t('destinations:free') : parts.join(' + ')
  }

  private briefDuty(asked: Duty | null): string {
    if (asked === null || asked.kind === 'none') return ''
    if (asked.kind === 'formula') return this.t('destinations:duty.formula')
    if (asked.kind === 'per-tariff-line')
      return this.t('destinations:brief.per-line', { amount: this.amount(asked) })
    if (asked.kind === 'tariff' && asked.general === null && asked.additions.length === 0)
      return this.t('destinations:brief.tariff')
    return this.duty(asked)
  }
}
