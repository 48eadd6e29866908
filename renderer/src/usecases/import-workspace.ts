import type { TransferHeader } from '#core/contracts/transfer.ts'
import type { Clock, IdSource } from '#core/shared/ports.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { openDatabase, type CaravelDatabase } from '#renderer/data/database.ts'
import { filledBeside, freshName, moveTo, workspaceOf } from '#renderer/data/places.ts'
import { beginJudging } from '#renderer/data/repos/judging.repo.ts'
import { WorkspaceMerge } from '#renderer/data/transfer/merge-workspace.ts'
import type { Merged } from '#renderer/data/transfer/merged.ts'
import { fillBeside, type FillWish, type NextPage } from '#renderer/data/transfer/replace-database.ts'
import { dropUnfinished, findUnfinished, type ImportFile } from '#renderer/data/transfer/unfinished-import.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import type { TransferControl } from '#renderer/usecases/export-workspace.ts'

export type ImportCalls = Pick<HostCalls, 'import.verify' | 'import.read' | 'import.close'>

export interface ImportTarget {
  db: CaravelDatabase
  host: ImportCalls
  now: Clock
  newId: IdSource
  breathe: () => Promise<void>
}

/** What an import came to: another database to load, or what joined the present one. */
export type Imported = { mode: 'replace' } | { mode: 'merge'; merged: Merged }

/** What is imported, and how; `run` names this run of the app (data/places.ts). */
export interface ImportWish {
  session: string
  file: ImportFile
  header: TransferHeader
  mode: 'replace' | 'merge'
  run: string
}

/**
 * Takes in a file that was unlocked. All of it is checked before the first record is used; then it replaces the workspace (in a database of
 * its own, which takes over only when it is complete) or joins it. One that was cut off goes on where it stopped, in the same database.
 * Issues: `malformed.file-damaged`, `cancelled`, `unsupported.database-newer`, `invalid-input.merge-other-version`.
 */
export async function importWorkspace(
  target: ImportTarget,
  wish: ImportWish,
  control: TransferControl,
): Promise<Result<Imported>> {
  const { session, mode } = wish
  try {
    const verified = await verify(target, session, control)
    if (!verified.ok) return verified
    const total = Object.values(verified.value).reduce((sum, count) => sum + count, 0)
    const fill = await placeFor(target, wish, total, reader(target.host, session, total, control))
    return mode === 'replace' ? await replace(target, fill, wish.run) : await merge(target, fill, control)
  } finally {
    await target.host['import.close']({ session })
  }
}

/** One unfinished import at a time: that of this file goes on, those of others go. */
async function placeFor(
  { db, now }: ImportTarget,
  { file, header }: ImportWish,
  total: number,
  next: NextPage,
): Promise<FillWish> {
  const kind = workspaceOf(db.name)
  const found = await findUnfinished(kind, now())
  const unfinished = found?.identity === file.identity ? found : null
  for (const name of await filledBeside(kind))
    if (name !== unfinished?.database) await dropUnfinished(kind, name)
  const name = unfinished?.database ?? freshName(kind, now())
  return { name, header, file: { ...file, total }, unfinished, next, now }
}

async function verify(
  { host }: ImportTarget,
  session: string,
  { onProgress, stopped }: TransferControl,
): Promise<Result<Record<string, number>>> {
  for (;;) {
    if (stopped()) return err(issue('cancelled'))
    const step = await host['import.verify']({ session })
    if (!step.ok) return step
    const { readBytes, totalBytes, counts } = step.value
    onProgress(readBytes, totalBytes, 'check')
    if (counts !== null) return ok(counts)
  }
}

function reader(
  host: ImportCalls,
  session: string,
  total: number,
  { onProgress, stopped }: TransferControl,
): NextPage {
  let done = 0
  let ahead = host['import.read']({ session })
  return async () => {
    if (stopped()) return err(issue('cancelled'))
    const read = await ahead
    if (!read.ok) return read
    if (read.value.page === null) return ok({ page: null, counts: read.value.counts })
    ahead = host['import.read']({ session })
    const { table, bytes } = read.value.page
    const records = countLines(bytes)
    done += records
    onProgress(done, total, 'fill')
    return ok({ page: { table, bytes, records }, counts: null })
  }
}

function countLines(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++
  return count
}

async function replace({ db }: ImportTarget, fill: FillWish, run: string): Promise<Result<Imported>> {
  const filled = await fillBeside(db, fill)
  if (!filled.ok) return filled
  await moveTo(workspaceOf(db.name), fill.name, run)
  return ok({ mode: 'replace' })
}

/** The file is filled into a database beside first, whatever its layout: only a whole one joins. */
async function merge(
  { db, newId, now, breathe }: ImportTarget,
  fill: FillWish,
  { stopped }: TransferControl,
): Promise<Result<Imported>> {
  const filled = await fillBeside(db, fill)
  if (!filled.ok) return filled
  const from = await openDatabase(fill.name)
  if (!from.ok) return from
  try {
    // What joins was judged elsewhere, and orders here by facts that may be older than those that join.
    await inUnit(db, { stores: ['settings'], durability: 'strict' }, () =>
      beginJudging(db, { id: newId<'judging'>(), sku: null }),
    )
    const joined = new WorkspaceMerge(db, from.value, newId, now)
    const done = await joined.run(async () => {
      await breathe()
      return !stopped()
    })
    return done ? ok({ mode: 'merge', merged: joined.merged }) : err(issue('cancelled'))
  } finally {
    from.value.close()
    await from.value.delete()
  }
}
