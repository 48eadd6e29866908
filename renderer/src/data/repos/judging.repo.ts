import { z } from '#core/contracts/zod.ts'
import { text } from '#core/contracts/values.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { Judging } from '#renderer/data/setting-records.ts'

/** What cannot be read may have named any order. */
const UNREADABLE: Judging = { id: 'unreadable', sku: null }

const judgingSchema = z.array(z.object({ id: text(60), sku: text(200).nullable() })).catch([UNREADABLE])

/** Judging that was begun and has not come to its end, the oldest first. */
export async function loadJudging(db: CaravelDatabase): Promise<Judging[]> {
  const row = await db.settings.get('judging')
  return row === undefined ? [] : judgingSchema.parse(row.value)
}

/**
 * To be called in the unit that changes what orders are judged by, with `settings`: from then on they are judged even when the app is killed
 * before the last of them. It takes the place of what was begun before and concerns no others.
 */
export async function beginJudging(db: CaravelDatabase, judging: Judging): Promise<void> {
  const others = (await loadJudging(db)).filter(({ sku }) => judging.sku !== null && sku !== judging.sku)
  await db.settings.put({ key: 'judging', value: [...others, judging] })
}

/** To be called in the unit that judges the last of the orders, with `settings`. */
export async function endJudging(db: CaravelDatabase, id: string): Promise<void> {
  const left = (await loadJudging(db)).filter((each) => each.id !== id)
  if (left.length === 0) await db.settings.delete('judging')
  else await db.settings.put({ key: 'judging', value: left })
}
