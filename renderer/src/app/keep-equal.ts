/** What was there before, where the new value says the same: what is made of it need not be made again. For plain values. */
export function keepEqual<T>(before: T | undefined, now: T): T {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now
}
