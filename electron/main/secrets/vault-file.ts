import type * as nodeFs from 'node:fs/promises'
import { z } from '#core/contracts/zod.ts'
import { writeFileAtomic, type WriteFs } from '#main/files/atomic-write.ts'
import { lockSchema, sealedSchema } from '#main/secrets/passphrase-box.ts'

export type VaultFs = WriteFs & Pick<typeof nodeFs, 'readFile' | 'link' | 'mkdir'>

const FORMAT = 'caravel-vault'
const VERSION = 1

const vaultFileSchema = z.discriminatedUnion('backend', [
  z.strictObject({
    format: z.literal(FORMAT),
    version: z.literal(VERSION),
    backend: z.literal('system'),
    /** What the system's key store made of it, base64. */
    data: z.string().min(1),
  }),
  z.strictObject({
    format: z.literal(FORMAT),
    version: z.literal(VERSION),
    backend: z.literal('passphrase'),
    lock: lockSchema,
    sealed: sealedSchema,
  }),
])
export type VaultFile = z.infer<typeof vaultFileSchema>
export type NewVaultFile = VaultFile extends infer F
  ? F extends VaultFile
    ? Omit<F, 'format' | 'version'>
    : never
  : never

/** One entry per connection: what is needed to sign in there. */
export const entrySchema = z.strictObject({
  connectorId: z.string(),
  settings: z.record(z.string(), z.string()),
  secrets: z.record(z.string(), z.string()),
})
export type VaultEntry = z.infer<typeof entrySchema>
export type VaultEntries = Readonly<Record<string, VaultEntry>>

const entriesSchema = z.record(z.string(), entrySchema)

export type StoredVault =
  | { kind: 'none' }
  | { kind: 'vault'; content: VaultFile }
  /** Written by a later version of the app: to be left alone. */
  | { kind: 'newer' }
  | { kind: 'corrupt' }

export async function readVaultFile(file: string, fs: VaultFs): Promise<StoredVault> {
  let text: string
  try {
    text = await fs.readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'none' }
    throw error
  }
  try {
    const raw: unknown = JSON.parse(text)
    const parsed = vaultFileSchema.safeParse(raw)
    if (parsed.success) return { kind: 'vault', content: parsed.data }
    const header = z
      .object({ format: z.literal(FORMAT), version: z.number().int().gt(VERSION) })
      .safeParse(raw)
    return { kind: header.success ? 'newer' : 'corrupt' }
  } catch {
    return { kind: 'corrupt' }
  }
}

export async function writeVaultFile(file: string, content: NewVaultFile, fs: VaultFs): Promise<void> {
  const whole = { format: FORMAT, version: VERSION, ...content }
  await writeFileAtomic(file, `${JSON.stringify(whole, null, 2)}\n`, fs)
}

/** What GCM binds to the sealed bytes: the rest of the file. */
export function sealContext(lock: z.infer<typeof lockSchema>): string {
  return JSON.stringify([FORMAT, VERSION, 'passphrase', lock.kdf, lock.cost, lock.salt, lock.check])
}

/** Moves a file out of the way under a name that is free; nothing is deleted, nothing overwritten. */
export async function setAside(file: string, fs: VaultFs): Promise<string> {
  for (let n = 1; n < 1000; n++) {
    const place = `${file}.set-aside-${n}`
    try {
      // link refuses to overwrite, rename would not.
      await fs.link(file, place)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue
      throw error
    }
    await fs.rm(file)
    return place
  }
  throw new Error('too many vault files set aside')
}

export function encodeEntries(entries: VaultEntries): string {
  return JSON.stringify(entries)
}

export function decodeEntries(text: string): VaultEntries | null {
  try {
    const parsed = entriesSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
