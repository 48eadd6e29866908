import type { JournalDatabase, JournalEntry } from '#core/contracts/journal.ts'
import type { Nothing } from '#core/contracts/ipc.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { describeError, type Logger } from '#main/app/logging.ts'
import type { Handlers } from '#main/ipc/handle.ts'
import { pageJournal, type ReadJournalPage } from '#main/journal/journal-pages.ts'
import type { StoreKeeper } from '#main/storage/store-keeper.ts'

type StorageHandlers = Pick<
  Handlers,
  'journal.append' | 'journal.read' | 'storage.status' | 'storage.report-trouble' | 'storage.repaired'
>

/** The journal of unsent work, and how the profile's disk and store are. */
export function storageHandlers({
  keeper,
  logger,
}: {
  keeper: StoreKeeper
  logger: Logger
}): StorageHandlers {
  const pages = new Map<JournalDatabase, ReadJournalPage>()
  function pagesOf(database: JournalDatabase): ReadJournalPage {
    const known = pages.get(database) ?? pageJournal(keeper.journalOf(database))
    pages.set(database, known)
    return known
  }
  return {
    'journal.append': ({ database, entries }) => append(keeper, logger, database, entries),
    'journal.read': async ({ database, ...ask }) => ok(await pagesOf(database)(ask)),
    'storage.status': async () =>
      ok({
        disk: await keeper.disk.look(),
        repairDue: keeper.marker.repairDue(),
        profileNewer: keeper.profileNewer,
      }),
    'storage.report-trouble': ({ name }) => {
      logger.error('the store failed', { name })
      keeper.marker.noteTrouble(name)
      void keeper.disk.look().catch(() => undefined)
      return ok({})
    },
    'storage.repaired': () => {
      keeper.marker.repaired()
      return ok({})
    },
  }
}

/** When there is no room, the reserve file makes some: that is what it is kept for. */
async function append(
  keeper: StoreKeeper,
  logger: Logger,
  database: JournalDatabase,
  entries: JournalEntry[],
): Promise<Result<Nothing>> {
  const journal = keeper.journalOf(database)
  try {
    await journal.append(entries)
  } catch (first) {
    logger.error('journal not written', describeError(first))
    try {
      await keeper.disk.ranOut()
      await journal.append(entries)
    } catch (error) {
      logger.error('journal not written again', describeError(error))
      return err(issue('unsupported', { reason: 'journal-not-written' }))
    }
  }
  return ok({})
}
