import { issue, type Issue } from '#core/shared/issue.ts'
import type { OrderId, PoolId } from '#core/shared/ids.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { countRemaining } from '#core/shipping/number-pool.ts'
import type { LeftOrder, ParcelWeight } from '#renderer/data/bulk-records.ts'
import { loadEach } from '#renderer/data/repos/orders.repo.ts'
import { productsWithParts } from '#renderer/data/repos/products.repo.ts'
import { loadDesk } from '#renderer/data/repos/settings.repo.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { grossGramsOf } from '#renderer/usecases/gross-grams.ts'
import { planLabel } from '#renderer/usecases/plan-label.ts'

/** What making labels of many orders would come to. */
export interface LabelPreview {
  /** So many would get one. */
  ready: number
  /** So many would be refused; the first of them with the first reason each. */
  refused: number
  first: LeftOrder[]
  /** Numbers that are left in the range; more labels than that are refused. */
  numbers: number
}

const AT_ONCE = 200
const MOST_SHOWN = 200

/** Looks for what would keep labels from being made, before a number is spent; changes nothing. Issues: `not-found.pool`. */
export async function previewLabels(
  { db, now, rules }: UseCaseContext<never>,
  { ids, poolId, weight }: { ids: readonly OrderId[]; poolId: PoolId; weight: ParcelWeight },
): Promise<Result<LabelPreview>> {
  const pool = await db.pools.get(poolId)
  if (pool === undefined) return err(issue('not-found', { reason: 'pool', field: 'poolId' }))
  const desk = await loadDesk(db)
  const preview: LabelPreview = { ready: 0, refused: 0, first: [], numbers: countRemaining(pool) }
  const refuse = (id: OrderId, number: string, why: Issue): void => {
    preview.refused++
    if (preview.first.length < MOST_SHOWN) preview.first.push({ id, number, issue: why })
  }
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const part = ids.slice(i, i + AT_ONCE)
    const found = await loadEach(db, part)
    const orders = found.flatMap((each) => (each.ok ? [each.value] : []))
    const products = await productsWithParts(db, skusOf(orders))
    for (const [at, id] of part.entries()) {
      const loaded = found[at]
      if (loaded === undefined) continue
      if (!loaded.ok) {
        refuse(id, '', loaded.error)
        continue
      }
      const order = loaded.value
      const parcel = { grossGrams: grossGramsOf(weight, order, products) }
      const why = standsIn(order) ?? planLabel({ order, products, desk, rules, parcel, now: now() }).errors[0]
      if (why === undefined) preview.ready++
      else refuse(id, order.number, why)
    }
  }
  return ok(preview)
}

function standsIn({ stage, blocked, blockedField }: Order): Issue | undefined {
  if (stage !== 'to_ship') return issue('conflict', { reason: 'stage', field: 'stage' })
  return blocked === null ? undefined : issue('conflict', { reason: 'blocked', field: blockedField })
}

function skusOf(orders: readonly Order[]): string[] {
  return orders.flatMap(({ lines }) => lines.map(({ sku }) => sku))
}
