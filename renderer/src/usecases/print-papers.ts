import type { ChannelInput, PrintTarget } from '#core/contracts/ipc.ts'
import { MEDIA } from '#core/documents/media.ts'
import type { Order } from '#core/order/order.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofOrder } from '#renderer/data/repos/activity.repo.ts'
import type { DeskSettings } from '#renderer/data/setting-records.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { sha256Hex } from '#renderer/usecases/print-document.ts'

type PaperRequest = ChannelInput<'documents.render'>['request']

export interface PapersToPrint {
  request: PaperRequest
  title: string
  target: PrintTarget
  /** In the order of the items; their timelines say that it was printed. */
  orders: readonly OrderName[]
}

type OrderName = Pick<Order, 'id' | 'connectionId' | 'number'>

export interface PrintedPapers {
  spooledAs: string
  /** Papers that could not be drawn, by the place of their item. */
  refused: { item: number; issues: Issue[] }[]
}

/** Where papers on this medium go: what is as large as a label comes out of the printer for labels. */
export function targetOfPaper(
  { labelTarget, papers }: Pick<DeskSettings, 'labelTarget' | 'papers'>,
  medium: PaperRequest['medium'],
): PrintTarget {
  return medium.startsWith('label-') ? labelTarget : papers.target
}

/**
 * Draws papers and spools them as one document. They are drawn anew each time from what the orders say; only labels have stored bytes, and
 * are printed by `printDocument`. Issues: what main says of drawing or printing,
 * `malformed.label-bytes`.
 */
export async function printPapers(
  ctx: UseCaseContext<'documents.render' | 'printing.print'>,
  { request, title, target, orders }: PapersToPrint,
): Promise<Result<PrintedPapers>> {
  const drawn = await ctx.host['documents.render']({ request })
  if (!drawn.ok) return drawn
  const { bytes, sha256, refused } = drawn.value
  if ((await sha256Hex(bytes)) !== sha256) return err(issue('malformed', { reason: 'label-bytes' }))
  const { width: widthMm, height: heightMm } = MEDIA[request.medium]
  const spooled = await ctx.host['printing.print']({ target, title, widthMm, heightMm, copies: 1, bytes })
  if (!spooled.ok) return spooled
  const left = new Set(refused.map(({ item }) => item))
  const printed = orders.filter((_, item) => !left.has(item))
  await notePrinted(ctx, title, printed)
  return ok({ spooledAs: spooled.value.spooledAs, refused })
}

function notePrinted(
  { db, newId, now }: UseCaseContext<never>,
  title: string,
  orders: readonly OrderName[],
): Promise<void> {
  const at = now()
  const entries = orders.map((order) => ({
    ...{ ...ofOrder(order), at, what: 'papers-spooled', values: { title }, by: 'here' as const },
  }))
  return inUnit(db, { stores: ['activity'], durability: 'strict' }, () => addActivity(db, newId, entries))
}
