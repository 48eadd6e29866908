import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { readJournalPage, watchJournal, type JournalFilter } from '#renderer/data/queries/journal.ts'
import type { Activity } from '#renderer/data/records.ts'
import { useLive } from '#renderer/app/live.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

const PAGE = 200

/**
 * The journal under a filter: its newest page live, older ones read by keyset as the list is scrolled. Entries never change,
 * so what was read stays.
 */
export function useJournalRows(filter: Readonly<Ref<JournalFilter>>) {
  const { db } = useWorkspace()
  const head = useLive(() => watchJournal(db, filter.value, PAGE))
  const seen = shallowRef(new Map<number, Activity>())
  /** Where the next older page begins; null when there is none. */
  const next = ref<number | null>(null)
  let shown: JournalFilter | null = null
  let loading = false

  function add(entries: readonly Activity[], to: ReadonlyMap<number, Activity>): void {
    seen.value = new Map([...to, ...entries.map((entry): [number, Activity] => [entry.seq, entry])])
  }

  watch(head.data, (page) => {
    if (page === undefined) return
    const fresh = shown !== filter.value
    shown = filter.value
    if (fresh) next.value = page.next
    add(page.entries, fresh ? new Map<number, Activity>() : seen.value)
  })

  async function loadOlder(): Promise<void> {
    if (loading || next.value === null) return
    loading = true
    const wanted = filter.value
    const page = await readJournalPage(db, wanted, { before: next.value, limit: PAGE })
    loading = false
    if (wanted !== filter.value) return
    next.value = page.next
    add(page.entries, seen.value)
  }

  const rows = computed(() => [...seen.value.values()].sort((a, b) => b.seq - a.seq))
  return { rows, head, loadOlder }
}
