import { exact } from '#core/money/exact.ts'
import type { DutyRow, Tariff } from '#core/customs/hs/nomenclature.ts'
import { EU27 } from '#core/customs/customs-territory.ts'

/** A duty that is a share of the value, and the row of an imported tariff that says so. */
export interface TariffDuty {
  tariff: Tariff
  /** As the row has it, ten digits. */
  code: string
  /** As it stands there. */
  text: string
  /** 0.065 is 6.5 %. */
  rate: string
}

/** Goods of these origins pay more in the US than the general rate: column 2 of its tariff (general note 3(b)). */
const US_COLUMN_2 = ['CU', 'KP', 'RU', 'BY']

/** Whose tariff a destination clears by; null where none of them. */
export function tariffOf(destination: string): Tariff | null {
  if (destination === 'US') return 'US'
  if (destination === 'GB' || destination === 'IM') return 'GB'
  return EU27.includes(destination) || destination === 'MC' ? 'EU' : null
}

/** A duty as written in a tariff, as a share; null when it is anything but a share (by weight, by alcohol, by several parts). */
export function readAdValorem(text: string): string | null {
  const words = text.trim()
  if (/^free$/i.test(words)) return '0'
  const [, percent] = /^(\d{1,3}(?:[.,]\d{1,4})?)\s*%$/.exec(words) ?? []
  return percent === undefined ? null : exact(percent.replace(',', '.')).dividedBy(100).toFixed()
}

/** Codes whose rows may say what goods of a code pay: those below it, and those above. */
export function dutyCodes(code: string): { below: string; above: string[] } {
  const above = [10, 8, 6, 4].map((length) => code.slice(0, length).padEnd(10, '0'))
  return { below: code.slice(0, 10), above: [...new Set(above)] }
}

/**
 * The duty of goods of a code and origin by the rows of a tariff. A code of fewer digits has one only where all that is below it pays alike. Null where
 * nothing is said, or not as a share.
 */
export function dutyOf(
  tariff: Tariff,
  { code, origin }: { code: string; origin: string },
  rows: readonly DutyRow[],
): TariffDuty | null {
  if (code.length < 6 || origin === '' || (tariff === 'US' && US_COLUMN_2.includes(origin))) return null
  const { below, above } = dutyCodes(code)
  const under = rows.filter((row) => row.code.startsWith(below))
  const found = under.length > 0 ? under : rows.filter((row) => row.code === nearest(above, rows))
  const [first, ...others] = found
  const rate = first === undefined ? null : readAdValorem(first.text)
  if (first === undefined || rate === null) return null
  const alike = others.every(({ text }) => readAdValorem(text) === rate)
  return alike ? { tariff, code: first.code, text: first.text, rate } : null
}

function nearest(above: readonly string[], rows: readonly DutyRow[]): string | undefined {
  return above.find((code) => rows.some((row) => row.code === code))
}
