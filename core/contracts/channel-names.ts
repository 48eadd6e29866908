import type { Channel, EventName } from '#core/contracts/ipc.ts'

/**
 * The names of the IPC table without its schemas: the preload needs only these, and zod would make it ten times as big.
 * A missing or foreign name does not compile; a test compares the lists with the table.
 */
const channels: Record<Channel, true> = {
  'app.info': true,
  'app.open-external': true,
  'app.copy-text': true,
  'app.set-menu': true,
  'app.set-tray': true,
  'vault.status': true,
  'vault.create': true,
  'vault.unlock': true,
  'connections.save': true,
  'connections.remove': true,
  'connections.list': true,
  'connector.test-connection': true,
  'connector.pull-orders': true,
  'connector.read-orders': true,
  'connector.confirm-shipment': true,
  'connector.cancel-order': true,
  'connector.note-order': true,
  'connector.pull-listings': true,
  'connector.read-listings': true,
  'connector.check-listing': true,
  'connector.pull-listing-rules': true,
  'connector.push-listing': true,
  'connector.push-price': true,
  'connector.push-prices': true,
  'connector.read-batch': true,
  'connector.push-stock': true,
  'connector.buy-label': true,
  'connector.resolve-purchase': true,
  'connector.void-label': true,
  'connector.pull-rates': true,
  'connector.fetch-picture': true,
  'connector.standing': true,
  'tax-ids.save': true,
  'tax-ids.remove': true,
  'tax-ids.list': true,
  'tariff.begin': true,
  'tariff.read': true,
  'tariff.close': true,
  'documents.render': true,
  'documents.layout': true,
  'documents.open-label': true,
  'documents.save': true,
  'printing.list-printers': true,
  'printing.print': true,
  'printing.open-folder': true,
  'journal.append': true,
  'journal.read': true,
  'storage.status': true,
  'storage.report-trouble': true,
  'storage.repaired': true,
  'export.begin': true,
  'export.write': true,
  'export.finish': true,
  'export.cancel': true,
  'import.choose': true,
  'import.unlock': true,
  'import.verify': true,
  'import.read': true,
  'import.close': true,
  'backups.list': true,
  'demo.describe': true,
  'demo.start': true,
  'demo.set-line': true,
  'demo.stir': true,
}
const events: Record<EventName, true> = { command: true, 'network-hint': true, disk: true }

export const CHANNEL_NAMES = Object.keys(channels) as Channel[]
export const EVENT_NAME_LIST = Object.keys(events) as EventName[]

/** Messages between preload and main that are not channels of the table. */
export const EVENT_MESSAGE = 'caravel-event'
export const OPEN_WORKER_PORT = 'caravel-open-worker-port'
export const WORKER_PORT = 'caravel-worker-port'
