import { z } from '#core/contracts/zod.ts'
import { connectionIdSchema, text } from '#core/contracts/values.ts'
import { demoSeedSchema, demoStirSchema } from '#core/contracts/demo.ts'
import { connectorChannels } from '#core/contracts/connector-channels.ts'
import { paperChannels } from '#core/contracts/documents.ts'
import { diskSchema, journalChannels, storageChannels } from '#core/contracts/journal.ts'
import { tariffChannels } from '#core/contracts/tariff-download.ts'
import { taxIdChannels } from '#core/contracts/tax-ids.ts'
import { labelFileChannels } from '#core/contracts/label-file.ts'
import { transferChannels } from '#core/contracts/transfer.ts'
import { PRINT_FORMATS } from '#core/documents/print-head.ts'

/**
 * The one table of what the renderer may ask of main. `window.host`, the worker's port, `handle()` and the
 * test of the exact surface all derive from it. No channel takes a file path or returns a secret.
 */

const nothing = z.strictObject({})
/** What a channel answers that only succeeds or fails. */
export type Nothing = z.infer<typeof nothing>
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const forConnection = { connectionId: connectionIdSchema }

/** What the printer takes; PDF when left out. */
const format = z.enum(PRINT_FORMATS).optional()

/** Where a document goes. `file` is the folder that main owns; `raw` is a printer that listens on TCP. */
export const printTargetSchema = z.discriminatedUnion('driver', [
  z.strictObject({ driver: z.literal('file') }),
  z.strictObject({ driver: z.literal('system'), printer: text(200).min(1), format }),
  z.strictObject({
    driver: z.literal('raw'),
    host: text(253).min(1),
    port: z.number().int().min(1).max(65535),
    format,
  }),
])
export type PrintTarget = z.infer<typeof printTargetSchema>

const menuItemSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('command'),
    command: text(80),
    label: text(120),
    accelerator: text(40).nullable(),
  }),
  z.strictObject({ kind: z.literal('separator') }),
  z.strictObject({
    kind: z.literal('role'),
    role: z.enum([
      'undo',
      'redo',
      'cut',
      'copy',
      'paste',
      'selectAll',
      'quit',
      'minimize',
      'togglefullscreen',
      'zoomIn',
      'zoomOut',
      'resetZoom',
    ]),
    label: text(120),
  }),
])

export const ipc = {
  'app.info': {
    input: nothing,
    output: z.object({
      version: text(40),
      electron: text(40),
      platform: text(40),
      packaged: z.boolean(),
      /** The window was started on the demo workspace. */
      demo: z.boolean(),
      /** When main was started, epoch ms. */
      startedAt: z.number().int(),
      /** BCP 47 tag of the system. */
      locale: text(40),
    }),
  },
  'app.open-external': { input: z.strictObject({ url: text(2000) }), output: nothing },
  'app.copy-text': { input: z.strictObject({ text: text(200_000) }), output: nothing },
  'app.set-menu': {
    input: z.strictObject({
      menus: z.array(z.strictObject({ label: text(60), items: z.array(menuItemSchema).max(60) })).max(12),
    }),
    output: nothing,
  },
  /** Whether closing the window hides it, with an icon that brings it back; the icon's words come from the page. */
  'app.set-tray': {
    input: z.strictObject({
      keep: z.boolean(),
      labels: z.strictObject({ title: text(60), show: text(60), sync: text(60), quit: text(60) }),
    }),
    /** False where the desktop has no place for such an icon: then closing the window quits, whatever was wished. */
    output: z.object({ available: z.boolean() }),
  },

  'vault.status': {
    input: nothing,
    output: z.object({
      backend: z.enum(['system', 'passphrase']),
      /** `new`: a passphrase has to be chosen; `locked`: it has to be typed. */
      state: z.enum(['new', 'locked', 'ready']),
    }),
  },
  'vault.create': { input: z.strictObject({ passphrase: text(1000) }), output: nothing },
  'vault.unlock': { input: z.strictObject({ passphrase: text(1000) }), output: nothing },

  /** Settings and secrets are bound together in main: a page cannot point a stored secret at another host. */
  'connections.save': {
    input: z.strictObject({
      ...forConnection,
      connectorId: text(40),
      settings: z.record(text(60), text(2000)),
      secrets: z.record(text(60), text(2000)),
    }),
    output: nothing,
  },
  'connections.remove': { input: z.strictObject(forConnection), output: nothing },
  'connections.list': {
    input: nothing,
    output: z.object({
      connections: z.array(
        z.object({
          connectionId: connectionIdSchema,
          connectorId: text(40),
          settings: z.record(text(60), text(2000)),
          hasSecrets: z.boolean(),
        }),
      ),
    }),
  },

  ...connectorChannels,
  ...taxIdChannels,
  ...tariffChannels,

  ...paperChannels,
  ...labelFileChannels,
  /** Asks where to, then writes a file of this kind; `saved` is false when the person cancelled. */
  'documents.save': {
    input: z.strictObject({
      kind: z.enum(['pdf', 'zpl', 'csv', 'json', 'png']),
      suggestedName: text(200),
      bytes,
    }),
    output: z.object({ saved: z.boolean() }),
  },

  'printing.list-printers': {
    input: nothing,
    output: z.object({
      printers: z.array(z.object({ name: text(200), description: text(400), isDefault: z.boolean() })),
      /** Name of the folder the `file` driver writes to, for people. */
      folderName: text(400),
    }),
  },
  'printing.print': {
    input: z.strictObject({
      target: printTargetSchema,
      /** Shown in the printer's queue; also the file's name. */
      title: text(200),
      widthMm: z.number().positive().max(1000),
      heightMm: z.number().positive().max(2000),
      copies: z.number().int().min(1).max(20),
      bytes,
    }),
    /** Spooled is not printed: the packer confirms. */
    output: z.object({ spooledAs: text(400) }),
  },
  'printing.open-folder': { input: nothing, output: nothing },

  ...journalChannels,
  ...storageChannels,
  ...transferChannels,

  /** What the demo workspace starts with: its shops, the sender, number ranges, products with customs facts. */
  'demo.describe': { input: nothing, output: demoSeedSchema },
  /** Starts the built-in shops (again) and binds their addresses to these connections, in memory only. */
  'demo.start': {
    input: z.strictObject({
      shops: z.array(z.strictObject({ ...forConnection, shop: text(40) })).max(10),
    }),
    output: nothing,
  },
  /** Cuts or heals the demo shops' line, to see the app work without it. */
  'demo.set-line': { input: z.strictObject({ online: z.boolean() }), output: nothing },
  /** Somebody at a demo shop changes something, to see a conflict. */
  'demo.stir': { input: demoStirSchema, output: nothing },
} as const

export type Channel = keyof typeof ipc
export type ChannelInput<C extends Channel> = z.input<(typeof ipc)[C]['input']>
export type ChannelOutput<C extends Channel> = z.output<(typeof ipc)[C]['output']>

export const CHANNELS = Object.keys(ipc) as Channel[]

/** What main may tell the page without being asked. */
export const events = {
  /** A menu entry was chosen. */
  command: z.object({ command: text(80) }),
  /** The machine woke up or the system says the network changed; a hint to try, never a truth. */
  'network-hint': z.object({ online: z.boolean() }),
  /** Space ran out, or is back. */
  disk: diskSchema,
} as const

export type EventName = keyof typeof events
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>
export const EVENT_NAMES = Object.keys(events) as EventName[]

/** The channels the data worker may use over its port: only what talks to remotes, the journal, and bulk transfers. */
export const WORKER_CHANNELS = [
  'connector.test-connection',
  'connector.pull-orders',
  'connector.read-orders',
  'connector.confirm-shipment',
  'connector.cancel-order',
  'connector.note-order',
  'connector.pull-listings',
  'connector.read-listings',
  'connector.check-listing',
  'connector.pull-listing-rules',
  'connector.push-listing',
  'connector.push-price',
  'connector.push-prices',
  'connector.read-batch',
  'connector.push-stock',
  'connector.buy-label',
  'connector.resolve-purchase',
  'connector.void-label',
  'connector.pull-rates',
  'connector.fetch-picture',
  'documents.render',
  'printing.print',
  'journal.append',
  'export.begin',
  'export.write',
  'export.finish',
  'export.cancel',
  'import.verify',
  'import.read',
  'import.close',
  'backups.list',
  'tariff.begin',
  'tariff.read',
  'tariff.close',
] as const satisfies readonly Channel[]
export type WorkerChannel = (typeof WORKER_CHANNELS)[number]
