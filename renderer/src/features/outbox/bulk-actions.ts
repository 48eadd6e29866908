import { useTranslation } from 'i18next-vue'
import type { Issue } from '#core/shared/issue.ts'
import type { Result } from '#core/shared/result.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { dropOutboxRow } from '#renderer/usecases/drop-outbox-row.ts'
import { holdOutboxRow } from '#renderer/usecases/hold-outbox-row.ts'
import { releaseOutboxRow } from '#renderer/usecases/release-outbox-row.ts'
import { restoreOutboxRow } from '#renderer/usecases/restore-outbox-row.ts'
import { retryOutboxRow } from '#renderer/usecases/retry-outbox-row.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

const VERBS = {
  retry: retryOutboxRow,
  hold: holdOutboxRow,
  release: releaseOutboxRow,
  drop: dropOutboxRow,
} satisfies Record<
  string,
  (ctx: UseCaseContext, input: { id: OutboxRow['id'] }) => Promise<Result<OutboxRow>>
>
export type BulkVerb = keyof typeof VERBS
/** Which changes a verb means something for: one that is kept back is not sent again. */
const FITS: Record<BulkVerb, (row: OutboxRow) => boolean> = {
  retry: ({ held }) => !held,
  hold: ({ held }) => !held,
  release: ({ held }) => held,
  drop: () => true,
}
/** What takes a verb back; a dropped change is put back by itself, one that was sent again cannot be taken back. */
const BACK: Partial<Record<BulkVerb, BulkVerb>> = { hold: 'release', release: 'hold' }

/** Whether any of these changes is one for the verb. */
export function canRun(verb: BulkVerb, rows: readonly OutboxRow[]): boolean {
  return rows.some(FITS[verb])
}

/** The verbs of a change over many: one by one, so that one that cannot does not stop the others; one notice, one way back. */
export function useBulkActions() {
  const { t } = useTranslation()
  const { context, engine } = useWorkspace()
  const notices = useNotices()

  async function run(verb: BulkVerb, rows: readonly OutboxRow[]): Promise<void> {
    const done: OutboxRow[] = []
    const refused: Issue[] = []
    for (const { id } of rows.filter(FITS[verb])) {
      const result = await VERBS[verb](context, { id })
      if (result.ok) done.push(result.value)
      else refused.push(result.error)
    }
    if (refused.length > 0) notices.failed(refused)
    if (done.length === 0) return
    engine.kick()
    const text = t(`outbox:bulk.${verb}`, { count: done.length })
    const back = BACK[verb]
    if (verb === 'drop') notices.done(text, () => restore(done))
    else if (back !== undefined) notices.done(text, () => run(back, done))
    else notices.done(text)
  }

  async function restore(rows: readonly OutboxRow[]): Promise<void> {
    for (const row of rows) notices.settle(await restoreOutboxRow(context, { row }))
    engine.kick()
  }

  return { run }
}
