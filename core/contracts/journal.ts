import { text } from '#core/contracts/values.ts'
import { z } from '#core/contracts/zod.ts'

/** What main's journal of unsent work holds. It keeps values as they are; whoever replays one parses it. */

/** The databases that have a journal: a person's own work, and the demo. */
export const JOURNALLED_DATABASES = ['caravel', 'caravel-demo'] as const
export const journalDatabaseSchema = z.enum(JOURNALLED_DATABASES)
export type JournalDatabase = z.infer<typeof journalDatabaseSchema>

/** Kinds of records that are kept twice, in the order in which they are restored. */
export const JOURNAL_STORES = [
  'settings',
  'connections',
  'pools',
  'products',
  'orders',
  'shipments',
  'listings',
  'outbox',
  'reserves',
] as const
export type JournalStore = (typeof JOURNAL_STORES)[number]

/**
 * One change. `seq` is counted up in the transaction that made the change, so entries may arrive in any order and
 * twice: of two about one record the one with the higher `seq` counts.
 */
export const journalEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('put'),
    store: z.enum(JOURNAL_STORES),
    id: text(100).min(1),
    seq: z.number().int().nonnegative(),
    value: z.unknown(),
  }),
  /** Sent, dropped, or no longer worth keeping twice. */
  z.strictObject({
    kind: z.literal('remove'),
    store: z.enum(JOURNAL_STORES),
    id: text(100).min(1),
    seq: z.number().int().nonnegative(),
  }),
])
export type JournalEntry = z.infer<typeof journalEntrySchema>

/** Entries per call, both ways. */
export const JOURNAL_PAGE = 200

export const journalChannels = {
  /** Answers when the entries are on the disk (fsync). */
  'journal.append': {
    input: z.strictObject({
      database: journalDatabaseSchema,
      entries: z.array(journalEntrySchema).min(1).max(JOURNAL_PAGE),
    }),
    output: z.strictObject({}),
  },
  /**
   * What counts now, page by page, all of one moment; `after` is the `next` of the page before. Products of changes up to
   * `productsAfter` are left out, for a store that has them; null leaves none out.
   */
  'journal.read': {
    input: z.strictObject({
      database: journalDatabaseSchema,
      after: z.number().int().nonnegative(),
      productsAfter: z.number().int().nonnegative().nullable(),
    }),
    output: z.object({
      /** Highest `seq` ever appended; 0 when nothing was. */
      seq: z.number().int().nonnegative(),
      entries: z.array(journalEntrySchema).max(JOURNAL_PAGE),
      next: z.number().int().nonnegative().nullable(),
      /** Records that could not be read: a write that was cut off, or a damaged disk. */
      damaged: z.number().int().nonnegative(),
    }),
  },
} as const

/** `low`: read-only, what is unsent still leaves; `full`: the reserve file has been given up as well. */
export const DISK_STATES = ['ok', 'low', 'full'] as const
export const diskSchema = z.object({
  state: z.enum(DISK_STATES),
  freeBytes: z.number().nonnegative(),
  /** Free space at which the app leaves the read-only state. */
  neededBytes: z.number().nonnegative(),
})
export type Disk = z.infer<typeof diskSchema>

export const storageChannels = {
  /** Looks at the disk now. */
  'storage.status': {
    input: z.strictObject({}),
    output: z.object({
      disk: diskSchema,
      /** The last run did not end by itself, or its store failed: mend the store before it is used. */
      repairDue: z.boolean(),
      /** A later version, or a later Electron, has used this profile: its store must not be opened. */
      profileNewer: z.boolean(),
    }),
  },
  /** The store failed in a way that a full disk causes: the next start mends it. */
  'storage.report-trouble': { input: z.strictObject({ name: text(100) }), output: z.strictObject({}) },
  'storage.repaired': { input: z.strictObject({}), output: z.strictObject({}) },
} as const
