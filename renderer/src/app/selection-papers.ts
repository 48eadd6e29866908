import { reactive } from 'vue'
import { useTranslation } from 'i18next-vue'
import type { Selection } from '#renderer/data/order-index/order-views.ts'
import { localDay } from '#renderer/data/repos/facts.repo.ts'
import type {
  PrintedSelection,
  SelectionPaper,
  SelectionWish,
} from '#renderer/data/transfer/selection-papers.ts'
import type { RunningJob } from '#renderer/data/transfer/storage-job.ts'
import { useNotices } from '#renderer/app/notices.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

interface Shown {
  running: boolean
  /** In orders. */
  done: number
  total: number
  paper: SelectionPaper
  /** What it came to stays until somebody has seen it. */
  ended: PrintedSelection | null
}

const shown = reactive<Shown>({ running: false, done: 0, total: 0, paper: 'packing-slip', ended: null })
let running: RunningJob | null = null

/** Papers of many orders: one such job at a time, in the worker, whatever page is looked at meanwhile. */
export function useSelectionPapers() {
  const { calls, engine } = useWorkspace()
  const notices = useNotices()
  const { t } = useTranslation()

  /** `count`: how many orders they are about to be. */
  async function begin(selection: Selection, count: number, wish: SelectionWish): Promise<void> {
    Object.assign(shown, { running: true, done: 0, total: count, paper: wish.paper, ended: null })
    running = engine.runJob({ kind: 'print-papers', selection, wish }, (done, total) =>
      Object.assign(shown, { done, total }),
    )
    const result = await running.done
    running = null
    shown.running = false
    const ended = notices.settle(result)
    if (ended?.kind === 'print-papers') shown.ended = ended
  }

  async function saveCsv(): Promise<void> {
    const csv = shown.ended?.csv ?? null
    if (csv === null) return
    const suggestedName = t('papers:csv-file', { day: localDay(Date.now()) })
    const bytes = new TextEncoder().encode(csv)
    const saved = notices.settle(await calls['documents.save']({ kind: 'csv', suggestedName, bytes }))
    if (saved?.saved) notices.done(t('orders:notice.file-saved'))
  }

  return { shown, begin, saveCsv, stop: () => running?.cancel(), dismiss: () => (shown.ended = null) }
}
