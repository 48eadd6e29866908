import type { OutboxId } from '#core/shared/ids.ts'
import { isEqual } from '#core/sync/merge3.ts'
import { laneOf, type ContentChange, type OutboxPayloads, type OutboxRow } from '#core/sync/outbox.ts'

/** What is to be written to the outbox so that it says the same with fewer rows. */
export interface Coalesced {
  remove: OutboxId[]
  put: OutboxRow[]
}

/**
 * Lets a new change join those of its lane that wait. Only the newest of them can take it in, and only while nobody knows of it
 * but this desk: not sent, not on its way, not held, in no conflict. Of texts and prices the first `before` and the last value
 * remain, differences of stock add up, and what comes back to where it began leaves the outbox. A shipment, and a cancellation,
 * stay what they are.
 *
 * The new row keeps its own id (another content is another intent) and takes the place of the one it replaces. One that stays
 * a row of its own goes behind those that wait, also when the clock was set back since they were made.
 *
 * `waiting` is in sending order (`sortForSending`).
 */
export function coalesce(waiting: readonly OutboxRow[], fresh: OutboxRow): Coalesced {
  const lane = laneOf(fresh)
  const last = waiting.filter((row) => laneOf(row) === lane).at(-1)
  if (last === undefined) return { remove: [], put: [fresh] }
  const payload = isUntouched(last) ? join(last, fresh) : null
  if (payload === null) return { remove: [], put: [behind(last, fresh)] }
  if (payload === 'nothing') return { remove: [last.id], put: [] }
  const joined = { ...fresh, payload, createdAt: last.createdAt } as OutboxRow
  return { remove: [last.id], put: [joined] }
}

function behind(last: OutboxRow, fresh: OutboxRow): OutboxRow {
  return { ...fresh, createdAt: Math.max(fresh.createdAt, last.createdAt + 1) }
}

/** Nothing of it has left this machine, and nobody was asked about it. */
function isUntouched({ state, held, inFlight, attempts }: OutboxRow): boolean {
  return state === 'queued' && !held && !inFlight && attempts === 0
}

/** Both in one; `nothing` when they cancel each other out, null when they stay two. */
function join(last: OutboxRow, fresh: OutboxRow): OutboxPayloads[keyof OutboxPayloads] | 'nothing' | null {
  if (last.kind === 'push-listing' && fresh.kind === 'push-listing') {
    const changes = joinContent(last.payload.changes, fresh.payload.changes)
    return changes.length === 0 ? 'nothing' : { ...fresh.payload, changes }
  }
  if (last.kind === 'push-price' && fresh.kind === 'push-price') {
    const { before } = last.payload
    return isEqual(before, fresh.payload.value) ? 'nothing' : { ...fresh.payload, before }
  }
  if (last.kind === 'push-stock' && fresh.kind === 'push-stock') {
    const delta = last.payload.delta + fresh.payload.delta
    return delta === 0 ? 'nothing' : { ...fresh.payload, delta, aim: null }
  }
  if (last.kind === 'note-order' && fresh.kind === 'note-order') {
    const { before } = last.payload
    return before === fresh.payload.note ? 'nothing' : { ...fresh.payload, before }
  }
  return null
}

function joinContent(first: readonly ContentChange[], second: readonly ContentChange[]): ContentChange[] {
  const changes = new Map(first.map((change) => [textOf(change), change]))
  for (const change of second) {
    const before = changes.get(textOf(change))?.before
    changes.set(textOf(change), before === undefined ? change : { ...change, before })
  }
  // A language that was added and taken away again before anybody heard of it was never there.
  return [...changes.values()].filter(({ before, value }) => (before ?? '') !== value)
}

function textOf({ locale, part }: ContentChange): string {
  return `${locale} ${part}`
}
