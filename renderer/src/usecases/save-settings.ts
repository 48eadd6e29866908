import { changeText, type FieldChange } from '#core/shared/field-change.ts'
import { sameJson } from '#core/shared/same-json.ts'
import { ok, type Result } from '#core/shared/result.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { DeskSettings } from '#renderer/data/setting-records.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { beginJudging } from '#renderer/data/repos/judging.repo.ts'
import { loadDesk, saveDesk } from '#renderer/data/repos/settings.repo.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { judgeOpenOrders } from '#renderer/usecases/judge-open-orders.ts'

/**
 * Changes some of the desk's settings; the others stay. Another sender's country moves customs borders, and other facts of all goods
 * change what is declared, so every open order is judged anew then. Returns all settings.
 */
export async function saveSettings(
  ctx: UseCaseContext,
  { patch }: { patch: Partial<DeskSettings> },
): Promise<Result<DeskSettings>> {
  const { db, newId, now } = ctx
  const stores = ['settings', 'activity'] as const
  const judging = newId<'judging'>()
  const { after, judged } = await inUnit(db, { stores, durability: 'strict' }, async () => {
    const before = await loadDesk(db)
    const after = { ...before, ...patch }
    await saveDesk(db, after)
    const changes = settingChanges(before, after)
    if (changes.length > 0)
      await addActivity(db, newId, [
        { ...OF_DESK, at: now(), what: 'settings-changed', values: {}, by: 'here', changes },
      ])
    const judged = !sameJson(judgedBy(before), judgedBy(after))
    if (judged) await beginJudging(db, { id: judging, sku: null })
    return { after, judged }
  })
  if (judged) await judgeOpenOrders(ctx, judging)
  return ok(after)
}

function judgedBy({ sender, customs }: DeskSettings): unknown[] {
  return [sender.country, customs.defaults ?? {}, customs.parcel ?? {}]
}

const OF_DESK = { entityKey: 'desk', connectionId: '', label: '' } as const

/** How the screen looks is nobody's business. */
const JOURNALLED = [
  'sender',
  'signer',
  'labelTarget',
  'papers',
  'homeCurrency',
  'workspace',
  'deskName',
  'customs',
] as const

function settingChanges(before: DeskSettings, after: DeskSettings): FieldChange[] {
  return JOURNALLED.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key])).map(
    (field) => ({
      field,
      from: changeText(before[field]),
      to: changeText(after[field]),
    }),
  )
}
