/** How often, per call, the shop or the line to it misbehaves; 0 to 1. */
export interface Mischief {
  down: number
  throttled: number
  /** The write happens, its answer does not arrive. */
  lostAnswer: number
  /** The write happens, but only a while after its answer was lost. */
  lateWrite: number
  /** A change of a listing is taken, and shows only a while after. */
  shownLate: number
  /** The answer is lost and nothing was written. */
  lostRequest: number
  auth: number
  /** Items of a page come in another order, or twice. */
  shuffled: number
  /** An item of the page does not parse. */
  unreadable: number
  /** The page token is forgotten. */
  tokenLost: number
  /** The answer is cut off in mid-text: it cannot be read, and whether a write happened is open. */
  truncated: number
  /** A page has nothing on it, and another follows. */
  emptyPage: number
  /** The shop says that it has nothing at all. */
  nothing: number
}

export const WELL_BEHAVED: Mischief = {
  down: 0,
  throttled: 0,
  lostAnswer: 0,
  lateWrite: 0,
  shownLate: 0,
  lostRequest: 0,
  auth: 0,
  shuffled: 0,
  unreadable: 0,
  tokenLost: 0,
  truncated: 0,
  emptyPage: 0,
  nothing: 0,
}
