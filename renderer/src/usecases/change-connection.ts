import { changeText } from '#core/shared/field-change.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { addActivity, ofConnection } from '#renderer/data/repos/activity.repo.ts'
import type { Connection } from '#renderer/data/records.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

export interface ConnectionEdit {
  /** Key of the entry in the shop's journal. */
  what: string
  change: (connection: Connection) => Connection
}

/** A person's edit of one shop, noted in its journal in the same transaction. Issues: `not-found.connection`. */
export function changeConnection(
  { db, newId, now }: UseCaseContext,
  id: ConnectionId,
  { what, change }: ConnectionEdit,
): Promise<Result<null>> {
  return inUnit(db, { stores: ['connections', 'activity'], durability: 'strict' }, async () => {
    const before = await db.connections.get(id)
    if (before === undefined) return err(issue('not-found', { reason: 'connection' }))
    const after = change(before)
    await db.connections.put(after)
    const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof Connection)[]
    const changes = fields
      .map((field) => ({ field, from: changeText(before[field]), to: changeText(after[field]) }))
      .filter(({ from, to }) => from !== to)
    await addActivity(db, newId, [
      { ...ofConnection(after), at: now(), what, values: {}, by: 'here', changes },
    ])
    return ok(null)
  })
}
