import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { sameJson } from '#core/shared/same-json.ts'
import { without } from '#core/shared/without.ts'
import type { Order, Stage } from '#core/order/order.ts'
import { addTag, findTag, parseTag, removeTag, withTags } from '#core/order/order-tags.ts'

/** What a person does to one order or to many, and what can be taken back as if it had not been: only what is kept at this desk changes. */
export type OrderVerb =
  | { kind: 'hold' }
  | { kind: 'release' }
  /** Until a moment in epoch ms; null: until a person brings it back. */
  | { kind: 'park'; until: number | null }
  | { kind: 'bring-back' }
  | { kind: 'tag'; tag: string }
  | { kind: 'untag'; tag: string }
  /** '' takes away whoever it is. */
  | { kind: 'assign'; to: string }
  | { kind: 'note'; note: string; mode: 'set' | 'append' }

export type OrderVerbKind = OrderVerb['kind']

export const LONGEST_NOTE = 5_000
export const LONGEST_ASSIGNEE = 100

/** The fields that a verb writes, as one order had them. Null stands for a field that was absent. */
export interface VerbFields {
  held?: boolean
  parked?: { until: number | null } | null
  tags?: string[]
  assignee?: string
  note?: string
}

/** Whoever works out when a parcel leaves has nothing more to do with it. */
const AT_DESK: readonly Stage[] = ['unpaid', 'to_ship', 'label_ready']
const BEFORE_LABEL: readonly Stage[] = ['unpaid', 'to_ship']

/**
 * A verb with its words trimmed. Issues: `invalid-input.tag-empty`, `tag-too-long`, `assignee-too-long`, `note-too-long`, `park-past`
 * for a moment that is over.
 */
export function parseVerb(verb: OrderVerb, now: number): Result<OrderVerb> {
  if (verb.kind === 'tag' || verb.kind === 'untag') {
    const tag = parseTag(verb.tag)
    return tag.ok ? ok({ ...verb, tag: tag.value }) : tag
  }
  if (verb.kind === 'assign') {
    const to = verb.to.trim().replace(/\s+/g, ' ')
    return to.length > LONGEST_ASSIGNEE ? wrong('assignee-too-long', 'assignee') : ok({ ...verb, to })
  }
  if (verb.kind === 'note') {
    const note = verb.note.trim()
    return note.length > LONGEST_NOTE ? wrong('note-too-long', 'note') : ok({ ...verb, note })
  }
  if (verb.kind === 'park' && verb.until !== null && !(verb.until > now)) return wrong('park-past', 'parked')
  return ok(verb)
}

/**
 * The order after the verb, the same object when it changes nothing. Issues: `conflict.stage` for an order that has left or will not
 * leave, `conflict.label-made` for parking one whose label is made, `invalid-input.too-many-tags`, `invalid-input.note-too-long`.
 */
export function applyVerb(verb: OrderVerb, order: Order): Result<Order> {
  switch (verb.kind) {
    case 'hold':
      if (order.held) return ok(order)
      return AT_DESK.includes(order.stage) ? ok({ ...order, held: true }) : err(wrongStage('stage'))
    case 'release':
      return ok(order.held ? { ...order, held: false } : order)
    case 'park':
      return park(order, verb.until)
    case 'bring-back':
      return ok(order.parked === undefined ? order : without(order, 'parked'))
    case 'tag':
      return addTag(order, verb.tag)
    case 'untag':
      return ok(removeTag(order, verb.tag))
    case 'assign':
      return ok(assign(order, verb.to))
    case 'note':
      return writeNote(order, verb)
  }
}

/** What the verb writes, as the order has it. */
export function fieldsOf(verb: OrderVerb, order: Order): VerbFields {
  switch (verb.kind) {
    case 'hold':
    case 'release':
      return { held: order.held }
    case 'park':
    case 'bring-back':
      return { parked: order.parked ?? null }
    case 'tag':
    case 'untag':
      return { tags: order.tags ?? [] }
    case 'assign':
      return { assignee: order.assignee ?? '' }
    case 'note':
      return { note: order.note }
  }
}

/**
 * Takes a verb back: the order with the fields that it had. Tags are looked at one by one, so that others that came or went since stay as
 * they are. Issues: `conflict.changed-since` when somebody has changed the field since.
 */
export function undoVerb(verb: OrderVerb, before: VerbFields, present: Order): Result<Order> {
  const was = withFields(present, before)
  const done = applyVerb(verb, was)
  const isAsLeft = done.ok && sameJson(fieldsOf(verb, done.value), fieldsOf(verb, present))
  if (isAsLeft) return ok(was)
  if (verb.kind === 'tag' || verb.kind === 'untag') return undoTag(verb, present)
  return err(issue('conflict', { reason: 'changed-since' }))
}

/** The verb that takes another back on one order, which was so before; null when that one changed nothing. */
export function reverseOf(verb: OrderVerb, before: Order): OrderVerb | null {
  const done = applyVerb(verb, before)
  if (!done.ok || done.value === before) return null
  switch (verb.kind) {
    case 'hold':
      return { kind: 'release' }
    case 'release':
      return { kind: 'hold' }
    case 'park':
    case 'bring-back':
      return before.parked === undefined
        ? { kind: 'bring-back' }
        : { kind: 'park', until: before.parked.until }
    case 'tag':
      return { kind: 'untag', tag: verb.tag }
    case 'untag':
      return { kind: 'tag', tag: findTag(before, verb.tag) ?? verb.tag }
    case 'assign':
      return { kind: 'assign', to: before.assignee ?? '' }
    case 'note':
      return { kind: 'note', note: before.note, mode: 'set' }
  }
}

function undoTag(verb: OrderVerb & { kind: 'tag' | 'untag' }, present: Order): Result<Order> {
  const back: Result<Order> =
    verb.kind === 'tag' ? ok(removeTag(present, verb.tag)) : addTag(present, verb.tag)
  return back.ok && back.value === present ? err(issue('conflict', { reason: 'changed-since' })) : back
}

function withFields(order: Order, { held, parked, tags, assignee, note }: VerbFields): Order {
  let was = order
  if (held !== undefined) was = { ...was, held }
  if (parked !== undefined) was = parked === null ? without(was, 'parked') : { ...was, parked }
  if (tags !== undefined) was = withTags(was, tags)
  if (assignee !== undefined) was = assign(was, assignee)
  return note === undefined ? was : { ...was, note }
}

function park(order: Order, until: number | null): Result<Order> {
  if (order.parked !== undefined && order.parked.until === until) return ok(order)
  if (order.stage === 'label_ready') return err(wrongStage('label-made'))
  return BEFORE_LABEL.includes(order.stage) ? ok({ ...order, parked: { until } }) : err(wrongStage('stage'))
}

function assign(order: Order, to: string): Order {
  if ((order.assignee ?? '') === to) return order
  return to === '' ? without(order, 'assignee') : { ...order, assignee: to }
}

function writeNote(order: Order, { note, mode }: OrderVerb & { kind: 'note' }): Result<Order> {
  const joined = mode === 'set' || order.note === '' ? note : `${order.note}\n${note}`
  if (joined.length > LONGEST_NOTE) return wrong('note-too-long', 'note')
  return ok(joined === order.note ? order : { ...order, note: joined })
}

function wrongStage(reason: string): Issue {
  return issue('conflict', { reason, field: 'stage' })
}

function wrong(reason: string, field: string) {
  return err(issue('invalid-input', { reason, field }))
}
