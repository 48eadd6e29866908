import { randomBytes } from 'node:crypto'
import * as nodeFs from 'node:fs/promises'
import path from 'node:path'
import type { ChannelOutput, Nothing } from '#core/contracts/ipc.ts'
import type { TransferHeader } from '#core/contracts/transfer.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { BackupFolder } from '#main/files/backup-folder.ts'
import type { BackupKeys } from '#main/files/backup-key.ts'
import { writeFileAtomic } from '#main/files/atomic-write.ts'
import { safeFileName } from '#main/files/safe-file-name.ts'
import { TextWriter } from '#main/files/text-writer.ts'
import { frameKeyOf, makeHeader, type FileLock } from '#main/files/workspace-header.ts'
import { partOf, WorkspaceWriter } from '#main/files/workspace-writer.ts'
import type { ParsedInput } from '#main/ipc/handle.ts'
import { makeKey } from '#main/secrets/passphrase-box.ts'
import { MIN_PASSPHRASE } from '#main/secrets/vault.ts'

export interface ExportDeps {
  /** The system's dialog; null when the person cancelled. */
  askWhere(suggestedName: string): Promise<string | null>
  backups: BackupFolder
  keys: BackupKeys
  /** Names the unfinished file while one is written, so that the next start removes what a kill left. */
  noteFile: string
  now: () => number
  /** scrypt's N; tests use a smaller one. */
  cost?: number
}

export interface ExportSessions {
  begin(input: ParsedInput<'export.begin'>): Promise<Result<ChannelOutput<'export.begin'>>>
  write(input: ParsedInput<'export.write'>): Promise<Result<Nothing>>
  finish(input: ParsedInput<'export.finish'>): Promise<Result<ChannelOutput<'export.finish'>>>
  cancel(input: { session: string | null }): Promise<Result<Nothing>>
}

export const EXPORT_EXTENSION = '.caravel'

type Begin = ParsedInput<'export.begin'>
/** A whole workspace, sealed. */
type WorkspaceBegin = Exclude<Begin, { kind: 'csv' }>

interface Running {
  session: string
  writer: Pick<WorkspaceWriter, 'counts' | 'rows' | 'finish' | 'cancel'>
  kind: Begin['kind']
}

/** One export at a time; another one, or the end of the app, takes back what is unfinished. */
export function createExportSessions(deps: ExportDeps): ExportSessions {
  return new Sessions(deps)
}

class Sessions implements ExportSessions {
  #running: Running | null = null
  #cleaned: Promise<void> | null = null

  constructor(private readonly deps: ExportDeps) {}

  async begin(input: Begin): Promise<Result<ChannelOutput<'export.begin'>>> {
    if (input.kind === 'file' && Array.from(input.passphrase).length < MIN_PASSPHRASE)
      return err(issue('invalid-input', { reason: 'passphrase-too-short', field: 'passphrase' }))
    if (this.#isInTheWay(input.kind)) return err(issue('conflict', { reason: 'transfer-running' }))
    this.#cleaned ??= removeNoted(this.deps.noteFile)
    await this.#cleaned
    const locked = input.kind === 'csv' ? ok(null) : await this.#lock(input)
    if (!locked.ok) return locked
    const place = await this.#place(input)
    if (place === null) return ok({ session: null })
    if (this.#isInTheWay(input.kind)) return err(issue('conflict', { reason: 'transfer-running' }))
    await this.#end()
    return this.#open(place, input, locked.value)
  }

  async write({ session, table, bytes }: ParsedInput<'export.write'>): Promise<Result<Nothing>> {
    const running = this.#find(session)
    if (running === null) return gone()
    const written = await this.#orEnd(() => running.writer.rows(table, bytes))
    if (!written.ok) return written
    if (written.value) return ok({})
    await this.#end()
    return err(issue('invalid-input', { reason: 'bad-request', field: 'table' }))
  }

  async finish({
    session,
    counts,
  }: ParsedInput<'export.finish'>): Promise<Result<ChannelOutput<'export.finish'>>> {
    const running = this.#find(session)
    if (running === null) return gone()
    const tables = new Set([...Object.keys(counts), ...Object.keys(running.writer.counts)])
    if ([...tables].some((table) => counts[table] !== running.writer.counts[table])) {
      await this.#end()
      return err(issue('malformed', { reason: 'export-counts' }))
    }
    const finished = await this.#orEnd(() => running.writer.finish())
    if (!finished.ok) return finished
    this.#running = null
    await nodeFs.rm(this.deps.noteFile, { force: true })
    if (running.kind === 'backup') await this.deps.backups.rotate()
    return finished
  }

  async cancel({ session }: { session: string | null }): Promise<Result<Nothing>> {
    if (session === null || this.#find(session) !== null) await this.#end()
    return ok({})
  }

  /** A backup has time; and a person's export of one kind is not pushed aside by one of the other. */
  #isInTheWay(kind: Begin['kind']): boolean {
    const running = this.#running?.kind
    if (running === undefined) return false
    return kind === 'backup' || (running !== 'backup' && running !== kind)
  }

  async #open(
    place: string,
    input: Begin,
    locked: { secret: Buffer; lock: FileLock } | null,
  ): Promise<Result<ChannelOutput<'export.begin'>>> {
    try {
      await writeFileAtomic(this.deps.noteFile, JSON.stringify({ part: partOf(place) }))
      const session = randomBytes(16).toString('hex')
      if (input.kind === 'csv' || locked === null)
        this.#running = { session, kind: input.kind, writer: await TextWriter.create(place) }
      else await this.#openWorkspace(session, place, input, locked)
      return ok({ session })
    } catch {
      await this.#end()
      return err(notWritten())
    }
  }

  async #openWorkspace(
    session: string,
    place: string,
    { kind, schemaVersion, workspace, counts }: WorkspaceBegin,
    { secret, lock }: { secret: Buffer; lock: FileLock },
  ): Promise<void> {
    const header = makeHeader(lock)
    const frameKey = frameKeyOf(secret, header.salt, header.hash)
    const createdAt = this.deps.now()
    const first: TransferHeader = { formatVersion: 1, schemaVersion, workspace, createdAt, counts }
    const writer = await WorkspaceWriter.create({ place, header: header.bytes, frameKey })
    this.#running = { session, kind, writer }
    await writer.control(['header', first])
  }

  async #lock(input: WorkspaceBegin): Promise<Result<{ secret: Buffer; lock: FileLock }>> {
    if (input.kind === 'backup') return this.deps.keys.lock()
    const { key, lock } = await makeKey(input.passphrase, this.deps.cost)
    return ok({ secret: key, lock: { kind: 'passphrase', lock } })
  }

  #place(input: Begin): Promise<string | null> {
    if (input.kind === 'csv') return this.deps.askWhere(safeFileName(input.suggestedName, '.csv', 'orders'))
    if (input.kind === 'backup') return this.deps.backups.placeFor(input.workspace, input.occasion)
    return this.deps.askWhere(safeFileName(input.suggestedName, EXPORT_EXTENSION, 'workspace'))
  }

  #find(session: string): Running | null {
    return this.#running?.session === session ? this.#running : null
  }

  async #orEnd<T>(work: () => Promise<T>): Promise<Result<T>> {
    try {
      return ok(await work())
    } catch {
      await this.#end()
      return err(notWritten())
    }
  }

  async #end(): Promise<void> {
    const running = this.#running
    this.#running = null
    await running?.writer.cancel().catch(() => undefined)
    await nodeFs.rm(this.deps.noteFile, { force: true })
  }
}

/** Only a name that this module gives is removed. */
async function removeNoted(noteFile: string): Promise<void> {
  try {
    const { part } = JSON.parse(await nodeFs.readFile(noteFile, 'utf8')) as { part?: unknown }
    if (typeof part === 'string' && path.isAbsolute(part) && part.endsWith(partOf('')))
      await nodeFs.rm(part, { force: true })
  } catch {
    // Nothing was cut off.
  }
}

function notWritten(): Issue {
  return issue('unsupported', { reason: 'export-not-written' })
}

function gone(): { ok: false; error: Issue } {
  return err(issue('not-found', { reason: 'transfer-gone' }))
}
