import { z } from '#core/contracts/zod.ts'
import { text } from '#core/contracts/values.ts'

/** Values of export, import and backup of a workspace. */

export const WORKSPACE_KINDS = ['own', 'demo'] as const
const workspaceSchema = z.enum(WORKSPACE_KINDS)
export type WorkspaceKind = z.infer<typeof workspaceSchema>

/** Why a backup was made. */
export const BACKUP_OCCASIONS = ['daily', 'manual', 'upgrade'] as const
export type BackupOccasion = (typeof BACKUP_OCCASIONS)[number]

export const tableNameSchema = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,59}$/)
/** Records per table. */
export const tableCountsSchema = z.record(tableNameSchema, z.number().int().nonnegative())

/** First line inside a workspace file. */
export const transferHeaderSchema = z.object({
  formatVersion: z.literal(1),
  /** Layout of the database that the records are from. */
  schemaVersion: z.number().int().min(1).max(10_000),
  workspace: workspaceSchema,
  /** Epoch ms. */
  createdAt: z.number().int(),
  /** Counted when the export began, for progress; the trailer has what was written. */
  counts: tableCountsSchema,
})
export type TransferHeader = z.infer<typeof transferHeaderSchema>

/** One transfer that runs in main; the page and its worker name it. */
export const transferIdSchema = z.string().regex(/^[0-9a-f]{32}$/)

/** Bytes of one call: pages are about 1 MiB, one record may be larger. */
export const MOST_BYTES_AT_ONCE = 4 * 2 ** 20
export const pageBytesSchema = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.byteLength <= MOST_BYTES_AT_ONCE,
)

export const exportBeginSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('file'),
    passphrase: text(1000),
    suggestedName: text(200),
    schemaVersion: z.number().int().min(1),
    workspace: workspaceSchema,
    counts: tableCountsSchema,
  }),
  z.strictObject({
    kind: z.literal('backup'),
    occasion: z.enum(BACKUP_OCCASIONS),
    schemaVersion: z.number().int().min(1),
    workspace: workspaceSchema,
    counts: tableCountsSchema,
  }),
  /** A table as text that anybody can open; it is as long as it gets. */
  z.strictObject({ kind: z.literal('csv'), suggestedName: text(200) }),
])

export const backupSchema = z.object({
  /** The file's name in the folder that main owns. */
  id: text(120),
  workspace: workspaceSchema,
  occasion: z.enum(BACKUP_OCCASIONS),
  /** Epoch ms. */
  createdAt: z.number().int(),
  bytes: z.number().int().nonnegative(),
})
export type Backup = z.infer<typeof backupSchema>

const nothing = z.strictObject({})
const session = { session: transferIdSchema }
/** Null ends whatever runs. */
const anySession = z.strictObject({ session: transferIdSchema.nullable() })

/**
 * Export, import and backup. Main asks for places and owns the folder of backups; the data worker sends records and gets them in pages.
 * An import is read whole once (`verify`) before `read` gives out the first record.
 */
export const transferChannels = {
  /** `session` is null when the person cancelled the dialog. */
  'export.begin': { input: exportBeginSchema, output: z.object({ session: transferIdSchema.nullable() }) },
  /** Records of one table, one JSON text a line; all of a table before the next. Of a CSV: the next bytes of it. */
  'export.write': {
    input: z.strictObject({ ...session, table: tableNameSchema, bytes: pageBytesSchema }),
    output: nothing,
  },
  /** Fails when main counted otherwise (records, of a CSV bytes); only now does the file have its name. */
  'export.finish': {
    input: z.strictObject({ ...session, counts: tableCountsSchema }),
    output: z.object({ bytes: z.number().int().nonnegative() }),
  },
  'export.cancel': { input: anySession, output: nothing },
  /** A file by dialog, or a backup by its id; `file` is null when the person cancelled. */
  'import.choose': {
    input: z.strictObject({ backup: text(120).nullable() }),
    output: z.object({
      file: z
        .object({
          ...session,
          /** Tells the same file again, from wherever it is chosen. */
          identity: z.string().regex(/^[0-9a-f]{64}-\d+$/),
          name: text(200),
          bytes: z.number().int().nonnegative(),
          needsPassphrase: z.boolean(),
        })
        .nullable(),
    }),
  },
  'import.unlock': {
    input: z.strictObject({ ...session, passphrase: text(1000) }),
    output: z.object({ header: transferHeaderSchema }),
  },
  /** One step of checking everything; `counts` is null until all of it agreed. */
  'import.verify': {
    input: z.strictObject(session),
    output: z.object({
      readBytes: z.number().int(),
      totalBytes: z.number().int(),
      counts: tableCountsSchema.nullable(),
    }),
  },
  /** The next page of a verified file; null with the counts at its end. */
  'import.read': {
    input: z.strictObject(session),
    output: z.object({
      page: z
        .object({
          table: tableNameSchema,
          bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
        })
        .nullable(),
      counts: tableCountsSchema.nullable(),
    }),
  },
  'import.close': { input: anySession, output: nothing },
  'backups.list': { input: nothing, output: z.object({ backups: z.array(backupSchema).max(1000) }) },
} as const
