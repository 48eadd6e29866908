import type { Address } from '#core/address/address.ts'
import { limitsOf } from '#core/address/latin/carrier-limits.ts'
import { fitAddress } from '#core/address/latin/fit-address.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import type { Result } from '#core/shared/result.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { loadDesk } from '#renderer/data/repos/settings.repo.ts'

/** A buyer's address in the lines and letters that this carrier takes; needs the stores `settings` and `connections`. */
export async function fitForCarrier(
  db: CaravelDatabase,
  connectionId: ConnectionId,
  to: Address,
): Promise<Result<Address, Issue[]>> {
  const { papers } = await loadDesk(db)
  const carrier = (await db.connections.get(connectionId))?.connectorId ?? ''
  return fitAddress(to, limitsOf(carrier), { letters: papers.letters, path: 'shipTo' })
}
