import * as nodeFs from 'node:fs/promises'
import path from 'node:path'
import type { ChannelOutput, Nothing } from '#core/contracts/ipc.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { hasSystemKey, type SystemKeyStore } from '#main/secrets/system-key-store.ts'
import { makeKey, openLock, seal, unseal, type PassphraseKey } from '#main/secrets/passphrase-box.ts'
import * as vaultFile from '#main/secrets/vault-file.ts'
import type { NewVaultFile, StoredVault, VaultEntries, VaultFile, VaultFs } from '#main/secrets/vault-file.ts'

export type VaultStatus = ChannelOutput<'vault.status'>

export interface Vault {
  status(): Promise<VaultStatus>
  /**
   * Protects the vault with a passphrase: a new one; one the system's key store no longer opens (its file is set aside);
   * or one it does open (re-encrypted). A passphrase vault stays as it is: `conflict`, reason `vault-exists`.
   */
  create(passphrase: string): Promise<Result<Nothing>>
  /** Issue `auth` with reason `wrong-passphrase`, `system-key-unavailable` or, for a file set aside, `malformed`. */
  unlock(passphrase: string): Promise<Result<Nothing>>
  read(): Promise<Result<VaultEntries>>
  /** Writes what `change` makes of the entries; memory changes only after the disk has it. */
  update(change: (entries: VaultEntries) => VaultEntries): Promise<Result<Nothing>>
}

export interface VaultOptions {
  file: string
  safeStorage: SystemKeyStore
  fs?: VaultFs
  platform?: NodeJS.Platform
  /** scrypt's N; tests use a smaller one. */
  cost?: number
  /** Told when a file that cannot be read was moved away. */
  onSetAside?: (fileName: string) => void
}

/** Characters, not bytes: short enough to type, and scrypt does the rest. */
export const MIN_PASSPHRASE = 8

type Open =
  | { backend: 'system'; entries: VaultEntries }
  | { backend: 'passphrase'; entries: VaultEntries; key: PassphraseKey }
type State =
  | { kind: 'new'; backend: 'system' | 'passphrase' }
  | { kind: 'locked'; file: VaultFile | null }
  | { kind: 'open'; open: Open }

const fault = (code: Issue['code'], reason: string, field?: string) =>
  err(issue(code, { reason, ...(field ? { field } : {}) }))

/** Secrets of connections, encrypted by the system's key store or, where there is none, by a passphrase. */
export function createVault(options: VaultOptions): Vault {
  return new FileVault(options)
}

class FileVault implements Vault {
  private state: State | undefined
  private last: Promise<unknown> = Promise.resolve()
  private readonly fs: VaultFs

  constructor(private readonly options: VaultOptions) {
    this.fs = options.fs ?? nodeFs
  }

  status(): Promise<VaultStatus> {
    return this.inTurn(async () => describe(await this.load()))
  }

  create(passphrase: string): Promise<Result<Nothing>> {
    return this.inTurn(async () => {
      const now = await this.load()
      if (Array.from(passphrase).length < MIN_PASSPHRASE)
        return fault('invalid-input', 'passphrase-too-short', 'passphrase')
      if (now.kind === 'locked' && now.file === null) return fault('unsupported', 'vault-newer')
      if (backendOf(now) === 'passphrase' && now.kind !== 'new') return fault('conflict', 'vault-exists')
      const key = await makeKey(passphrase, this.options.cost)
      if (now.kind === 'locked') await this.setAside()
      return this.save({ backend: 'passphrase', key, entries: now.kind === 'open' ? now.open.entries : {} })
    })
  }

  unlock(passphrase: string): Promise<Result<Nothing>> {
    return this.inTurn(async () => {
      const now = await this.load()
      if (now.kind === 'open') return ok({})
      if (now.kind === 'new') return fault('not-found', 'vault-new')
      if (now.file === null) return fault('unsupported', 'vault-newer')
      if (now.file.backend === 'system') return fault('auth', 'system-key-unavailable')
      return this.openWith(passphrase, now.file)
    })
  }

  read(): Promise<Result<VaultEntries>> {
    return this.inTurn(async () => {
      const open = await this.opened()
      return open.ok ? ok(open.value.entries) : open
    })
  }

  update(change: (entries: VaultEntries) => VaultEntries): Promise<Result<Nothing>> {
    return this.inTurn(async () => {
      const open = await this.opened()
      return open.ok ? this.save({ ...open.value, entries: change(open.value.entries) }) : open
    })
  }

  /** One thing at a time: two saves must not lose each other. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.last.then(work, work)
    this.last = run.catch(() => undefined)
    return run
  }

  private async load(): Promise<State> {
    const known = this.state
    // A system key may come later (the keyring is unlocked after the start): look again.
    if (known !== undefined && !(known.kind === 'locked' && known.file?.backend === 'system')) return known
    const stored = await vaultFile.readVaultFile(this.options.file, this.fs)
    if (stored.kind === 'corrupt') return this.setAside()
    this.state = this.stateOf(stored)
    return this.state
  }

  private stateOf(stored: Exclude<StoredVault, { kind: 'corrupt' }>): State {
    if (stored.kind === 'none') return this.fresh()
    if (stored.kind === 'newer') return { kind: 'locked', file: null }
    const { content } = stored
    if (content.backend === 'passphrase' || !this.hasSystemKey()) return { kind: 'locked', file: content }
    const text = decryptWith(this.options.safeStorage, content.data)
    const entries = text === null ? null : vaultFile.decodeEntries(text)
    return entries === null
      ? { kind: 'locked', file: content }
      : { kind: 'open', open: { backend: 'system', entries } }
  }

  private fresh(): State {
    return { kind: 'new', backend: this.hasSystemKey() ? 'system' : 'passphrase' }
  }

  private hasSystemKey(): boolean {
    return hasSystemKey(this.options.safeStorage, this.options.platform ?? process.platform)
  }

  /** The open vault; a new one of the system's needs no ceremony. */
  private async opened(): Promise<Result<Open>> {
    const now = await this.load()
    if (now.kind === 'open') return ok(now.open)
    if (now.kind === 'new')
      return now.backend === 'system' ? ok({ backend: 'system', entries: {} }) : fault('auth', 'vault-new')
    if (now.file === null) return fault('unsupported', 'vault-newer')
    return fault('auth', now.file.backend === 'system' ? 'system-key-unavailable' : 'vault-locked')
  }

  private async openWith(
    passphrase: string,
    { lock, sealed }: VaultFile & { backend: 'passphrase' },
  ): Promise<Result<Nothing>> {
    const key = await openLock(passphrase, lock)
    if (key === null) return fault('auth', 'wrong-passphrase', 'passphrase')
    const plain = unseal(key.key, sealed, vaultFile.sealContext(lock))
    const entries = plain === null ? null : vaultFile.decodeEntries(plain.toString('utf8'))
    if (entries === null) {
      await this.setAside()
      return fault('malformed', 'vault-damaged')
    }
    this.state = { kind: 'open', open: { backend: 'passphrase', entries, key } }
    return ok({})
  }

  private async save(open: Open): Promise<Result<Nothing>> {
    const { file, safeStorage } = this.options
    try {
      await this.fs.mkdir(path.dirname(file), { recursive: true })
      await vaultFile.writeVaultFile(file, encode(open, safeStorage), this.fs)
    } catch {
      return fault('unsupported', 'vault-not-written')
    }
    this.state = { kind: 'open', open }
    return ok({})
  }

  private async setAside(): Promise<State> {
    const place = await vaultFile.setAside(this.options.file, this.fs)
    this.options.onSetAside?.(path.basename(place))
    this.state = this.fresh()
    return this.state
  }
}

function backendOf(state: State): VaultStatus['backend'] {
  if (state.kind === 'open') return state.open.backend
  return state.kind === 'new' ? state.backend : (state.file?.backend ?? 'passphrase')
}

function describe(state: State): VaultStatus {
  const backend = backendOf(state)
  if (state.kind === 'open') return { backend, state: 'ready' }
  if (state.kind === 'locked') return { backend, state: 'locked' }
  return { backend, state: backend === 'system' ? 'ready' : 'new' }
}

function encode(open: Open, safeStorage: SystemKeyStore): NewVaultFile {
  const text = vaultFile.encodeEntries(open.entries)
  if (open.backend === 'system')
    return { backend: 'system', data: safeStorage.encryptString(text).toString('base64') }
  const { key, lock } = open.key
  return { backend: 'passphrase', lock, sealed: seal(key, Buffer.from(text), vaultFile.sealContext(lock)) }
}

function decryptWith(safeStorage: SystemKeyStore, data: string): string | null {
  try {
    return safeStorage.decryptString(Buffer.from(data, 'base64'))
  } catch {
    return null
  }
}
