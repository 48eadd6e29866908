const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What the ship-by clock says. */
export type ShipBy =
  | {
      kind: 'late' | 'left'
      unit: 'minutes' | 'hours' | 'days'
      hours: number
      minutes: number
      days: number
    }
  | { kind: 'tomorrow' }

/** Hours and minutes while they count, days when they are far; `late` once the moment has passed. */
export function shipByClock(at: number, now: number): ShipBy {
  const distance = Math.abs(at - now)
  const parts = {
    days: Math.floor(distance / DAY),
    hours: Math.floor(distance / HOUR),
    minutes: Math.floor((distance % HOUR) / MINUTE),
  }
  const unit =
    distance < HOUR ? 'minutes' : distance < 12 * HOUR || (at < now && distance < DAY) ? 'hours' : 'days'
  if (at < now) return { kind: 'late', unit, ...parts }
  const nights = nightsBetween(now, at)
  if (unit !== 'days' || nights === 0)
    return { kind: 'left', ...parts, unit: unit === 'days' ? 'hours' : unit }
  // Days as on the calendar: what follows tomorrow is two days away, though fewer hours may be left.
  return nights === 1 ? { kind: 'tomorrow' } : { kind: 'left', unit, ...parts, days: nights }
}

function nightsBetween(from: number, to: number): number {
  const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0)
  return Math.round((midnight(to) - midnight(from)) / DAY)
}

/** Red when late, amber within half a day, quiet otherwise. */
export function shipByTone(at: number, now: number): 'text-error' | 'text-warning' | '' {
  if (at < now) return 'text-error'
  return at - now < DAY / 2 ? 'text-warning' : ''
}
