import { whyNoPaper, type OrderPaper } from '#core/documents/of-order/order-papers.ts'
import { binsOf, trackingOf, type PaperFacts } from '#core/documents/of-order/paper-facts.ts'
import type { Order } from '#core/order/order.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import type { LeftOrder } from '#renderer/data/bulk-records.ts'
import { localDay } from '#renderer/data/repos/facts.repo.ts'
import { loadEach } from '#renderer/data/repos/orders.repo.ts'
import { productsWithParts } from '#renderer/data/repos/products.repo.ts'
import { loadDesk } from '#renderer/data/repos/settings.repo.ts'
import { currentShipment } from '#renderer/data/repos/shipments.repo.ts'
import type { SelectionPaper } from '#renderer/data/transfer/selection-papers.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { grossGramsOf } from '#renderer/usecases/gross-grams.ts'
import { planLabel } from '#renderer/usecases/plan-label.ts'

export interface GatheredOrder {
  order: Order
  facts: PaperFacts
}

/** Nothing is known of the packaging of a parcel that nobody has weighed. */
const NO_PACKAGING = { kind: 'net-plus', grams: 0 } as const

/** What the papers of these orders are made from, in their order, and which orders can have no such paper; a few hundred at a time. */
export async function gatherPapers(
  { db, now, rules }: UseCaseContext<never>,
  paper: SelectionPaper,
  ids: readonly OrderId[],
): Promise<{ ready: GatheredOrder[]; left: LeftOrder[] }> {
  const desk = await loadDesk(db)
  const found = await loadEach(db, ids)
  const orders = found.flatMap((each) => (each.ok ? [each.value] : []))
  const skus = orders.flatMap(({ lines }) => lines.map(({ sku }) => sku))
  const products = await productsWithParts(db, skus)
  const shops = new Map((await db.connections.toArray()).map(({ id, name }) => [id, name]))
  const gathered: { ready: GatheredOrder[]; left: LeftOrder[] } = { ready: [], left: [] }
  for (const [at, id] of ids.entries()) {
    const loaded = found[at]
    if (loaded === undefined) continue
    const refuse = (why: Issue, number = '') => gathered.left.push({ id, number, issue: why })
    if (!loaded.ok) {
      refuse(loaded.error)
      continue
    }
    const order = loaded.value
    const { shipTo: to } = order
    if (to === null) {
      refuse(issue('invalid-input', { reason: 'address-missing', field: 'shipTo' }), order.number)
      continue
    }
    const shipment = await currentShipment(db, id)
    const grossGrams = shipment?.grossGrams ?? grossGramsOf(NO_PACKAGING, order, products)
    const planned = { order, products, desk, rules, parcel: { grossGrams }, now: now() }
    const declaration = shipment === null ? planLabel(planned).declaration : shipment.declaration
    const shopName = shops.get(order.connectionId) ?? ''
    const facts = {
      ...{ order, shipment, declaration, grossGrams, to, from: desk.sender, shopName },
      bins: binsOf(products.values()),
      day: localDay(now()),
    }
    const why = whyNot(paper, facts)
    if (why === null) gathered.ready.push({ order, facts })
    else refuse(why, order.number)
  }
  return gathered
}

function whyNot(paper: SelectionPaper, facts: PaperFacts): Issue | null {
  if (paper === 'pick-list') return null
  if (paper !== 'hand-over') return whyNoPaper(paper satisfies OrderPaper, facts)
  return trackingOf(facts) === '' ? issue('not-found', { reason: 'shipment' }) : null
}
