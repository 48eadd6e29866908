import { isIsoDay } from '#core/shared/iso-day.ts'

/** Days from and to, both included, ISO. */
export interface Period {
  from: string
  to: string
}

export const PERIOD_CHOICES = ['7d', '30d', '90d', 'month'] as const
export type PeriodChoice = (typeof PERIOD_CHOICES)[number]

const DAY_MS = 86_400_000
const LENGTHS = { '7d': 7, '30d': 30, '90d': 90 } as const
/** Longer than this, a chart of days says nothing. */
export const MOST_DAYS = 731

/** The period that a choice means on this day; the day is its last. */
export function periodOf(choice: PeriodChoice, today: string): Period {
  if (choice === 'month') return { from: `${today.slice(0, 8)}01`, to: today }
  return { from: addDays(today, 1 - LENGTHS[choice]), to: today }
}

/** As many days right before it. */
export function periodBefore({ from, to }: Period): Period {
  return { from: addDays(from, -daysIn({ from, to })), to: addDays(from, -1) }
}

export function daysIn({ from, to }: Period): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1
}

export function listDays({ from, to }: Period): string[] {
  return Array.from({ length: Math.max(0, daysIn({ from, to })) }, (_, i) => addDays(from, i))
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)
}

/** A period as it stands in an address: the two in order, at most {@link MOST_DAYS}; null for what is none. */
export function readPeriod(from: string, to: string): Period | null {
  if (!isIsoDay(from) || !isIsoDay(to)) return null
  const period = from <= to ? { from, to } : { from: to, to: from }
  return daysIn(period) > MOST_DAYS ? { from: addDays(period.to, 1 - MOST_DAYS), to: period.to } : period
}
