/**
 * What a pull may do without a person looking: single cancellations, yes; a wave of them, or open orders or listings that a shop
 * suddenly knows nothing of, is more often a wrong account, a wiped test shop or a defect than what it says.
 */
export type AlarmKind = 'mass-cancel' | 'mass-missing' | 'mass-delete'

export interface GuardAlarm {
  kind: AlarmKind
  /** Orders, or listings, concerned. */
  count: number
  /** Open orders, or listings, of the shop before. */
  of: number
  /** Epoch ms. */
  at: number
}

/** Never an alarm below this: in a small shop one order is more than any share. */
const FEWEST = 10
/** Always an alarm above this. */
const MOST = 100
const SHARE = 0.05

/** True when so many of a shop's open orders cannot go in one pull without being asked for. */
export function isMassive(count: number, of: number): boolean {
  return count > MOST || (count >= FEWEST && count > of * SHARE)
}

/** Adds up over the pages of one pull, so that a wave cannot pass in small pages. */
export class PullGuard {
  readonly #of: number
  readonly #waived: boolean
  readonly #counts: Record<AlarmKind, number> = { 'mass-cancel': 0, 'mass-missing': 0, 'mass-delete': 0 }

  /** `of`: open orders, or listings, before the pull; `waived`: a person said to take what comes. */
  constructor(of: number, waived: boolean) {
    this.#of = of
    this.#waived = waived
  }

  /** What was counted so far. */
  counted(kind: AlarmKind): number {
    return this.#counts[kind]
  }

  /** Counts some more, before they are stored; the alarm when they must not be. */
  note(kind: AlarmKind, count: number, at: number): GuardAlarm | null {
    this.#counts[kind] += count
    const total = this.#counts[kind]
    const raised = count > 0 && !this.#waived && isMassive(total, this.#of)
    return raised ? { kind, count: total, of: this.#of, at } : null
  }
}
