import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import * as nodeFs from 'node:fs/promises'
import path from 'node:path'
import { z } from '#core/contracts/zod.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { writeFileAtomic } from '#main/files/atomic-write.ts'
import type { FileLock } from '#main/files/workspace-header.ts'
import type { Vault } from '#main/secrets/vault.ts'

/**
 * The lock of backups: a pair of X25519 keys. The half that locks lies in a plain file, so a backup needs no passphrase and works while
 * the vault is locked, also before an upgrade at start. The half that opens is in the vault.
 */
export interface BackupKeys {
  /** Issues: `auth.vault-locked` (and the vault's others) while there is no key yet and none can be made. */
  lock(): Promise<Result<{ secret: Buffer; lock: FileLock }>>
  /** Issues: the vault's; `not-found.backup-key-lost` when the backup was locked by a key that is gone. */
  open(lock: FileLock & { kind: 'backup' }): Promise<Result<Buffer>>
}

/** No connection can have this name (core/contracts/values.ts), so no channel reaches the entry. */
const ENTRY = '@backup-key'
const keyFileSchema = z.object({ publicKey: z.string().max(200) })

export function createBackupKeys(file: string, vault: Pick<Vault, 'read' | 'update'>): BackupKeys {
  return {
    async lock() {
      const known = await publicKey(file, vault)
      if (!known.ok) return known
      const mine = generateKeyPairSync('x25519')
      const secret = diffieHellman({ privateKey: mine.privateKey, publicKey: known.value })
      const lock = {
        kind: 'backup' as const,
        recipient: nameOf(known.value),
        ephemeral: encode(mine.publicKey),
      }
      return ok({ secret, lock })
    },
    async open(lock) {
      const stored = await privateKey(vault)
      if (!stored.ok) return stored
      if (stored.value === null || nameOf(createPublicKey(stored.value)) !== lock.recipient)
        return err(issue('not-found', { reason: 'backup-key-lost' }))
      try {
        return ok(diffieHellman({ privateKey: stored.value, publicKey: decode(lock.ephemeral) }))
      } catch {
        return err(issue('malformed', { reason: 'file-damaged' }))
      }
    },
  }
}

/** The vault's word counts: a key file whose other half is gone would lock backups for ever. */
async function publicKey(file: string, vault: Pick<Vault, 'read' | 'update'>): Promise<Result<KeyObject>> {
  const inFile = await readKeyFile(file)
  const stored = await privateKey(vault)
  if (!stored.ok) return inFile === null ? stored : ok(inFile)
  const inVault = stored.value ?? (await makeKey(vault))
  if (inVault === null) return err(issue('unsupported', { reason: 'vault-not-written' }))
  const right = createPublicKey(inVault)
  if (inFile === null || nameOf(inFile) !== nameOf(right)) {
    await nodeFs.mkdir(path.dirname(file), { recursive: true })
    await writeFileAtomic(file, `${JSON.stringify({ publicKey: encode(right) })}\n`)
  }
  return ok(right)
}

async function privateKey(vault: Pick<Vault, 'read'>): Promise<Result<KeyObject | null>> {
  const read = await vault.read()
  if (!read.ok) return read
  const text = Object.hasOwn(read.value, ENTRY) ? read.value[ENTRY]?.secrets['privateKey'] : undefined
  if (text === undefined) return ok(null)
  return ok(createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' }))
}

async function makeKey(vault: Pick<Vault, 'update'>): Promise<KeyObject | null> {
  const { privateKey: made } = generateKeyPairSync('x25519')
  const text = made.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  const entry = { connectorId: '', settings: {}, secrets: { privateKey: text } }
  const saved = await vault.update((entries) => ({ ...entries, [ENTRY]: entry }))
  return saved.ok ? made : null
}

async function readKeyFile(file: string): Promise<KeyObject | null> {
  try {
    const parsed = keyFileSchema.parse(JSON.parse(await nodeFs.readFile(file, 'utf8')))
    return decode(parsed.publicKey)
  } catch {
    return null
  }
}

function encode(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).toString('base64')
}

function decode(text: string): KeyObject {
  return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
}

function nameOf(key: KeyObject): string {
  return createHash('sha256').update(encode(key)).digest('hex').slice(0, 32)
}
