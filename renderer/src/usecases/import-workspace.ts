import type { TransferHeader } from '#core/contracts/transfer.ts'
import type { Clock, IdSource } from '#core/shared/ports.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { openDatabase, type CaravelDatabase } from '#renderer/data/database.ts'
import { freshName, moveTo, workspaceOf } from '#renderer/data/places.ts'
import { WorkspaceMerge, type Merged } from '#renderer/data/transfer/merge-workspace.ts'
import { fillBeside, type NextPage } from '#renderer/data/transfer/replace-database.ts'
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

/**
 * Takes in a file that was unlocked. All of it is checked before the first record is used; then it replaces the workspace (in a database of
 * its own, which takes over only when it is complete) or joins it. `run` names this run of the app (data/places.ts). Issues:
 * `malformed.file-damaged`, `cancelled`, `unsupported.database-newer`, `invalid-input.merge-other-version`.
 */
export async function importWorkspace(
  target: ImportTarget,
  {
    session,
    header,
    mode,
    run,
  }: { session: string; header: TransferHeader; mode: 'replace' | 'merge'; run: string },
  control: TransferControl,
): Promise<Result<Imported>> {
  try {
    const verified = await verify(target, session, control)
    if (!verified.ok) return verified
    const total = Object.values(verified.value).reduce((sum, count) => sum + count, 0)
    const next = reader(target.host, session, total, control)
    return mode === 'replace'
      ? await replace(target, header, run, next)
      : await merge(target, header, next, control)
  } finally {
    await target.host['import.close']({ session })
  }
}

/** The first half of the way is the check, the second the records. */
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
    onProgress(readBytes, totalBytes * 2)
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
    if (!read.ok || read.value.page === null) return read
    ahead = host['import.read']({ session })
    const { bytes } = read.value.page
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) done++
    onProgress(total + done, total * 2)
    return read
  }
}

async function replace(
  { db, now }: ImportTarget,
  header: TransferHeader,
  run: string,
  next: NextPage,
): Promise<Result<Imported>> {
  const kind = workspaceOf(db.name)
  const name = freshName(kind, now())
  const filled = await fillBeside(db, name, header, next)
  if (!filled.ok) return filled
  await moveTo(kind, name, run)
  return ok({ mode: 'replace' })
}

/** The file is filled into a database beside first, whatever its layout: only a whole one joins. */
async function merge(
  { db, newId, now, breathe }: ImportTarget,
  header: TransferHeader,
  next: NextPage,
  { stopped }: TransferControl,
): Promise<Result<Imported>> {
  const name = freshName(workspaceOf(db.name), now())
  const filled = await fillBeside(db, name, header, next)
  if (!filled.ok) return filled
  const from = await openDatabase(name)
  if (!from.ok) return from
  try {
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
