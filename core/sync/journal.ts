import type { FieldChange } from '#core/shared/field-change.ts'
import { canonicalJson } from '#core/shared/canonical-json.ts'
import { sha256Text } from '#core/shared/sha256.ts'

/**
 * The journal is a chain: every entry carries the hash of the one before, so that none can be changed, taken out or put in
 * between unseen. What fields held (`changes`) may be a buyer's data that has to go one day; the hash therefore covers only
 * their digest, salted so that a name cannot be guessed from it. An entry whose changes were removed still verifies.
 */
export interface JournalFacts {
  id: string
  /** `order:<id>`, `connection:<id>`, `product:<sku>`, `desk`. */
  entityKey: string
  /** '' when it concerns no shop. */
  connectionId: string
  /** What people call the entity. */
  label: string
  at: number
  what: string
  values: Record<string, string | number>
  by: 'here' | 'remote'
  /** The machine: its id, and its name when the entry was written. */
  deskId: string
  deskName: string
  /** Whether this desk counted as offline; null in entries from before that was recorded. */
  offline: boolean | null
  /** '' when there are no changes, or when they were removed. */
  salt: string
  changes: FieldChange[]
}

/** What the chain adds to an entry. */
export interface JournalLink {
  /** 1, 2, 3 … without a gap. */
  seq: number
  /** Hash of the entry before. */
  prev: string
  /** '' when the entry never had changes. */
  changesHash: string
  hash: string
}

export type JournalEntry = JournalFacts & JournalLink

/** The newest entry; kept beside the chain, so that entries cut off its end are missed. */
export interface JournalHead {
  seq: number
  hash: string
}

export const EMPTY_JOURNAL: JournalHead = { seq: 0, hash: '0'.repeat(64) }

/** Appends entries after `head`; returns them linked, and the new head. */
export function chainEntries(
  head: JournalHead,
  entries: readonly JournalFacts[],
): { entries: JournalEntry[]; head: JournalHead } {
  let last = head
  const linked = entries.map((facts) => {
    const changesHash = hashChanges(facts)
    const place = { seq: last.seq + 1, prev: last.hash, changesHash }
    const hash = hashEntry(facts, place)
    last = { seq: place.seq, hash }
    return { ...facts, ...place, hash }
  })
  return { entries: linked, head: last }
}

/** What is wrong with a link of the chain: `missing` entries before it, `altered` itself, `changes-altered` in its changes. */
export type JournalFlaw = 'missing' | 'altered' | 'changes-altered'

/** Checks one entry against the one before it; null when it is in order. */
export function checkEntry(before: JournalHead, entry: JournalEntry): JournalFlaw | null {
  if (entry.seq !== before.seq + 1) return 'missing'
  if (entry.prev !== before.hash || entry.hash !== hashEntry(entry, entry)) return 'altered'
  const removed = entry.salt === '' && entry.changes.length === 0
  return removed || hashChanges(entry) === entry.changesHash ? null : 'changes-altered'
}

function hashChanges({ salt, changes }: Pick<JournalFacts, 'salt' | 'changes'>): string {
  return changes.length === 0 ? '' : sha256Text(canonicalJson({ salt, changes }))
}

function hashEntry(facts: JournalFacts, place: Pick<JournalLink, 'seq' | 'prev' | 'changesHash'>): string {
  const { id, entityKey, connectionId, label, at, what, values, by, deskId, deskName, offline } = facts
  const { seq, prev, changesHash } = place
  return sha256Text(
    canonicalJson({
      ...{ seq, prev, changesHash, id, entityKey, connectionId, label },
      ...{ at, what, values, by, deskId, deskName, offline },
    }),
  )
}
