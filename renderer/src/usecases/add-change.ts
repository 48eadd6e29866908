import type { Capability } from '#core/connectors/_kit/manifest.ts'
import { findManifest } from '#core/connectors/manifests.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { coalesce } from '#core/sync/coalesce.ts'
import type { OutboxKind, OutboxPayloads, OutboxRow } from '#core/sync/outbox.ts'
import { UNDO_GRACE_MS } from '#core/sync/outbox-machine.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { outboxRowsOf } from '#renderer/data/repos/outbox.repo.ts'
import type { LocalContext } from '#renderer/usecases/context.ts'

type Change = {
  [K in OutboxKind]: Pick<OutboxRow<K>, 'connectionId' | 'entityKey' | 'entityLabel'> & {
    kind: K
    payload: OutboxPayloads[K]
  }
}[OutboxKind]

/** A row that begins its way: it rests a moment, so that it can be undone. */
export function freshRow({ newId, now }: Pick<LocalContext, 'newId' | 'now'>, change: Change): OutboxRow {
  const at = now()
  return {
    ...{ ...change, id: newId<'outbox'>() },
    ...{ state: 'queued', held: false, inFlight: false, attempts: 0, lastIssue: null },
    ...{ createdAt: at, nextAttemptAt: at + UNDO_GRACE_MS, leaseUntil: 0 },
  }
}

/** Puts a change on its way, joined with what waits of the same kind. To be called in a unit over `outbox`. */
export async function addChange(ctx: LocalContext, change: Change): Promise<void> {
  const { db } = ctx
  const waiting = await outboxRowsOf(db, change.entityKey)
  const { remove, put } = coalesce(waiting, freshRow(ctx, change))
  await db.outbox.bulkDelete(remove)
  await db.outbox.bulkPut(put)
}

/** Whether a shop's connector can do this. Needs `connections`. */
export async function offers(
  db: CaravelDatabase,
  id: ConnectionId,
  capability: Capability,
): Promise<boolean> {
  const connection = await db.connections.get(id)
  return findManifest(connection?.connectorId ?? '')?.capabilities.includes(capability) === true
}
