import { isHandlingDays, withShipByRule } from '#core/order/ship-by.ts'
import { calendarFault, timeOfDay, type ShopCalendar } from '#core/order/shop-calendar.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { changeText, type FieldChange } from '#core/shared/field-change.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { without } from '#core/shared/without.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { Connection } from '#renderer/data/records.ts'
import { addActivity, ofConnection } from '#renderer/data/repos/activity.repo.ts'
import { ruleOf } from '#renderer/data/repos/connections.repo.ts'
import { loadOrders, openOrderIds, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Orders held in memory at once; all batches are one transaction. */
const BATCH = 500

export interface ShipByRuleInput {
  connectionId: ConnectionId
  handlingDays: number
  /** Null: days are days of 24 hours. */
  calendar: ShopCalendar | null
}

/**
 * By when a shop's orders have to leave. Its open orders move to their new moment in the same transaction, but for those whose shop
 * has promised one; those that are gone keep theirs. Issues: `invalid-input.handling-days-invalid`, `invalid-input.calendar-invalid`
 * with the field of the calendar, `not-found.connection`. The value is how many orders moved.
 */
export async function setShipByRule(
  { db, newId, now }: UseCaseContext,
  { connectionId, handlingDays, calendar }: ShipByRuleInput,
): Promise<Result<{ changedOrders: number }>> {
  if (!isHandlingDays(handlingDays))
    return err(issue('invalid-input', { reason: 'handling-days-invalid', field: 'handlingDays' }))
  const fault = calendar === null ? null : calendarFault(calendar)
  if (fault !== null) return err(issue('invalid-input', { reason: 'calendar-invalid', field: fault }))
  return inUnit(db, { stores: [...ORDER_STORES, 'connections'], durability: 'strict' }, async () => {
    const before = await db.connections.get(connectionId)
    if (before === undefined) return err(issue('not-found', { reason: 'connection' }))
    const rest = { ...without(before, 'calendar'), handlingDays }
    const connection: Connection = calendar === null ? rest : { ...rest, calendar }
    await db.connections.put(connection)
    const changes = changesOf(before, connection)
    await addActivity(db, newId, [
      { ...ofConnection(connection), at: now(), what: 'handling-set', values: {}, by: 'here', changes },
    ])
    return ok({ changedOrders: await moveOpenOrders(db, connection, now()) })
  })
}

async function moveOpenOrders(db: CaravelDatabase, connection: Connection, now: number): Promise<number> {
  const rule = ruleOf(connection)
  const open = await openOrderIds(db, connection.id)
  let changedOrders = 0
  for (let i = 0; i < open.length; i += BATCH) {
    const orders = await loadOrders(db, open.slice(i, i + BATCH))
    const moved = orders
      .map((order) => withShipByRule(order, rule, now))
      .filter((order, at) => order !== orders[at])
    await saveOrders(db, moved)
    changedOrders += moved.length
  }
  return changedOrders
}

/** As a person reads it: closed days by how many they are. */
function changesOf(before: Connection, after: Connection): FieldChange[] {
  const [from, to] = [before, after].map(({ handlingDays, calendar }) => ({
    handlingDays,
    timeZone: calendar?.timeZone,
    cutOff: calendar === undefined ? undefined : timeOfDay(calendar.cutOff),
    workingDays: calendar?.workingDays.join(' '),
    closedDays: calendar?.closedDays.length,
  }))
  if (from === undefined || to === undefined) return []
  return (Object.keys(to) as (keyof typeof to)[])
    .map((field) => ({ field, from: changeText(from[field]), to: changeText(to[field]) }))
    .filter((change) => change.field === 'handlingDays' || change.from !== change.to)
}
