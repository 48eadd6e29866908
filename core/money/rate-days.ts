/**
 * When the European Central Bank publishes its reference rates: about 16:00 Central European Time on every working day of the euro's
 * payment system T2 (TARGET), which is closed on weekends, 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December (ECB,
 * "TARGET Services calendar", since 2002).
 */

const DAY = 24 * 3_600_000
/** 16:00 in winter is 15:00 UTC, in summer 14:00; the later one, and a quarter for the bank. */
const OUT_AFTER_MS = 15.25 * 3_600_000

/** True for an ISO day on which rates come out. */
export function hasRates(day: string): boolean {
  const at = startOf(day)
  const weekday = new Date(at).getUTCDay()
  if (weekday === 0 || weekday === 6) return false
  if (['01-01', '05-01', '12-25', '12-26'].includes(day.slice(5))) return false
  const easter = easterOf(Number(day.slice(0, 4)))
  return at !== easter - 2 * DAY && at !== easter + DAY
}

/** The newest day whose rates are out at this moment. */
export function newestRatesDay(now: number): string {
  let at = now - OUT_AFTER_MS
  while (!hasRates(dayOf(at))) at -= DAY
  return dayOf(at)
}

/** When the rates after those of {@link newestRatesDay} come out, epoch ms. */
export function nextRatesAt(now: number): number {
  let at = startOf(newestRatesDay(now)) + DAY
  while (!hasRates(dayOf(at))) at += DAY
  return at + OUT_AFTER_MS
}

/** How many days of rates came out after those of `day`, up to this moment. */
export function countRatesSince(day: string, now: number): number {
  const newest = newestRatesDay(now)
  let count = 0
  for (let at = startOf(newest); dayOf(at) > day; at -= DAY) if (hasRates(dayOf(at))) count++
  return count
}

/** The ISO day of a moment, in UTC. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher), epoch ms. */
function easterOf(year: number): number {
  const century = Math.floor(year / 100)
  const golden = year % 19
  const leap = Math.floor(century / 4)
  const moon = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - leap - moon + 15) % 30
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - epact - (year % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * sunday) / 451)
  const days = epact + sunday - 7 * late + 114
  return Date.UTC(year, Math.floor(days / 31) - 1, (days % 31) + 1)
}
