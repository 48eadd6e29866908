import type { ConnectionId } from '#core/shared/ids.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { LocalContext } from '#renderer/usecases/context.ts'

/**
 * Keeps when the access of shops ends that a person has to renew, so that it is known without a line and after a restart. Written only
 * when it is news; a shop that is not named keeps what is known of it.
 */
export async function noteAccess(
  { db }: Pick<LocalContext, 'db'>,
  ends: readonly { connectionId: ConnectionId; expiresAt: number }[],
): Promise<void> {
  const known = await db.connections.bulkGet(ends.map(({ connectionId }) => connectionId))
  const news = ends.filter(
    ({ expiresAt }, i) => known[i] !== undefined && known[i].tokenExpiresAt !== expiresAt,
  )
  if (news.length === 0) return
  await inUnit(db, { stores: ['connections'], durability: 'relaxed' }, async () => {
    for (const { connectionId, expiresAt } of news)
      await db.connections.update(connectionId, { tokenExpiresAt: expiresAt })
  })
}
