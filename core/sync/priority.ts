import type { OutboxKind } from '#core/sync/outbox.ts'
import type { PullSubject } from '#core/sync/schedule.ts'

/**
 * What a call is for, most urgent first: somebody looks at the screen for it · unsent work leaves · orders come in · a catalogue is
 * walked, pictures are fetched.
 */
export const PRIORITIES = ['interactive', 'sending', 'pulling', 'background'] as const
export type Priority = (typeof PRIORITIES)[number]

/**
 * How long a call of each priority lets later, more urgent ones go first, in ms. It is what keeps the least urgent from starving: a
 * call is only ever overtaken by calls that came within the difference of the two.
 */
export const PATIENCE_MS: Readonly<Record<Priority, number>> = {
  interactive: 0,
  sending: 1_000,
  pulling: 5_000,
  background: 15_000,
}

/** A call that waits for its turn; `since` is any moment of one clock that never goes back, in ms. */
export interface Waiting {
  priority: Priority
  since: number
}

/**
 * Whose turn it is, as a place in the list, which is in order of arrival: the earliest deadline first, where the deadline is the moment
 * of arrival and the patience of its priority. Among equals the one that came first. -1 when nobody waits.
 */
export function chooseNext(waiting: readonly Waiting[]): number {
  let best = -1
  let earliest = Number.POSITIVE_INFINITY
  for (const [place, { priority, since }] of waiting.entries()) {
    const deadline = since + PATIENCE_MS[priority]
    if (deadline >= earliest) continue
    best = place
    earliest = deadline
  }
  return best
}

/**
 * Of a page or a read of a pull. Whoever asked for a shop to be synced looks at its orders; its whole catalogue, which is walked
 * along with them, comes after what is to be sent.
 */
export function priorityOfPull(what: PullSubject, isAsked: boolean): Priority {
  if (what === 'orders') return isAsked ? 'interactive' : 'pulling'
  return isAsked ? 'pulling' : 'background'
}

/**
 * Of a change that leaves. Somebody stands at the packing table for a label. And who asks for a sync means both directions: pages that
 * are asked for must not go before the changes of that shop, or asking often enough would keep them here.
 */
export function priorityOfSend(kind: OutboxKind, isShopAsked: boolean): Priority {
  return kind === 'buy-label' || isShopAsked ? 'interactive' : 'sending'
}
