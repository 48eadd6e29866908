import type { ConnectionId } from '#core/shared/ids.ts'
import { DEFAULT_HANDLING_DAYS } from '#core/order/ship-by.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'

/** Days from an order of this shop to its parcel leaving. */
export async function loadHandlingDays(db: CaravelDatabase, id: ConnectionId): Promise<number> {
  return (await db.connections.get(id))?.handlingDays ?? DEFAULT_HANDLING_DAYS
}
