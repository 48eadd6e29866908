/** Days until which orders are parked most; `day` is one that a person picks, `open` until somebody brings them back. */
export const PARK_CHOICES = ['tomorrow', 'three', 'week', 'open', 'day'] as const
export type ParkChoice = (typeof PARK_CHOICES)[number]

const DAYS: Partial<Record<ParkChoice, number>> = { tomorrow: 1, three: 3, week: 7 }
/** When the day's work begins. */
const MORNING = 8

/** The moment of a choice on this desk's calendar, epoch ms: the morning of its day. Null is until brought back, undefined no day yet. */
export function parkUntil(choice: ParkChoice, day: string, now: number): number | null | undefined {
  if (choice === 'open') return null
  if (choice === 'day') {
    const at = new Date(`${day}T0${MORNING}:00:00`).getTime()
    return Number.isNaN(at) ? undefined : at
  }
  const at = new Date(now)
  at.setDate(at.getDate() + (DAYS[choice] ?? 1))
  return at.setHours(MORNING, 0, 0, 0)
}
