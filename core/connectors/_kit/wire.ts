import { z } from '#core/contracts/zod.ts'

/**
 * Primitives for wire schemas. Remotes add fields (unknown keys pass), leave fields out and send null for nothing
 * (both mean the same), so a connector never writes `.optional()` or `.nullable()` by hand.
 */

/** An object of the wire: unknown keys pass through. */
export const wireObject = <T extends z.core.$ZodShape>(shape: T) => z.looseObject(shape)

/** A field that may be absent or null; both become null. */
export const wireOptional = <T extends z.ZodType>(schema: T) =>
  z
    .union([schema, z.null(), z.undefined()])
    .optional()
    .transform((value): z.output<T> | null => (value ?? null) as z.output<T> | null)

/** A text that may be absent or null; both become ''. */
export const wireText = () => wireOptional(z.string()).transform((value) => value ?? '')

/** An id: some remotes send numbers. */
export const wireId = () => z.union([z.string().min(1), z.number().int()]).transform((value) => String(value))

/** An ISO 8601 time with a zone, as epoch ms. */
export const wireTime = () =>
  z.string().transform((value, context) => {
    const ms = Date.parse(value)
    if (!Number.isNaN(ms) && /(?:Z|[+-]\d{2}:?\d{2})$/.test(value)) return ms
    context.addIssue({ code: 'custom', message: 'not a time with a zone' })
    return z.NEVER
  })

/** A list that may be absent or null; both become []. */
export const wireList = <T extends z.ZodType>(schema: T) =>
  wireOptional(z.array(schema)).transform((value): z.output<T>[] => value ?? [])

/** What is wrong, in one line: paths and messages, no values (they may be a buyer's). */
export function describeWireError(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.map(String).join('.') || 'item'}: ${message}`)
    .join('; ')
    .slice(0, 500)
}
