import type { HostCalls } from '#renderer/platform/host.ts'
import type { BackupOccasion, WorkspaceKind } from '#core/contracts/transfer.ts'
import { MOST_BYTES_AT_ONCE } from '#core/contracts/transfer.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { countRecords, dumpTables, type ReadableDatabase } from '#renderer/data/transfer/dump-tables.ts'

export type ExportCalls = Pick<HostCalls, 'export.begin' | 'export.write' | 'export.finish' | 'export.cancel'>

/** How far long work is, in records or bytes of its whole, or of the step it is at. */
export type OnProgress = (done: number, total: number, step?: string) => void

export interface TransferControl {
  onProgress: OnProgress
  /** True once a person stopped it. */
  stopped: () => boolean
}

export interface ExportSource {
  /** Any layout: a backup is also made of a database that is about to be upgraded. */
  db: ReadableDatabase
  workspace: WorkspaceKind
  host: ExportCalls
}

/**
 * Asks where to and opens an export there. Null when the person cancelled. Issues: `invalid-input.passphrase-too-short`,
 * `unsupported.export-not-written`.
 */
export async function beginExport(
  { db, workspace, host }: ExportSource,
  { passphrase, suggestedName }: { passphrase: string; suggestedName: string },
): Promise<Result<string | null>> {
  const facts = { schemaVersion: db.verno, workspace, counts: await countRecords(db) }
  const begun = await host['export.begin']({ kind: 'file', passphrase, suggestedName, ...facts })
  return begun.ok ? ok(begun.value.session) : begun
}

/** A backup into the folder that main owns. Issues: the vault's while it has no key, `conflict.transfer-running`, as an export. */
export async function makeBackup(
  source: ExportSource,
  occasion: BackupOccasion,
  control: TransferControl,
): Promise<Result<{ bytes: number }>> {
  const { db, workspace, host } = source
  const facts = { schemaVersion: db.verno, workspace, counts: await countRecords(db) }
  const begun = await host['export.begin']({ kind: 'backup', occasion, ...facts })
  if (!begun.ok) return begun
  return begun.value.session === null
    ? err(issue('cancelled'))
    : sendRecords(source, begun.value.session, control, facts.counts)
}

/**
 * Sends everything to an export that was begun, a page at a time. Whatever stops it, main takes the unfinished file back. `counts`: of the
 * records, where they are counted already; for the progress.
 * Issues: `cancelled`, `unsupported.export-not-written`, `malformed.export-counts`, the store's own.
 */
export async function sendRecords(
  source: Pick<ExportSource, 'db' | 'host'>,
  session: string,
  control: TransferControl,
  counts?: Record<string, number>,
): Promise<Result<{ bytes: number }>> {
  try {
    const sent = await sendPages(source, session, control, counts)
    if (sent.ok) return await source.host['export.finish']({ session, counts: sent.value })
    await source.host['export.cancel']({ session })
    return sent
  } catch (error) {
    await source.host['export.cancel']({ session })
    throw error
  }
}

async function sendPages(
  { db, host }: Pick<ExportSource, 'db' | 'host'>,
  session: string,
  { onProgress, stopped }: TransferControl,
  counted?: Record<string, number>,
): Promise<Result<Record<string, number>>> {
  const total = Object.values(counted ?? (await countRecords(db))).reduce((sum, count) => sum + count, 0)
  const counts: Record<string, number> = {}
  let done = 0
  for await (const { table, bytes, records } of dumpTables(db)) {
    if (stopped()) return err(issue('cancelled'))
    for (let at = 0; at === 0 || at < bytes.length; at += MOST_BYTES_AT_ONCE) {
      // A copy of the part: a view would carry the whole buffer across.
      const part = bytes.length <= MOST_BYTES_AT_ONCE ? bytes : bytes.slice(at, at + MOST_BYTES_AT_ONCE)
      const written = await host['export.write']({ session, table, bytes: part })
      if (!written.ok) return written
    }
    counts[table] = (counts[table] ?? 0) + records
    done += records
    onProgress(Math.min(done, total), total)
  }
  return stopped() ? err(issue('cancelled')) : ok(counts)
}
