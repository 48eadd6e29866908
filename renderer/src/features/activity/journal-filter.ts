import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useTranslation } from 'i18next-vue'
import type { ConnectionId } from '#core/shared/ids.ts'
import { watchConnections } from '#renderer/data/queries/connections.ts'
import { readJournalKinds, type JournalFilter } from '#renderer/data/queries/journal.ts'
import type { Activity } from '#renderer/data/records.ts'
import { useActivityText } from '#renderer/app/activity-text.ts'
import { shopNamesOf } from '#renderer/app/shop-names.ts'
import { useLive } from '#renderer/app/live.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

const DAY_MS = 24 * 3_600_000

/** What narrows the journal on screen, and the choices for it. The entity comes with the address of the page. */
export function useJournalFilter() {
  const { t } = useTranslation()
  const { db } = useWorkspace()
  const route = useRoute()
  const router = useRouter()
  const text = useActivityText()
  const { data: connections } = useLive(() => watchConnections(db))

  const chosen = { shop: ref(''), kind: ref(''), by: ref(''), days: ref(''), words: ref('') }
  const entity = computed(() => (typeof route.query['entity'] === 'string' ? route.query['entity'] : ''))
  const since = computed(() =>
    chosen.days.value === '' ? undefined : Date.now() - Number(chosen.days.value) * DAY_MS,
  )
  const filter = computed((): JournalFilter => ({
    entityKey: entity.value || undefined,
    connectionId: (chosen.shop.value || undefined) as ConnectionId | undefined,
    what: chosen.kind.value || undefined,
    by: (chosen.by.value || undefined) as Activity['by'] | undefined,
    from: since.value,
    text: chosen.words.value || undefined,
  }))
  const filtered = computed(() => Object.values(filter.value).some((value) => value !== undefined))

  const kinds = ref<string[]>([])
  watch(connections, async () => (kinds.value = await readJournalKinds(db)), { immediate: true })
  const any = (label: string) => ({ value: '', label })
  const choices = {
    shops: computed(() => [
      any(t('activity:page.filter.any-channel')),
      ...(connections.value ?? []).map(({ id, name }) => ({ value: id, label: name })),
    ]),
    kinds: computed(() => [
      any(t('activity:page.filter.any-kind')),
      ...kinds.value.map((what) => ({ value: what, label: text.kind(what) })),
    ]),
    by: computed(() => [
      any(t('activity:page.filter.anybody')),
      ...(['here', 'remote'] as const).map((value) => ({ value, label: t(`activity:page.by.${value}`) })),
    ]),
    days: computed(() => [
      any(t('activity:page.filter.any-time')),
      ...[1, 7, 30].map((count) => ({
        value: String(count),
        label: t('activity:page.filter.days', { count }),
      })),
    ]),
  }
  const names = shopNamesOf(connections)

  function clear(): void {
    for (const each of Object.values(chosen)) each.value = ''
    dropEntity()
  }

  function dropEntity(): void {
    if (entity.value) void router.replace({ name: 'activity' })
  }

  return { chosen, entity, filter, filtered, choices, names, clear, dropEntity }
}
