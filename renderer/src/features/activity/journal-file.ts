import { useTranslation } from 'i18next-vue'
import type { Activity } from '#renderer/data/records.ts'
import type { JournalFile } from '#renderer/usecases/export-journal.ts'
import { useActivityText } from '#renderer/app/activity-text.ts'

/** Entries as cells of a file: everything the page and its panel show, and the link of the chain. */
export function useJournalFile(channelOf: (entry: Activity) => string): () => JournalFile {
  const { t } = useTranslation()
  const text = useActivityText()

  function changesOf({ changes }: Activity): string {
    return changes
      .map(({ field, from, to }) => `${text.field(field)}: ${from ?? '—'} → ${to ?? '—'}`)
      .join('; ')
  }

  function lineWord({ offline }: Activity): string {
    if (offline === null) return ''
    return offline ? t('activity:page.offline') : t('activity:page.online')
  }

  return () => ({
    name: t('activity:page.file', { day: new Date().toISOString().slice(0, 10) }),
    titles: [
      ...[t('activity:page.column.number'), t('activity:page.column.time')],
      ...[t('activity:page.column.entity'), t('activity:page.column.what')],
      ...[t('activity:page.column.changes'), t('activity:page.column.by')],
      ...[t('activity:page.column.desk'), t('activity:page.column.line')],
      ...[t('activity:page.column.channel'), t('activity:page.column.hash')],
    ],
    cellsOf: (entry) => [
      ...[entry.seq, new Date(entry.at).toISOString(), entry.label || entry.entityKey],
      ...[text.words(entry), changesOf(entry), t(`activity:page.by.${entry.by}`)],
      ...[entry.deskName || entry.deskId, lineWord(entry), channelOf(entry), entry.hash],
    ],
  })
}
