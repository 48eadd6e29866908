import type { ConnectionId } from '#core/shared/ids.ts'

/**
 * Connections that nobody makes: the source of exchange rates of one's own work, and the one of the demo, whose figures are made up.
 * They are no records, need no secret, and cannot be changed.
 */
export const RATES_CONNECTION = {
  own: 'rates' as ConnectionId,
  demo: 'demo-rates' as ConnectionId,
} as const
