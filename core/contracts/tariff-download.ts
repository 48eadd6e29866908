import { text } from '#core/contracts/values.ts'
import { z } from '#core/contracts/zod.ts'

const session = z.string().regex(/^[0-9a-f-]{36}$/)
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
/** What a server said of the file that is here, to be asked again by; '' where it said nothing. */
const validators = { etag: text(300), lastModified: text(100) }

/** A tariff from an address of the list that comes with the app: never from another one. One at a time; a new one ends the one before. */
export const tariffChannels = {
  /** `session` is null when the server says that the file is still the one that is here. `totalBytes` is null when it does not say. */
  'tariff.begin': {
    input: z.strictObject({ address: text(40).min(1), ...validators }),
    output: z.object({
      session: session.nullable(),
      totalBytes: z.number().int().nonnegative().nullable(),
      ...validators,
    }),
  },
  /** The next piece; null at the end. */
  'tariff.read': { input: z.strictObject({ session }), output: z.object({ bytes: bytes.nullable() }) },
  'tariff.close': { input: z.strictObject({ session }), output: z.strictObject({}) },
} as const
