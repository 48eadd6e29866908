import { useTranslation } from 'i18next-vue'
import type { BulkJob, BulkVerb } from '#renderer/data/bulk-records.ts'
import { useFormat } from '#renderer/ui/format.ts'

/** Bulk changes in words. */
export function useBulkText() {
  const { t } = useTranslation()
  const format = useFormat()

  /** A verb with what it was given. */
  function title(verb: BulkVerb): string {
    if (verb.kind === 'tag' || verb.kind === 'untag') return t(`bulk:title.${verb.kind}`, { tag: verb.tag })
    if (verb.kind === 'assign')
      return verb.to === '' ? t('bulk:title.unassign') : t('bulk:title.assign', { name: verb.to })
    if (verb.kind === 'park' && verb.until !== null)
      return t('bulk:title.park', { day: format.value.until(verb.until, Date.now()) })
    return t(`bulk:verb.${verb.kind}`)
  }

  /** What became of its orders. */
  function counts(job: BulkJob): string {
    const { state, total, done, changed, refused, undone, left, endedAt } = job
    const taken = state === 'undone' || state === 'undoing' || undone + left > 0
    const parts: [Parameters<typeof part>[0], number][] = taken
      ? [
          ['undone', undone],
          ['left', left],
        ]
      : [
          ['changed', changed],
          ['same', done - changed - refused],
          ['refused', refused],
          ['open', endedAt === null ? 0 : total - done],
        ]
    const shown = parts.filter(([, count], i) => count > 0 || i === 0)
    return shown.map(([kind, count]) => part(kind, count)).join(' · ')
  }

  function part(kind: 'undone' | 'left' | 'changed' | 'same' | 'refused' | 'open', count: number): string {
    return t(`bulk:count.${kind}`, { count })
  }

  const outcome = (job: BulkJob) => t('bulk:outcome', { what: title(job.verb), counts: counts(job) })

  /** How far a job is, while it runs. */
  function progress({ verb, state, done, total, changed, undone, left }: BulkJob): string {
    const back = state === 'undoing'
    const so = back ? { done: undone + left, total: changed } : { done, total }
    const formatted = { done: format.value.number(so.done), total: format.value.number(so.total) }
    return t(back ? 'bulk:undoing' : 'bulk:progress', { what: title(verb), ...formatted })
  }

  return { title, counts, outcome, progress }
}
