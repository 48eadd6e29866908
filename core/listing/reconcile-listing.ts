import type { ConnectionId, ListingId } from '#core/shared/ids.ts'
import { without } from '#core/shared/without.ts'
import { merge3, isEqual, type FieldConflict } from '#core/sync/merge3.ts'
import { requeue } from '#core/sync/outbox-machine.ts'
import { changesNothing } from '#core/listing/changes-nothing.ts'
import { fieldName, listingFields, listingPolicy, withFields } from '#core/listing/fields.ts'
import type { Listing, RemoteListing } from '#core/listing/listing.ts'
import { undoChanges } from '#core/listing/replay.ts'
import { settleShown } from '#core/listing/shown.ts'
import { fieldsOf, isOpenQuestion, valuesOf, type ListingChange } from '#core/listing/unsent.ts'

export interface ListingBefore {
  /** Null for one never seen. */
  listing: Listing | null
  /** What the remote said last; null when that is not known. */
  shadow: RemoteListing | null
  /** Unsent rows about it, in their order. */
  rows: readonly ListingChange[]
  /** What a person has to decide already. */
  conflicts: readonly FieldConflict[]
}

export interface ListingContext {
  connectionId: ConnectionId
  now: number
  /** Start of the walk of the whole catalogue that this is part of; null outside of one. */
  walkStartedAt: number | null
  makeListingId: () => ListingId
}

export interface ListingAfter {
  outcome: 'created' | 'changed' | 'unchanged' | 'stale'
  listing: Listing
  shadow: RemoteListing
  /** Rows as they are now, those that changed only. */
  put: ListingChange[]
  /** Rows that ask for nothing any more: the remote has what they say. */
  remove: ListingChange[]
  conflicts: FieldConflict[]
  /** Names of fields that changed here. */
  taken: string[]
}

/**
 * Puts what the remote says of a listing under what was done to it here. Nothing that a person typed is overwritten: what both
 * sides changed becomes a conflict, and the row that would send it waits. A field whose row is on its way, or whose stock may
 * have been set by a lost attempt, is left for the answer of that row. Older readings are ignored. Applying the same page again
 * changes nothing.
 */
export function reconcileListing(
  before: ListingBefore,
  remote: RemoteListing,
  context: ListingContext,
): ListingAfter {
  const { listing } = before
  if (listing === null) return create(before, remote, context)
  const isSettled = before.rows.length === 0 && before.conflicts.length === 0
  if (isSettled && changesNothing(listing, before.shadow, remote))
    return {
      ...{ outcome: 'unchanged', put: [], remove: [], conflicts: [], taken: [] },
      ...{ listing: { ...listing, seenAt: context.walkStartedAt ?? listing.seenAt }, shadow: remote },
    }
  // A listing that came back from the journal, or from another workspace, has no shadow: its rows say what the remote had.
  const said =
    before.shadow === null ? undoChanges(listingFields(listing), before.rows) : listingFields(before.shadow)
  const seenAt = context.walkStartedAt ?? listing.seenAt
  if (remote.updatedAt < listing.remoteUpdatedAt)
    return {
      ...{ outcome: 'stale', listing: { ...listing, seenAt }, put: [], remove: [], taken: [] },
      shadow: before.shadow ?? remote,
      conflicts: [...before.conflicts],
    }
  const shown = settleShown(before.rows, listingFields(remote))
  const { rows } = shown
  for (const [field, value] of shown.said) setOrDelete(said, field, value)
  const open = new Set(rows.filter(isOpenQuestion).flatMap(fieldsOf))
  const here = listingFields(listing)
  const there = keepFields(listingFields(remote), said, open)
  const base = baseFields({ ...before, rows }, said, there)
  const merged = merge3(base, here, keepFields(there, base, open), policyFor(rows, base, here))
  const conflicts = [...merged.conflicts, ...stillOpen(before.conflicts, listingFields(remote), open)]
  const fields = keepFields(merged.fields, here, open)
  const next = withFields(takeRemote(listing, remote, seenAt), allOf(fields, [here, there]))
  const { put, remove } = rebaseRows(rows, there, conflicts, context.now)
  const changed = !isEqual({ ...next, seenAt: 0 }, { ...listing, seenAt: 0 })
  return {
    outcome: changed ? 'changed' : 'unchanged',
    listing: changed ? { ...next, updatedAt: context.now } : { ...listing, seenAt },
    shadow: withFields(remote, allOf(there, [listingFields(remote)])),
    put: [...shown.put, ...put],
    remove: [...shown.remove, ...remove],
    conflicts,
    taken: changed ? merged.taken.filter((field) => !open.has(field)) : [],
  }
}

/**
 * What both sides started from. While a person has not decided, that is what it was when the conflict began. A value of ours
 * that arrived although its answer was lost is nobody else's change.
 */
function baseFields(
  { rows, conflicts }: ListingBefore,
  said: ReadonlyMap<string, unknown>,
  there: ReadonlyMap<string, unknown>,
): Map<string, unknown> {
  const base = new Map(said)
  for (const { field, before } of conflicts) setOrDelete(base, field, before)
  for (const [field, value] of rows.flatMap(valuesOf))
    if (isEqual(there.get(field), value)) base.set(field, value)
  return base
}

/** A field that was changed here and back again has a row all the same: somebody else's change of it is asked about. */
function policyFor(
  rows: readonly ListingChange[],
  base: Map<string, unknown>,
  here: ReadonlyMap<string, unknown>,
): typeof listingPolicy {
  const backAgain = rows
    .filter((row) => row.kind !== 'push-stock')
    .flatMap(fieldsOf)
    .filter((field) => isEqual(base.get(field), here.get(field)))
  const asked = new Set(backAgain)
  return (field) => (asked.has(field) ? { kind: 'ask', always: true } : listingPolicy(field))
}

/** An open question stays one, whatever is read meanwhile. */
function stillOpen(
  conflicts: readonly FieldConflict[],
  remote: ReadonlyMap<string, unknown>,
  open: ReadonlySet<string>,
): FieldConflict[] {
  return conflicts
    .filter(({ field }) => open.has(field))
    .map((conflict) => ({ ...conflict, there: remote.get(conflict.field) }))
}

function create({ conflicts }: ListingBefore, remote: RemoteListing, context: ListingContext): ListingAfter {
  const { status, updatedAt, ...rest } = remote
  const listing: Listing = {
    ...rest,
    ...{ id: context.makeListingId(), connectionId: context.connectionId, state: status },
    ...{ remoteUpdatedAt: updatedAt, seenAt: context.walkStartedAt ?? 0, updatedAt: context.now },
  }
  return {
    ...{ outcome: 'created', listing, shadow: remote, put: [], remove: [], taken: [] },
    conflicts: [...conflicts],
  }
}

/** What simply follows the remote; what people can change is put on top. */
function takeRemote(listing: Listing, remote: RemoteListing, seenAt: number): Listing {
  const { status, updatedAt, ...rest } = remote
  // A remote that finds nothing wrong any more says nothing.
  const kept = without(listing, 'issues', 'ruleSets')
  return { ...kept, ...rest, state: status, remoteUpdatedAt: updatedAt, seenAt }
}

/**
 * Rows on the ground of what the remote has now: what it has already is taken out of them, what is in conflict holds its row
 * back, and a row whose conflict is over goes on.
 */
export function rebaseRows(
  rows: readonly ListingChange[],
  there: ReadonlyMap<string, unknown>,
  conflicts: readonly FieldConflict[],
  now: number,
): Pick<ListingAfter, 'put' | 'remove'> {
  const put: ListingChange[] = []
  const remove: ListingChange[] = []
  const ground = new Map(there)
  for (const row of rows) {
    // What is made after a change that is on its way stands on that one.
    if (row.state === 'leased' || row.state === 'accepted')
      for (const [field, value] of valuesOf(row)) ground.set(field, value)
    if (isOpenQuestion(row) || row.state === 'accepted') continue
    const rebased = rebase(row, ground, conflicts)
    if (rebased === null) {
      remove.push(row)
      continue
    }
    const stuck = fieldsOf(rebased).some((field) => hasField(conflicts, field))
    const next = stuck ? block(rebased) : rebased.state === 'blocked-conflict' ? free(rebased, now) : rebased
    if (!isEqual(next, row)) put.push(next)
  }
  return { put, remove }
}

/**
 * Null when the remote has all of it. A difference of stock is never had already. In conflict a change stays on the ground it was
 * made on, so that sending it by mistake would find that the remote has moved.
 */
function rebase(
  row: ListingChange,
  there: ReadonlyMap<string, unknown>,
  conflicts: readonly FieldConflict[],
): ListingChange | null {
  if (row.kind === 'push-stock') return row
  if (row.kind === 'push-price') {
    const [name = ''] = fieldsOf(row)
    if (hasField(conflicts, name)) return row
    const before = there.get(name) ?? null
    if (isEqual(before, row.payload.value)) return null
    return { ...row, payload: { ...row.payload, before: before as typeof row.payload.before } }
  }
  const changes = row.payload.changes
    .map((change) => {
      const name = fieldName({ kind: 'content', locale: change.locale, part: change.part })
      if (hasField(conflicts, name)) return change
      return { ...change, before: (there.get(name) as string | undefined) ?? null }
    })
    .filter(({ before, value }) => before !== value)
  return changes.length === 0 ? null : { ...row, payload: { ...row.payload, changes } }
}

function block(row: ListingChange): ListingChange {
  return row.state === 'queued' || row.state === 'waiting' || row.state === 'blocked-conflict'
    ? { ...row, state: 'blocked-conflict' }
    : row
}

function free(row: ListingChange, now: number): ListingChange {
  return requeue(row, now) as ListingChange
}

/** `fields`, but those that are named as they are in `kept`. */
function keepFields(
  fields: ReadonlyMap<string, unknown>,
  kept: ReadonlyMap<string, unknown>,
  names: ReadonlySet<string>,
): Map<string, unknown> {
  const result = new Map(fields)
  for (const name of names) setOrDelete(result, name, kept.get(name))
  return result
}

/** With what is gone named as well, so that it can be taken away. */
function allOf(
  fields: ReadonlyMap<string, unknown>,
  others: readonly ReadonlyMap<string, unknown>[],
): Map<string, unknown> {
  const names = [...fields.keys(), ...others.flatMap((other) => [...other.keys()])]
  return new Map(names.map((name) => [name, fields.get(name)]))
}

function setOrDelete(fields: Map<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) fields.delete(name)
  else fields.set(name, value)
}

function hasField(conflicts: readonly FieldConflict[], field: string): boolean {
  return conflicts.some((each) => each.field === field)
}
