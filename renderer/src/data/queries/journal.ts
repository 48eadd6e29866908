import Dexie from 'dexie'
import type { ConnectionId } from '#core/shared/ids.ts'
import { checkEntry, EMPTY_JOURNAL, type JournalFlaw, type JournalHead } from '#core/sync/journal.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'
import type { Activity } from '#renderer/data/records.ts'

/** What to show of the journal; what is absent does not narrow. */
export interface JournalFilter {
  entityKey?: string | undefined
  connectionId?: ConnectionId | undefined
  /** Key of the kind, as in `what`. */
  what?: string | undefined
  by?: Activity['by'] | undefined
  /** Epoch ms; entries from this moment on, and before that one. */
  from?: number | undefined
  until?: number | undefined
  /** Part of an entity's name or of a value. */
  text?: string | undefined
}

export interface JournalPage {
  /** Newest first. */
  entries: Activity[]
  /** Sequence to go on before; null when there is no more. */
  next: number | null
}

const CHUNK = 500

/**
 * Entries before a place, newest first, by keyset. What no index narrows is left out on the way, so a page of a rare kind reads
 * more than it shows.
 */
export async function readJournalPage(
  db: CaravelDatabase,
  filter: JournalFilter,
  { before, limit }: { before: number | null; limit: number },
): Promise<JournalPage> {
  const entries: Activity[] = []
  let place = before ?? Number.POSITIVE_INFINITY
  for (;;) {
    const chunk = await range(db, filter, place).reverse().limit(CHUNK).toArray()
    for (const entry of chunk) {
      if (!isWanted(entry, filter)) continue
      entries.push(entry)
      if (entries.length === limit) return { entries, next: entry.seq }
    }
    const last = chunk.at(-1)
    if (last === undefined || chunk.length < CHUNK) return { entries, next: null }
    place = last.seq
  }
}

/** The newest entries, live. */
export function watchJournal(
  db: CaravelDatabase,
  filter: JournalFilter,
  limit: number,
): Watched<JournalPage> {
  return watch(() => readJournalPage(db, filter, { before: null, limit }))
}

function range(db: CaravelDatabase, { entityKey, connectionId }: JournalFilter, place: number) {
  const scope = entityKey ?? connectionId
  if (scope === undefined) return db.activity.where('seq').below(place)
  const index = entityKey === undefined ? '[connectionId+seq]' : '[entityKey+seq]'
  return db.activity.where(index).between([scope, Dexie.minKey], [scope, place], true, false)
}

function isWanted(
  entry: Activity,
  { connectionId, what, by, from, until, text = '' }: JournalFilter,
): boolean {
  if (connectionId !== undefined && entry.connectionId !== connectionId) return false
  if (what !== undefined && entry.what !== what) return false
  if (by !== undefined && entry.by !== by) return false
  if (from !== undefined && entry.at < from) return false
  if (until !== undefined && entry.at >= until) return false
  const needle = text.trim().toLowerCase()
  if (needle === '') return true
  const held = [entry.label, ...Object.values(entry.values)]
  return held.some((value) => String(value).toLowerCase().includes(needle))
}

/** Kinds that occur among the newest entries, for the filter. */
export async function readJournalKinds(db: CaravelDatabase): Promise<string[]> {
  const newest = await db.activity.orderBy('seq').reverse().limit(2_000).toArray()
  return [...new Set(newest.map(({ what }) => what))].sort()
}

/** `cut-off`: entries are missing at the end. */
export interface JournalReport {
  checked: number
  /** The first place that is not in order; null when the whole chain is. */
  broken: { seq: number; at: number; flaw: JournalFlaw | 'cut-off' } | null
}

/** Walks the whole chain by keyset, each link computed anew. For the worker: it reads everything. */
export async function verifyJournal(
  db: CaravelDatabase,
  breathe: () => Promise<void> = () => Promise.resolve(),
): Promise<JournalReport> {
  const end = await headOf(db)
  let last: JournalHead & { at: number } = { ...EMPTY_JOURNAL, at: 0 }
  while (last.seq < end.seq) {
    const chunk = await db.activity
      .where('seq')
      .between(last.seq, end.seq, false, true)
      .limit(CHUNK)
      .toArray()
    if (chunk.length === 0) break
    for (const entry of chunk) {
      const flaw = checkEntry(last, entry)
      if (flaw !== null) return { checked: last.seq, broken: { seq: last.seq + 1, at: entry.at, flaw } }
      last = entry
    }
    await breathe()
  }
  const whole = last.seq === end.seq && last.hash === end.hash
  return { checked: last.seq, broken: whole ? null : { seq: last.seq + 1, at: last.at, flaw: 'cut-off' } }
}

/** The end that is kept beside the chain; also entries stored past it count as a break. */
async function headOf(db: CaravelDatabase): Promise<JournalHead> {
  const [row, newest] = await Promise.all([db.settings.get('journal'), db.activity.orderBy('seq').last()])
  const head = row?.key === 'journal' ? row.value : EMPTY_JOURNAL
  return newest !== undefined && newest.seq > head.seq ? { seq: newest.seq, hash: head.hash } : head
}
