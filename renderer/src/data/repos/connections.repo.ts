import type { ConnectionId } from '#core/shared/ids.ts'
import { DEFAULT_HANDLING_DAYS, type ShipByRule } from '#core/order/ship-by.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { Connection } from '#renderer/data/records.ts'

/** What this shop's orders have until they leave. */
export async function loadShipByRule(db: CaravelDatabase, id: ConnectionId): Promise<ShipByRule> {
  return ruleOf(await db.connections.get(id))
}

export function ruleOf(connection: Pick<Connection, 'handlingDays' | 'calendar'> | undefined): ShipByRule {
  return { handlingDays: connection?.handlingDays ?? DEFAULT_HANDLING_DAYS, calendar: connection?.calendar }
}
