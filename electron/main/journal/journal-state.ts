import type { JournalEntry } from '#core/contracts/journal.ts'

/** Removals newer than this many changes are remembered through a compaction: an older put may still be on its way. */
const REMEMBERED_REMOVALS = 10_000

/** What counts of everything that was appended: per record the entry with the highest `seq`. Pure. */
export class JournalState {
  readonly #last = new Map<string, JournalEntry>()
  #seq = 0
  #puts = 0

  get seq(): number {
    return this.#seq
  }

  /** Records that would be replayed. */
  get live(): number {
    return this.#puts
  }

  /** True when the entry says something new; one that arrives late, or twice, changes nothing. */
  apply(entry: JournalEntry): boolean {
    this.#seq = Math.max(this.#seq, entry.seq)
    const key = `${entry.store} ${entry.id}`
    const known = this.#last.get(key)
    // At one `seq` the later word counts: a snapshot repeats the store's present number.
    if (known !== undefined && known.seq > entry.seq) return false
    this.#puts += (entry.kind === 'put' ? 1 : 0) - (known?.kind === 'put' ? 1 : 0)
    this.#last.set(key, entry)
    return true
  }

  /** What a replay needs to see: all that is kept, and the removals that are remembered; by `seq`. */
  entries(): JournalEntry[] {
    const oldest = this.#seq - REMEMBERED_REMOVALS
    return [...this.#last.values()]
      .filter((entry) => entry.kind === 'put' || entry.seq > oldest)
      .sort((a, b) => a.seq - b.seq)
  }
}
