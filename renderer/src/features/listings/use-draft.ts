import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { Issue } from '#core/shared/issue.ts'

export interface Draft {
  /** What the field shows: what is typed, else what is kept. */
  text: ComputedRef<string>
  dirty: ComputedRef<boolean>
  issue: Readonly<Ref<Issue | null>>
  type(text: string): void
  /** Keeps what is typed by then, one after another; true when there is nothing left to keep. */
  commit(): Promise<boolean>
  revert(): void
}

/** What a person types into a field until it is kept; a refused text stays, with the reason. */
export function useDraft(kept: () => string, save: (text: string) => Promise<Issue | null>): Draft {
  const draft = ref<string | null>(null)
  const issue = ref<Issue | null>(null)
  let saving: Promise<unknown> = Promise.resolve()

  async function run(): Promise<boolean> {
    const typed = draft.value
    if (typed === null || typed === kept()) {
      revert()
      return true
    }
    const refused = await save(typed)
    // Typed on meanwhile: the newer text is still to be kept.
    if (draft.value !== typed) return false
    issue.value = refused
    if (refused === null) draft.value = null
    return refused === null
  }

  function revert(): void {
    draft.value = null
    issue.value = null
  }

  return {
    text: computed(() => draft.value ?? kept()),
    dirty: computed(() => draft.value !== null && draft.value !== kept()),
    issue,
    type(text) {
      draft.value = text
      issue.value = null
    },
    commit() {
      // What was typed while an earlier text was being kept has its own turn.
      const turn = saving.then(run, run)
      saving = turn
      return turn
    },
    revert,
  }
}
