import type { CustomsFinding } from '#core/customs/finding.ts'
import {
  isIgnorable,
  isSamePlace,
  placeOfFinding,
  type IgnoredFinding,
} from '#core/customs/ignored-finding.ts'
import type { Order } from '#core/order/order.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { without } from '#core/shared/without.ts'
import { loadDesk } from '#renderer/data/repos/settings.repo.ts'
import { changeOrder } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

const LONGEST_WHY = 300

export interface IgnoreFindingInput {
  orderId: OrderId
  finding: CustomsFinding
  why: string
}

/**
 * Lets a finding pass on one order, with who, when and why. Issues: `invalid-input` finding-not-ignorable for what a paper cannot print,
 * why-missing, why-too-long; those of changing an order.
 */
export async function ignoreFinding(
  ctx: UseCaseContext<never>,
  { orderId, finding, why: typed }: IgnoreFindingInput,
): Promise<Result<Order>> {
  const why = typed.trim()
  if (!isIgnorable(finding)) return err(issue('invalid-input', { reason: 'finding-not-ignorable' }))
  if (why === '') return err(issue('invalid-input', { reason: 'why-missing', field: 'why' }))
  if (why.length > LONGEST_WHY) return err(issue('invalid-input', { reason: 'why-too-long', field: 'why' }))
  const { deskName: by } = await loadDesk(ctx.db)
  return changeOrder(ctx, orderId, {
    what: 'finding-ignored',
    values: { reason: finding.reason },
    change: (order) => {
      const place = placeOfFinding(finding, order.lines)
      const others = (order.ignored ?? []).filter((each) => !isSamePlace(each, place))
      return ok({ ...order, ignored: [...others, { ...place, why, by, at: ctx.now() }] })
    },
  })
}

/** A finding that was let pass counts again. */
export function takeBackIgnored(
  ctx: UseCaseContext<never>,
  { orderId, ignored }: { orderId: OrderId; ignored: Pick<IgnoredFinding, 'reason' | 'field' | 'sku'> },
): Promise<Result<Order>> {
  return changeOrder(ctx, orderId, {
    what: 'finding-counts-again',
    values: { reason: ignored.reason },
    change: (order) => {
      const left = (order.ignored ?? []).filter((each) => !isSamePlace(each, ignored))
      if (left.length === (order.ignored ?? []).length) return ok(order)
      return ok(left.length === 0 ? without(order, 'ignored') : { ...order, ignored: left })
    },
  })
}
