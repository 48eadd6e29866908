import Dexie from 'dexie'
import type { TransferHeader } from '#core/contracts/transfer.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import type { Clock } from '#core/shared/ports.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { ImportState } from '#renderer/data/setting-records.ts'
import { beginJudging } from '#renderer/data/repos/judging.repo.ts'
import { setReservesAside } from '#renderer/data/repos/reserves.repo.ts'
import { SCHEMA_VERSION } from '#renderer/data/schema/v8.ts'
import {
  beginState,
  DatabaseFiller,
  holdsCounts,
  openToFill,
  type FilePage,
} from '#renderer/data/transfer/fill-database.ts'
import { continueNumbers, openFilled } from '#renderer/data/transfer/finish-filled.ts'
import type { UnfinishedImport } from '#renderer/data/transfer/unfinished-import.ts'

/** The next page of records; null with the counts of all at the end. */
export type NextPage = () => Promise<Result<{ page: FilePage | null; counts: Record<string, number> | null }>>

export interface FillWish {
  /** The database to fill: a new one, or the one of `unfinished`. */
  name: string
  header: TransferHeader
  file: Pick<ImportState, 'identity' | 'name' | 'total'>
  /** What an earlier run wrote of this very file. */
  unfinished: UnfinishedImport | null
  next: NextPage
  now: Clock
}

/**
 * Fills a database beside the one that is open, looks whether it holds what the file says, and brings it to the present layout. The open
 * one is not touched. Stopped or cut off it can go on later; when the file or the store is at fault it is gone again. Issues: what `next`
 * says, `unsupported.database-newer`, `malformed.file-damaged`, `malformed.import-counts`.
 */
export async function fillBeside(current: CaravelDatabase, wish: FillWish): Promise<Result<null>> {
  const { schemaVersion, createdAt } = wish.header
  if (schemaVersion > SCHEMA_VERSION) return err(issue('unsupported', { reason: 'database-newer' }))
  let filled: Result<null> | null = null
  try {
    filled = (await isUpgraded(wish.name, schemaVersion)) ? ok(null) : await fill(wish)
    if (filled.ok) filled = await finish(current, wish.name, schemaVersion, createdAt)
    return filled
  } finally {
    if (filled === null || (!filled.ok && !canGoOn(filled.error))) await Dexie.delete(wish.name)
  }
}

/** A person stopped it, or the file was taken away. */
function canGoOn({ code }: Issue): boolean {
  return code === 'cancelled' || code === 'not-found'
}

/** Cut off when everything was written and the layout brought up to date. */
async function isUpgraded(name: string, schemaVersion: number): Promise<boolean> {
  const found = (await indexedDB.databases()).find((each) => each.name === name)
  return Math.floor((found?.version ?? 0) / 10) > schemaVersion
}

async function fill({ name, header, file, unfinished, next, now }: FillWish): Promise<Result<null>> {
  const begun = beginState(file, unfinished, now())
  const db = await openToFill(name, header.schemaVersion, begun)
  try {
    const filler = new DatabaseFiller(db, begun, now)
    for (;;) {
      const read = await next()
      const taken = read.ok && read.value.page !== null ? await filler.take(read.value.page) : null
      if (taken?.ok === true) continue
      await filler.settled()
      if (!read.ok) return read
      if (taken !== null) return taken
      return (await holdsCounts(db, read.value.counts ?? {}))
        ? ok(null)
        : err(issue('malformed', { reason: 'import-counts' }))
    }
  } finally {
    db.close()
  }
}

async function finish(
  current: CaravelDatabase,
  name: string,
  schemaVersion: number,
  copiedAt: number,
): Promise<Result<null>> {
  const opened = await openFilled(name, schemaVersion)
  if (!opened.ok) return opened
  await continueNumbers(current, opened.value)
  await setReservesAside(opened.value, copiedAt)
  // What the file says of backups, of being prepared to go offline and of fetching is of another time or machine; and it is whole now.
  await opened.value.settings.bulkDelete(['backup', 'offline', 'rates', 'import'])
  // It was judged by the rules of its time, and people may have worked while it was written.
  await beginJudging(opened.value, { id: 'replaced', sku: null })
  opened.value.close()
  return ok(null)
}
