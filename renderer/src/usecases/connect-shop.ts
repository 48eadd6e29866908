import { findManifest } from '#core/connectors/manifests.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { DEFAULT_HANDLING_DAYS } from '#core/order/ship-by.ts'
import type { Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { addActivity, ofConnection } from '#renderer/data/repos/activity.repo.ts'
import { loadDesk, saveDesk } from '#renderer/data/repos/settings.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { Connection } from '#renderer/data/records.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** How often a new shop is pulled, until a person says otherwise. */
export const DEFAULT_PULL_EVERY_MS = 5 * 60_000

export interface ConnectShopInput {
  name: string
  connectorId: string
  settings: Record<string, string>
  secrets: Record<string, string>
  /** Nothing is sent to it until a person allows changes. */
  readOnly?: boolean | undefined
  /** Keep the shop although the test failed, e.g. because the line is down. */
  keepAnyway?: boolean | undefined
}

/**
 * Stores a shop's address and secrets in main, tests them at once, and only then makes the connection. When the test
 * fails nothing is kept, unless asked. Issues: what the test says.
 */
export async function connectShop(
  { db, host, now, newId }: UseCaseContext,
  { name, connectorId, settings, secrets, readOnly = false, keepAnyway = false }: ConnectShopInput,
): Promise<Result<{ connectionId: ConnectionId; accountName: string }>> {
  const connectionId = newId<'connection'>()
  const saved = await host['connections.save']({ connectionId, connectorId, settings, secrets })
  if (!saved.ok) return saved
  const tested = await host['connector.test-connection']({ connectionId })
  if (!tested.ok && !keepAnyway) {
    await host['connections.remove']({ connectionId })
    return err(tested.error)
  }
  const accountName = tested.ok ? tested.value.accountName : ''
  const connection: Connection = {
    ...newConnection(
      connectionId,
      { connectorId, settings, name: name.trim() || accountName || connectorId },
      now(),
    ),
    ...(readOnly ? { readOnly } : {}),
    ...(tested.ok && tested.value.withheld !== undefined ? { withheld: tested.value.withheld } : {}),
  }
  await inUnit(db, { stores: ['connections', 'activity', 'settings'], durability: 'strict' }, async () => {
    await db.connections.add(tested.ok ? connection : withIssue(connection, tested.error))
    await keepTerms(db, connectorId)
    await addActivity(db, newId, [
      { ...ofConnection(connection), at: now(), what: 'shop-connected', values: { connectorId }, by: 'here' },
    ])
  })
  return ok({ connectionId, accountName })
}

/** A marketplace whose terms limit how long buyers' data is kept sets that limit where nobody has chosen one. */
async function keepTerms(db: UseCaseContext['db'], connectorId: string): Promise<void> {
  const retentionDays = findManifest(connectorId)?.retentionDays
  const desk = await loadDesk(db)
  if (retentionDays !== undefined && desk.retentionDays === 0) await saveDesk(db, { ...desk, retentionDays })
}

/** A connection that has never been pulled. */
export function newConnection(
  id: ConnectionId,
  { connectorId, settings, name }: Pick<Connection, 'connectorId' | 'settings' | 'name'>,
  now: number,
): Connection {
  return {
    ...{ id, connectorId, name, settings, createdAt: now },
    ...{ pullEveryMs: DEFAULT_PULL_EVERY_MS, paused: false, needsSignIn: false },
    handlingDays: DEFAULT_HANDLING_DAYS,
    ...{
      checkpoint: null,
      pageToken: null,
      lastPullAt: null,
      lastSuccessAt: null,
      lastIssue: null,
      pulling: null,
    },
  }
}

function withIssue(connection: Connection, lastIssue: Issue): Connection {
  return { ...connection, lastIssue, needsSignIn: lastIssue.code === 'auth' }
}
