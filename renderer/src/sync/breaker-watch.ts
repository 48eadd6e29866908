import type { ConnectionId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import { afterCall, breakerOutcome, CLOSED_BREAKER, probeNow, type Breaker } from '#core/sync/breaker.ts'
import { outcomeOf } from '#core/sync/connectivity.ts'
import { addActivity, ofConnection } from '#renderer/data/repos/activity.repo.ts'
import type { Connection } from '#renderer/data/records.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'

/** A call to a shop ended: keeps its breaker, and says so in its journal when sending stops or goes on. */
export async function noteCall(
  deps: SyncDeps,
  connection: Pick<Connection, 'id' | 'breaker'>,
  issue: Issue | null,
): Promise<void> {
  const outcome = breakerOutcome(outcomeOf(issue), issue?.code ?? null)
  const step = (breaker: Breaker): Breaker => afterCall(breaker, outcome, deps.now())
  const { id, breaker = CLOSED_BREAKER } = connection
  if (step(breaker) !== breaker) await change(deps, id, step)
}

/** A person asked for these shops: what waits for them is tried at once. */
export async function probeAtOnce(deps: SyncDeps, ids: readonly ConnectionId[]): Promise<void> {
  const asked = ids.length === 0 ? [] : await deps.db.connections.bulkGet([...ids])
  for (const connection of asked)
    if (connection?.breaker !== undefined)
      await change(deps, connection.id, (breaker) => probeNow(breaker, deps.now()))
}

function change(
  { db, newId, now }: SyncDeps,
  id: ConnectionId,
  step: (breaker: Breaker) => Breaker,
): Promise<void> {
  return inUnit(db, { stores: ['connections', 'activity'], durability: 'relaxed' }, async () => {
    const connection = await db.connections.get(id)
    if (connection === undefined) return
    const { breaker = CLOSED_BREAKER, ...rest } = connection
    const after = step(breaker)
    if (after === breaker) return
    const next: Connection = after.failures === 0 ? rest : { ...rest, breaker: after }
    await db.connections.put(next)
    const [wasOpen, isOpen] = [breaker.probeAt !== null, after.probeAt !== null]
    if (wasOpen === isOpen) return
    await addActivity(db, newId, [
      {
        ...{ ...ofConnection(connection), at: now(), by: 'here', values: { failures: after.failures } },
        what: isOpen ? 'sending-paused' : 'sending-resumed',
      },
    ])
  })
}
