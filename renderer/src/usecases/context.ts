import type { Clock, IdSource, Rng } from '#core/shared/ports.ts'
import type { RuleTables } from '#core/order/check-order.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { HostCalls } from '#renderer/platform/host.ts'

/** What a use case may touch. The composition root makes one; tests make their own. */
export interface UseCaseContext {
  db: CaravelDatabase
  host: HostCalls
  now: Clock
  newId: IdSource
  rng: Rng
  rules: RuleTables
}
