import type { JournalRecord } from '#main/journal/record.ts'

/** Removals newer than this many changes are remembered: an older put may still be on its way. */
const REMEMBERED_CHANGES = 10_000
/** Of so many removals the newest are remembered; one change may remove hundreds. */
const MOST_REMOVALS = 20_000

/** What counts of everything that was appended: of each the record with the highest `seq`. Pure. */
export class JournalState {
  readonly #last = new Map<string, JournalRecord>()
  #seq = 0
  #puts = 0

  get seq(): number {
    return this.#seq
  }

  /** Records that a compaction keeps, at the most: those that would be replayed, and the removals that are remembered. */
  get kept(): number {
    return this.#puts + Math.min(this.#last.size - this.#puts, MOST_REMOVALS)
  }

  /** True when the record says something new; one that arrives late, or twice, changes nothing. */
  apply(record: JournalRecord): boolean {
    this.#seq = Math.max(this.#seq, record.seq)
    const key = `${record.store} ${record.id}`
    const known = this.#last.get(key)
    // At one `seq` the later word counts: a snapshot repeats the store's present number.
    if (known !== undefined && known.seq > record.seq) return false
    this.#puts += (record.kind === 'put' ? 1 : 0) - (known?.kind === 'put' ? 1 : 0)
    this.#last.set(key, record)
    return true
  }

  /** What a replay needs to see: all that is kept, and the removals that are remembered; by `seq`. */
  records(): JournalRecord[] {
    this.#forgetRemovals()
    return [...this.#last.values()].sort((a, b) => a.seq - b.seq)
  }

  #forgetRemovals(): void {
    const removals: [key: string, record: JournalRecord][] = []
    for (const [key, record] of this.#last) if (record.kind === 'remove') removals.push([key, record])
    const oldest = this.#seq - REMEMBERED_CHANGES
    const newestFirst = removals.sort(([, a], [, b]) => b.seq - a.seq)
    for (const [i, [key, { seq }]] of newestFirst.entries())
      if (i >= MOST_REMOVALS || seq <= oldest) this.#last.delete(key)
  }
}
