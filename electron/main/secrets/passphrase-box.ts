import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto'
import { z } from '#core/contracts/zod.ts'

/**
 * Bytes under a passphrase: scrypt (RFC 7914) makes the key, AES-256-GCM seals. N = 2^17, r = 8, p = 1 is OWASP's advice
 * (Password Storage Cheat Sheet, 2024): 128 MB and about half a second per guess.
 */
export const DEFAULT_COST = 2 ** 17
const R = 8
const P = 1
const KEY_BYTES = 32

const base64 = (bytes: number) => z.string().refine((text) => Buffer.from(text, 'base64').length === bytes)

/** Limits as well as shape: a changed file must not make us spend all memory. */
export const lockSchema = z.strictObject({
  kdf: z.literal('scrypt'),
  cost: z.union([
    z.literal(2 ** 14),
    z.literal(2 ** 15),
    z.literal(2 ** 16),
    z.literal(2 ** 17),
    z.literal(2 ** 18),
  ]),
  salt: base64(16),
  /** Hash of the other half of what scrypt made: tells a wrong passphrase from a damaged file. */
  check: base64(32),
})
export type Lock = z.infer<typeof lockSchema>

export const sealedSchema = z.strictObject({ nonce: base64(12), tag: base64(16), data: z.string().min(1) })
export type Sealed = z.infer<typeof sealedSchema>

/** A passphrase's key, and the lock it belongs to. Lives in memory only. */
export interface PassphraseKey {
  readonly key: Buffer
  readonly lock: Lock
}

export async function makeKey(passphrase: string, cost = DEFAULT_COST): Promise<PassphraseKey> {
  const salt = randomBytes(16)
  const { key, check } = await derive(passphrase, salt, cost)
  const lock = lockSchema.parse({
    kdf: 'scrypt',
    cost,
    salt: salt.toString('base64'),
    check: check.toString('base64'),
  })
  return { key, lock }
}

/** The key that opens a lock, or null when the passphrase is wrong. */
export async function openLock(passphrase: string, lock: Lock): Promise<PassphraseKey | null> {
  const { key, check } = await derive(passphrase, Buffer.from(lock.salt, 'base64'), lock.cost)
  return timingSafeEqual(check, Buffer.from(lock.check, 'base64')) ? { key, lock } : null
}

/** `context` is not secret but must not change: the file's own header. */
export function seal(key: Buffer, plain: Buffer, context: string): Sealed {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context))
  const data = Buffer.concat([cipher.update(plain), cipher.final()])
  return {
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  }
}

/** The bytes, or null when anything about them was changed. */
export function unseal(key: Buffer, sealed: Sealed, context: string): Buffer | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.nonce, 'base64'), {
      authTagLength: 16,
    })
    decipher.setAAD(Buffer.from(context))
    decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'))
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()])
  } catch {
    return null
  }
}

function derive(passphrase: string, salt: Buffer, cost: number): Promise<{ key: Buffer; check: Buffer }> {
  // Two keyboards may write the same letter in two ways.
  const text = Buffer.from(passphrase.normalize('NFKC'))
  const options = { N: cost, r: R, p: P, maxmem: 128 * cost * R + 32 * 1024 * 1024 }
  return new Promise((resolve, reject) => {
    scrypt(text, salt, KEY_BYTES * 2, options, (error, made) => {
      if (error !== null) return reject(error)
      const check = createHash('sha256').update(made.subarray(KEY_BYTES)).digest()
      resolve({ key: made.subarray(0, KEY_BYTES), check })
    })
  })
}
