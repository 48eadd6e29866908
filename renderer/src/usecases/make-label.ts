import type { PrintTarget } from '#core/contracts/ipc.ts'
import { requestPapers } from '#core/documents/of-order/order-papers.ts'
import { binsOf } from '#core/documents/of-order/paper-facts.ts'
import { headOf, type Dpi } from '#core/documents/print-head.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import { loadOrder } from '#renderer/data/repos/orders.repo.ts'
import { loadDesk } from '#renderer/data/repos/settings.repo.ts'
import { productsWithParts } from '#renderer/data/repos/products.repo.ts'
import type { StoredDocument } from '#renderer/data/records.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { planLabel, type LabelPlan, type MakeLabelInput } from '#renderer/usecases/plan-label.ts'
import { sha256Hex } from '#renderer/usecases/print-document.ts'
import { reserveNumber } from '#renderer/usecases/reserve-number.ts'
import { storeLabel } from '#renderer/usecases/store-label.ts'

/**
 * Makes the label of an order: checks everything, spends a number together with the shipment in one transaction, has
 * main draw the paper, stores its bytes. Cut off anywhere it is simply called again: the number of the attempt before is
 * taken, and a label that is already stored is given back. Issues carry the field to open (plan-label.ts), or are
 * `conflict.blocked`, `conflict.stage`, `not-found.pool`, `not-found.pool-empty`, `malformed.label-bytes`, or what main says.
 */
export async function makeLabel(
  ctx: UseCaseContext<'documents.render'>,
  input: MakeLabelInput,
): Promise<Result<{ shipment: Shipment; document: StoredDocument }, Issue[]>> {
  const checked = await previewLabel(ctx, input)
  if (!checked.ok) return checked
  const { order, plan } = checked.value
  if (plan.errors.length > 0) return err(plan.errors)
  const reserved = await reserveNumber(ctx, input, plan)
  if (!reserved.ok) return err([reserved.error])
  const { shipment, document } = reserved.value
  if (document !== null) return ok({ shipment, document })
  const desk = await loadDesk(ctx.db)
  const { declaration, grossGrams } = shipment
  const products = await productsWithParts(
    ctx.db,
    order.lines.map(({ sku }) => sku),
  )
  const facts = {
    ...{ order, shipment, declaration, grossGrams, from: desk.sender, to: order.shipTo ?? desk.sender },
    ...{ bins: binsOf(products.values()), shopName: '', day: '' },
  }
  const { media, language } = desk.papers
  const request = requestPapers('label', [facts], {
    ...{ media, language, copies: 1, dpi: headOfTarget(desk.labelTarget) },
  })
  const drawn = await ctx.host['documents.render']({ request })
  if (!drawn.ok) return err([drawn.error])
  const { bytes, sha256 } = drawn.value
  if ((await sha256Hex(bytes)) !== sha256) return err([issue('malformed', { reason: 'label-bytes' })])
  const stored = await storeLabel(ctx, {
    ...{ orderId: order.id, shipmentId: shipment.id, bytes, sha256, medium: media.label },
  })
  return stored.ok ? stored : err([stored.error])
}

/** What making the label would stumble over, and what would be declared; changes nothing. */
export async function previewLabel(
  { db, now, rules }: UseCaseContext<never>,
  { orderId, grossGrams, sizeMm }: Omit<MakeLabelInput, 'poolId'>,
): Promise<Result<{ order: Order; plan: LabelPlan }, Issue[]>> {
  const loaded = await loadOrder(db, orderId)
  if (!loaded.ok) return err([loaded.error])
  const order = loaded.value
  const products = await productsWithParts(
    db,
    order.lines.map((line) => line.sku),
  )
  const desk = await loadDesk(db)
  return ok({
    order,
    plan: planLabel({ order, products, desk, rules, parcel: { grossGrams, sizeMm }, now: now() }),
  })
}

/** The head of the printer that labels go to; a folder has none. */
function headOfTarget(target: PrintTarget): Dpi {
  return headOf(target.driver === 'file' ? undefined : target.format)
}
