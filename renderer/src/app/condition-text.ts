import type { Condition, ValueBand } from '#core/customs/rules/rule.ts'
import type { ChargeText, Say } from '#renderer/app/charge-text.ts'
import type { Formatters } from '#renderer/ui/format.ts'

/** To what rules apply, in words. */
export class ConditionText {
  constructor(
    private readonly t: Say,
    private readonly format: Formatters,
    private readonly charges: ChargeText,
  ) {}

  band({ over, upTo, currency }: Pick<ValueBand, 'over' | 'upTo' | 'currency'>): string {
    const from = over
      ? `${over.inclusive ? '≥' : '>'} ${this.charges.amount({ amount: over.amount, currency })}`
      : ''
    const to = upTo
      ? `${upTo.inclusive ? '≤' : '<'} ${this.charges.amount({ amount: upTo.amount, currency })}`
      : ''
    return [from, to].filter(Boolean).join(this.t('destinations:and'))
  }

  conditions({ value, sentFrom, travels, scheme, postcodes }: Condition): string[] {
    const list = (parts: readonly string[]) => parts.join(this.t('destinations:or'))
    return [
      value ? this.t('destinations:when.value', { band: this.band(value), basis: this.basisOf(value) }) : '',
      sentFrom ? this.t('destinations:when.sent-from', { countries: this.countriesIn(sentFrom) }) : '',
      travels
        ? this.t('destinations:when.travels', {
            how: list(travels.map((each) => this.t(`destinations:travels.${each}`))),
          })
        : '',
      scheme ? this.t('destinations:when.scheme', { scheme }) : '',
      postcodes ? this.t('destinations:when.postcodes', { codes: list(postcodes) }) : '',
    ].filter(Boolean)
  }

  private basisOf({ per, of }: ValueBand): string {
    return this.t('destinations:basis.both', {
      per: this.t(`destinations:basis.${per}`),
      of: this.t(`destinations:basis.${of}`),
    })
  }

  private countriesIn(codes: readonly string[]): string {
    if (codes.length > 20) return this.t('destinations:eu')
    return codes.map((code) => this.format.country(code)).join(this.t('destinations:comma'))
  }
}
