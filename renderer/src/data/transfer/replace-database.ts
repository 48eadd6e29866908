import Dexie from 'dexie'
import type { TransferHeader } from '#core/contracts/transfer.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { setReservesAside } from '#renderer/data/repos/reserves.repo.ts'
import { SCHEMA_VERSION } from '#renderer/data/schema/v7.ts'
import {
  continueNumbers,
  fillPage,
  holdsCounts,
  openFilled,
  openToFill,
} from '#renderer/data/transfer/fill-database.ts'

/** The next page of records; null with the counts of all at the end. */
export type NextPage = () => Promise<
  Result<{ page: { table: string; bytes: Uint8Array } | null; counts: Record<string, number> | null }>
>

/**
 * Fills a new database beside the one that is open, looks whether it holds what the file says, and brings it to the present layout. The open
 * one is not touched; when anything fails the new one is gone again. Issues: what `next` says, `unsupported.database-newer`,
 * `malformed.file-damaged`, `malformed.import-counts`.
 */
export async function fillBeside(
  current: CaravelDatabase,
  name: string,
  { schemaVersion, createdAt }: TransferHeader,
  next: NextPage,
): Promise<Result<null>> {
  if (schemaVersion > SCHEMA_VERSION) return err(issue('unsupported', { reason: 'database-newer' }))
  let filled: Result<null> | null = null
  try {
    filled = await fill(name, schemaVersion, next)
    if (filled.ok) filled = await finish(current, name, createdAt)
    return filled
  } finally {
    if (filled?.ok !== true) await Dexie.delete(name)
  }
}

async function fill(name: string, schemaVersion: number, next: NextPage): Promise<Result<null>> {
  const db = await openToFill(name, schemaVersion)
  try {
    for (;;) {
      const read = await next()
      if (!read.ok) return read
      const { page, counts } = read.value
      if (page === null)
        return (await holdsCounts(db, counts ?? {}))
          ? ok(null)
          : err(issue('malformed', { reason: 'import-counts' }))
      const put = await fillPage(db, page.table, page.bytes)
      if (!put.ok) return put
    }
  } finally {
    db.close()
  }
}

async function finish(current: CaravelDatabase, name: string, copiedAt: number): Promise<Result<null>> {
  const opened = await openFilled(name)
  if (!opened.ok) return opened
  await continueNumbers(current, opened.value)
  await setReservesAside(opened.value, copiedAt)
  // What the file says of backups, of being prepared to go offline and of fetching is of another time or machine.
  await opened.value.settings.bulkDelete(['backup', 'offline', 'rates'])
  opened.value.close()
  return ok(null)
}
