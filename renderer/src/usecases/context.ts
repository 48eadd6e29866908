import type { Clock, IdSource, Rng } from '#core/shared/ports.ts'
import type { RuleTables } from '#core/order/check-order.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { HostCalls } from '#renderer/platform/host.ts'

/** The part that changes records here and puts changes on their way. */
export type LocalContext = Pick<UseCaseContext, 'db' | 'newId' | 'now'>

/**
 * What a use case may touch. The composition root makes one; tests make their own. One that names the channels it needs can run in the
 * data worker as well; `never` needs none.
 */
export interface UseCaseContext<C extends keyof HostCalls = keyof HostCalls> {
  db: CaravelDatabase
  host: Pick<HostCalls, C>
  now: Clock
  newId: IdSource
  rng: Rng
  rules: RuleTables
}
