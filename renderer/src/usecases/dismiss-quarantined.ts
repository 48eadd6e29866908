import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Puts what could not be read out of sight, or back. It is kept, and shows again by itself when the shop sends it with another
 * fault. Issues: `not-found.quarantined`.
 */
export function dismissQuarantined(
  { db, newId, now }: UseCaseContext,
  { id, dismissed }: { id: string; dismissed: boolean },
): Promise<Result<null>> {
  return inUnit(db, { stores: ['quarantine', 'activity'], durability: 'strict' }, async () => {
    const item = await db.quarantine.get(id)
    if (item === undefined) return err(issue('not-found', { reason: 'quarantined' }))
    const shown = { ...item }
    delete shown.dismissedAt
    await db.quarantine.put(dismissed ? { ...shown, dismissedAt: now() } : shown)
    const { connectionId, remoteId } = item
    await addActivity(db, newId, [
      {
        ...{ entityKey: `quarantine:${id}`, connectionId, label: remoteId, at: now(), by: 'here' },
        ...{ what: dismissed ? 'unreadable-dismissed' : 'unreadable-restored', values: { remoteId } },
      },
    ])
    return ok(null)
  })
}
