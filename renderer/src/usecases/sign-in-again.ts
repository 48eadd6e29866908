import type { ConnectionId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { without } from '#core/shared/without.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofConnection } from '#renderer/data/repos/activity.repo.ts'
import { loadOutbox } from '#renderer/data/repos/outbox.repo.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { sendAgain } from '#renderer/usecases/send-again.ts'
import { tryCredentials } from '#renderer/usecases/try-credentials.ts'

export interface SignInAgainInput {
  connectionId: ConnectionId
  settings: Record<string, string>
  secrets: Record<string, string>
}

/**
 * Gives a shop new credentials. When they pass the test, everything that waited for the sign-in goes out again. Issues:
 * `not-found.connection`, or what the test says; then the shop keeps asking.
 */
export async function signInAgain(
  ctx: UseCaseContext,
  { connectionId, settings, secrets }: SignInAgainInput,
): Promise<Result<{ accountName: string }>> {
  const { db, host, newId, now } = ctx
  const connection = await db.connections.get(connectionId)
  if (connection === undefined) return err(issue('not-found', { reason: 'connection' }))
  const tested = await tryCredentials(ctx, connection.connectorId, { settings, secrets })
  if (!tested.ok) return tested
  const { withheld } = tested.value
  const { connectorId } = connection
  const saved = await host['connections.save']({ connectionId, connectorId, settings, secrets })
  if (!saved.ok) return saved
  await inUnit(db, { stores: ['connections', 'outbox', 'activity'], durability: 'strict' }, async () => {
    const current = (await db.connections.get(connectionId)) ?? connection
    await db.connections.put({
      ...without(current, 'disconnectedAt', 'withheld'),
      ...{ settings, needsSignIn: false, lastIssue: null },
      ...(withheld === undefined ? {} : { withheld }),
    })
    const { rows } = await loadOutbox(db)
    const waiting = rows.filter((row) => row.connectionId === connectionId && row.state === 'blocked-auth')
    await db.outbox.bulkPut(waiting.map((row) => sendAgain(row, now())))
    await addActivity(db, newId, [
      { ...ofConnection(connection), at: now(), what: 'signed-in', values: {}, by: 'here' },
    ])
  })
  return ok({ accountName: tested.value.accountName })
}
