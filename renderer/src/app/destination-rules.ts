import { computed, type ComputedRef } from 'vue'
import { watchRuleFile } from '#renderer/data/queries/reference-files.ts'
import type { ReferenceFile } from '#renderer/data/records.ts'
import { rulesInForce, type RulesInForce } from '#renderer/platform/rule-tables.ts'
import { useLive, type Live } from '#renderer/app/live.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** The destination rules that hold on this desk, live, and the file they come from; null while that is read. */
export function useDestinationRules(): {
  file: Live<ReferenceFile | null>
  rules: ComputedRef<RulesInForce | null>
} {
  const { db } = useWorkspace()
  const file = useLive(() => watchRuleFile(db))
  const rules = computed(() => (file.data.value === undefined ? null : rulesInForce(file.data.value?.text)))
  return { file, rules }
}
