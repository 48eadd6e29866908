import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { z } from '#core/contracts/zod.ts'
import { DamagedFile, type FrameKey, type ReadAt } from '#main/files/sealed-frames.ts'
import { lockSchema } from '#main/secrets/passphrase-box.ts'

/**
 * What stands unencrypted at the start of a workspace file: 8 bytes that name the format, 4 bytes of length (big-endian), JSON, and
 * the SHA-256 of all that, which tells a damaged header from a wrong passphrase. Every frame is bound to it.
 */
const MAGIC = Buffer.from('CARAVEL\u0001', 'latin1')
const HASH_BYTES = 32
const MOST_BYTES = 4096
const FORMAT_VERSION = 1

const fileLockSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('passphrase'), lock: lockSchema }),
  /** For backups: the sender's half of an X25519 agreement, and whose key opens it. */
  z.strictObject({
    kind: z.literal('backup'),
    recipient: z.string().length(32),
    ephemeral: z.string().max(200),
  }),
])
export type FileLock = z.infer<typeof fileLockSchema>

const headerSchema = z.strictObject({
  format: z.literal('caravel-workspace'),
  version: z.literal(FORMAT_VERSION),
  /** Random per file, so that no two files share a key. */
  salt: z.string().length(44),
  lock: fileLockSchema,
})

export interface ReadHeader {
  lock: FileLock
  salt: Buffer
  /** SHA-256 over the header's bytes. */
  hash: Buffer
  /** Where the frames begin. */
  end: number
}

export function makeHeader(lock: FileLock): { bytes: Buffer; salt: Buffer; hash: Buffer } {
  const salt = randomBytes(32)
  const header = {
    format: 'caravel-workspace',
    version: FORMAT_VERSION,
    salt: salt.toString('base64'),
    lock,
  }
  const json = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  const head = Buffer.concat([MAGIC, length, json])
  const hash = createHash('sha256').update(head).digest()
  return { bytes: Buffer.concat([head, hash]), salt, hash }
}

/** Null when it is no workspace file at all; `newer` when a later version wrote it. Throws `DamagedFile`. */
export async function readHeader(readAt: ReadAt): Promise<ReadHeader | 'newer' | null> {
  const start = await readAt(0, MAGIC.length + 4)
  if (!start.subarray(0, MAGIC.length).equals(MAGIC)) return null
  if (start.length < MAGIC.length + 4) throw new DamagedFile('cut off in the header')
  const length = start.readUInt32BE(MAGIC.length)
  if (length > MOST_BYTES) throw new DamagedFile('header too long')
  const end = start.length + length + HASH_BYTES
  const whole = await readAt(0, end)
  if (whole.length < end) throw new DamagedFile('cut off in the header')
  const head = whole.subarray(0, end - HASH_BYTES)
  const hash = createHash('sha256').update(head).digest()
  if (!hash.equals(whole.subarray(end - HASH_BYTES))) throw new DamagedFile('the header was changed')
  const raw: unknown = JSON.parse(head.subarray(start.length).toString('utf8'))
  const parsed = headerSchema.safeParse(raw)
  if (parsed.success)
    return { lock: parsed.data.lock, salt: Buffer.from(parsed.data.salt, 'base64'), hash, end }
  if (z.object({ version: z.number().int().gt(FORMAT_VERSION) }).safeParse(raw).success) return 'newer'
  throw new DamagedFile('the header does not parse')
}

/** The key of this one file, from what its lock opened to. */
export function frameKeyOf(secret: Buffer, salt: Buffer, hash: Buffer): FrameKey {
  return { key: Buffer.from(hkdfSync('sha256', secret, salt, hash, 32)), context: hash }
}
