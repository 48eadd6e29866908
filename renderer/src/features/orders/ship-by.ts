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
  if (unit === 'days' && isTomorrow(at, now)) return { kind: 'tomorrow' }
  if (unit === 'days' && parts.days === 0) return { kind: 'left', ...parts, unit: 'hours' }
  return { kind: 'left', unit, ...parts }
}

function isTomorrow(at: number, now: number): boolean {
  const next = new Date(now)
  next.setDate(next.getDate() + 1)
  return new Date(at).toDateString() === next.toDateString()
}

/** Red when late, amber within half a day, quiet otherwise. */
export function shipByTone(at: number, now: number): 'text-error' | 'text-warning' | '' {
  if (at < now) return 'text-error'
  return at - now < DAY / 2 ? 'text-warning' : ''
}
