import type { Product } from '#core/catalog/product.ts'
import { FindingGroups, type FindingKind } from '#core/order/group-findings.ts'
import { lintOrder } from '#core/order/lint-order.ts'
import { localDay } from '#renderer/data/repos/facts.repo.ts'
import { loadOrders, rowIds } from '#renderer/data/repos/orders.repo.ts'
import { productsWithParts } from '#renderer/data/repos/products.repo.ts'
import { loadDesk } from '#renderer/data/repos/settings.repo.ts'
import { lintFactsOf } from '#renderer/usecases/plan-label.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** What the linter has to say of all orders that are still to be shipped. */
export interface OpenFindings {
  kinds: FindingKind[]
  /** Orders that were looked at, and those of them of which nothing was found that stops them. */
  checked: number
  ready: number
  /** Epoch ms. */
  at: number
}

const BATCH = 250

/** Lints all open orders, a batch at a time; `breathe` lets the thread do other things in between. */
export async function lintOpenOrders(
  { db, now, rules }: Pick<UseCaseContext, 'db' | 'now' | 'rules'>,
  breathe: () => Promise<void>,
): Promise<OpenFindings> {
  const desk = lintFactsOf(await loadDesk(db))
  const ids = [...(await rowIds(db, 'to_ship')), ...(await rowIds(db, 'blocked'))]
  const products = new Map<string, Product>()
  const groups = new FindingGroups()
  const found: OpenFindings = { kinds: [], checked: 0, ready: 0, at: now() }
  const day = localDay(found.at)
  for (let i = 0; i < ids.length; i += BATCH) {
    const orders = await loadOrders(db, ids.slice(i, i + BATCH))
    const skus = orders.flatMap(({ lines }) => lines.map(({ sku }) => sku))
    const unknown = skus.filter((sku) => !products.has(sku))
    for (const [sku, product] of await productsWithParts(db, unknown)) products.set(sku, product)
    for (const order of orders) {
      if (order.stage !== 'to_ship') continue
      const { findings } = lintOrder(order, { ...desk, products, rules, day, grossGrams: null })
      groups.add(order, findings)
      found.checked++
      if (findings.every(({ severity }) => severity !== 'error')) found.ready++
    }
    await breathe()
  }
  return { ...found, kinds: groups.list() }
}
