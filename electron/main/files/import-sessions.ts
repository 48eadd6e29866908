import { randomBytes } from 'node:crypto'
import * as nodeFs from 'node:fs/promises'
import path from 'node:path'
import type { ChannelOutput, Nothing } from '#core/contracts/ipc.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { BackupFolder } from '#main/files/backup-folder.ts'
import type { BackupKeys } from '#main/files/backup-key.ts'
import { DamagedFile, type FrameKey, type ReadAt } from '#main/files/sealed-frames.ts'
import { frameKeyOf, readHeader, type ReadHeader } from '#main/files/workspace-header.ts'
import { readWorkspace, type WorkspacePart } from '#main/files/workspace-reader.ts'
import type { ParsedInput } from '#main/ipc/handle.ts'
import { openLock } from '#main/secrets/passphrase-box.ts'

export interface ImportDeps {
  /** The system's dialog; null when the person cancelled. */
  askWhich(): Promise<string | null>
  backups: BackupFolder
  keys: BackupKeys
}

export interface ImportSessions {
  choose(input: ParsedInput<'import.choose'>): Promise<Result<ChannelOutput<'import.choose'>>>
  unlock(input: ParsedInput<'import.unlock'>): Promise<Result<ChannelOutput<'import.unlock'>>>
  verify(input: ParsedInput<'import.verify'>): Promise<Result<ChannelOutput<'import.verify'>>>
  read(input: ParsedInput<'import.read'>): Promise<Result<ChannelOutput<'import.read'>>>
  close(input: { session: string | null }): Promise<Result<Nothing>>
}

/** How much of a file one call of `verify` reads: often enough to show and to stop. */
const VERIFY_STEP = 16 * 2 ** 20

type Parts = AsyncGenerator<WorkspacePart, void>

interface Opened {
  session: string
  handle: nodeFs.FileHandle
  readAt: ReadAt
  size: number
  header: ReadHeader
  frameKey: FrameKey | null
  verifying: Parts | null
  /** Set once every frame, count and the hash agreed. */
  verified: boolean
  reading: Parts | null
}

/** One import at a time. The file stays open from its choice to its end, so what was verified is what is read. */
export function createImportSessions(deps: ImportDeps): ImportSessions {
  return new Sessions(deps)
}

class Sessions implements ImportSessions {
  #opened: Opened | null = null

  constructor(private readonly deps: ImportDeps) {}

  async choose({ backup }: ParsedInput<'import.choose'>): Promise<Result<ChannelOutput<'import.choose'>>> {
    const place = backup === null ? await this.deps.askWhich() : await this.deps.backups.find(backup)
    if (place === null)
      return backup === null ? ok({ file: null }) : err(issue('not-found', { reason: 'backup-gone' }))
    await this.#end()
    const opened = await open(place)
    if (!opened.ok) return opened
    this.#opened = opened.value
    const { session, size, header } = opened.value
    const file = {
      session,
      // The header holds a random salt: no two files share one.
      identity: `${header.hash.toString('hex')}-${size}`,
      name: path.basename(place).slice(0, 200),
      bytes: size,
      needsPassphrase: header.lock.kind === 'passphrase',
    }
    return ok({ file })
  }

  async unlock({
    session,
    passphrase,
  }: ParsedInput<'import.unlock'>): Promise<Result<ChannelOutput<'import.unlock'>>> {
    const opened = this.#find(session)
    if (opened === null) return gone()
    const secret = await this.#secretOf(opened.header, passphrase)
    if (!secret.ok) return secret
    const { salt, hash, end } = opened.header
    opened.frameKey = frameKeyOf(secret.value, salt, hash)
    const parts = readWorkspace(opened.readAt, end, opened.frameKey)
    const first = await step(parts)
    await parts.return(undefined)
    if (!first.ok) return first
    return first.value?.kind === 'header' ? ok({ header: first.value.header }) : err(damaged())
  }

  async verify({ session }: ParsedInput<'import.verify'>): Promise<Result<ChannelOutput<'import.verify'>>> {
    const opened = this.#find(session)
    if (opened === null || opened.frameKey === null) return gone()
    const verifying = opened.verifying ?? readWorkspace(opened.readAt, opened.header.end, opened.frameKey)
    opened.verifying = verifying
    let from: number | null = null
    for (;;) {
      const part = await step(verifying)
      if (!part.ok) {
        opened.verifying = null
        return part
      }
      if (part.value === null) return err(damaged())
      const { at } = part.value
      from ??= at
      opened.verified = part.value.kind === 'end'
      const counts = part.value.kind === 'end' ? part.value.counts : null
      if (counts !== null) opened.verifying = null
      if (counts !== null || at - from >= VERIFY_STEP)
        return ok({ readBytes: at, totalBytes: opened.size, counts })
    }
  }

  async read({ session }: ParsedInput<'import.read'>): Promise<Result<ChannelOutput<'import.read'>>> {
    const opened = this.#find(session)
    if (opened === null || opened.frameKey === null || !opened.verified) return gone()
    opened.reading ??= readWorkspace(opened.readAt, opened.header.end, opened.frameKey)
    for (;;) {
      const part = await step(opened.reading)
      if (!part.ok) return part
      if (part.value === null) return err(damaged())
      if (part.value.kind === 'end') return ok({ page: null, counts: part.value.counts })
      if (part.value.kind === 'rows')
        return ok({ page: { table: part.value.table, bytes: part.value.bytes }, counts: null })
    }
  }

  async close({ session }: { session: string | null }): Promise<Result<Nothing>> {
    if (session === null || this.#find(session) !== null) await this.#end()
    return ok({})
  }

  async #secretOf({ lock }: ReadHeader, passphrase: string): Promise<Result<Buffer>> {
    if (lock.kind === 'backup') return this.deps.keys.open(lock)
    const key = await openLock(passphrase, lock.lock)
    return key === null
      ? err(issue('auth', { reason: 'wrong-file-passphrase', field: 'passphrase' }))
      : ok(key.key)
  }

  #find(session: string): Opened | null {
    return this.#opened?.session === session ? this.#opened : null
  }

  async #end(): Promise<void> {
    const opened = this.#opened
    this.#opened = null
    await opened?.verifying?.return(undefined)
    await opened?.reading?.return(undefined)
    await opened?.handle.close()
  }
}

async function open(place: string): Promise<Result<Opened>> {
  let handle: nodeFs.FileHandle
  try {
    handle = await nodeFs.open(place, 'r')
  } catch {
    return err(issue('not-found', { reason: 'file-not-read' }))
  }
  const readAt: ReadAt = async (position, length) => {
    const bytes = Buffer.alloc(length)
    const { bytesRead } = await handle.read(bytes, 0, length, position)
    return bytes.subarray(0, bytesRead)
  }
  const header = await orIssue(() => readHeader(readAt))
  if (header.ok && header.value !== null && header.value !== 'newer') {
    const { size } = await handle.stat()
    const session = randomBytes(16).toString('hex')
    const rest = { frameKey: null, verifying: null, verified: false, reading: null }
    return ok({ session, handle, readAt, size, header: header.value, ...rest })
  }
  await handle.close()
  if (!header.ok) return header
  return err(
    issue('unsupported', { reason: header.value === 'newer' ? 'file-newer' : 'not-a-workspace-file' }),
  )
}

/** The next part; null when the file said more than its end. */
function step(parts: Parts): Promise<Result<WorkspacePart | null>> {
  return orIssue(async () => {
    const next = await parts.next()
    return next.done === true ? null : next.value
  })
}

async function orIssue<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work())
  } catch (error) {
    return err(error instanceof DamagedFile ? damaged() : issue('not-found', { reason: 'file-not-read' }))
  }
}

function damaged(): Issue {
  return issue('malformed', { reason: 'file-damaged' })
}

function gone(): { ok: false; error: Issue } {
  return err(issue('not-found', { reason: 'transfer-gone' }))
}
