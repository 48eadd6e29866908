import { computed, ref, watch, type Ref } from 'vue'
import type { Issue } from '#core/shared/issue.ts'
import { useIssueText } from '#renderer/app/issue-text.ts'
import { useLive, type LiveSource } from '#renderer/app/live.ts'
import { useCopyReport, useFailureText } from '#renderer/app/query-failure.ts'
import { useFieldFocus } from '#renderer/ui/field-focus.ts'
import { viewState } from '#renderer/ui/view-state.ts'

/** The field that the address of the page asks for; '' for none. */
interface AskedField {
  field: () => string
  shown: () => void
}

/**
 * The panel of one entity: a live query whose answer is the entity, the issue for which its record cannot be read, or null when it is
 * not here; and the cursor, which goes to the field that was asked for as soon as there is one.
 */
export function useEntityPanel<T extends object>(
  source: () => LiveSource<T | Issue | null>,
  is: (answer: T | Issue | null) => answer is T,
  root: Readonly<Ref<HTMLElement | null>>,
  asked: AskedField,
) {
  const issues = useIssueText()
  const answer = useLive(source)
  const queryFailure = useFailureText(answer.error)
  const copyReport = useCopyReport()
  const wanted = ref(asked.field())

  const shown = computed(() => {
    const value = answer.data.value ?? null
    return is(value) ? value : null
  })
  const broken = computed(() => {
    const value = answer.data.value
    return value && 'code' in value
      ? { code: issues.code(value), text: issues.sentence(value) }
      : queryFailure.value
  })
  const state = computed(() =>
    viewState({
      loading: answer.loading.value,
      failed: broken.value !== null,
      empty: answer.data.value === null,
    }),
  )

  watch(asked.field, (field) => field !== '' && (wanted.value = field))
  useFieldFocus(
    root,
    () => (state.value === 'ready' ? wanted.value : ''),
    () => {
      wanted.value = ''
      if (asked.field()) asked.shown()
    },
  )

  return {
    ...{ shown, broken, state, wanted },
    retry: () => answer.retry(),
    copyReport: () => copyReport(answer.error.value ?? answer.data.value),
  }
}
