import type { DocumentRequest } from '#core/documents/document-request.ts'
import { handOverCsv } from '#core/documents/hand-over/hand-over-rows.ts'
import { MOST_PICKED } from '#core/documents/of-order/batch-papers.ts'
import { wordsIn } from '#core/documents/words/words-in.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { PrintedSelection, SelectionWish } from '#renderer/data/transfer/selection-papers.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import type { TransferControl } from '#renderer/usecases/export-workspace.ts'
import { gatherPapers, type GatheredOrder } from '#renderer/usecases/gather-papers.ts'
import { printPapers } from '#renderer/usecases/print-papers.ts'
import { handOverRequest, requestFor, sheetsOf } from '#renderer/usecases/selection-requests.ts'

type Context = UseCaseContext<'documents.render' | 'printing.print'>

/** Orders that are read and drawn at once: a document of some seconds' drawing, and what stopping has to wait for. */
const AT_ONCE = 100

/**
 * Prints papers of many orders, in documents of so many that neither memory nor a printer is flooded; each is spooled as soon as it is drawn.
 * Nothing is stored: printing again draws again. Stopped by a person, what was spooled by then stays. Fails with what main says when a whole
 * document cannot be drawn or printed; the documents before it are out.
 */
export async function printSelection(
  ctx: Context,
  { ids, wish }: { ids: readonly OrderId[]; wish: SelectionWish },
  { onProgress, stopped }: TransferControl,
): Promise<Result<PrintedSelection>> {
  const result: PrintedSelection = { printed: 0, spooled: [], left: [], open: 0, csv: null }
  const kept: GatheredOrder[] = []
  const size = wish.paper === 'pick-list' ? MOST_PICKED : AT_ONCE
  for (let at = 0; at < ids.length; at += size) {
    if (stopped()) {
      result.open = ids.length - at
      return ok(result)
    }
    const { ready, left } = await gatherPapers(ctx, wish.paper, ids.slice(at, at + size))
    result.left.push(...left)
    if (wish.paper === 'hand-over') kept.push(...ready)
    else {
      const sent = await send(ctx, wish, result, ready, (orders) =>
        requestFor(wish, orders, { place: result.spooled.length + 1, now: ctx.now() }),
      )
      if (!sent.ok) return sent
    }
    onProgress(Math.min(at + size, ids.length), ids.length)
  }
  return wish.paper === 'hand-over' ? handOverLists(ctx, wish, result, kept) : ok(result)
}

/** One document. Orders whose paper cannot be drawn are left with the reason, and are no reason to keep the others back. */
async function send(
  ctx: Context,
  { title, target }: Pick<SelectionWish, 'title' | 'target'>,
  result: PrintedSelection,
  ready: readonly GatheredOrder[],
  requestOf: (orders: readonly GatheredOrder[]) => DocumentRequest,
): Promise<Result<unknown>> {
  if (ready.length === 0) return ok({})
  const request = requestOf(ready)
  const orders = ready.map(({ order }) => order)
  const name = `${title} ${result.spooled.length + 1}`
  const printed = await printPapers(ctx, { request, title: name, target, orders })
  if (printed.ok) {
    const { refused, spooledAs } = printed.value
    result.spooled.push(spooledAs)
    result.printed += ready.length - refused.length
    for (const { item, issues } of refused)
      leave(result, ready.slice(item, item + 1), issues[0] ?? issue('unsupported'))
    return ok({})
  }
  if (printed.error.code !== 'invalid-input') return printed
  // Nothing of it can be drawn, and main says why of the first: the others have reasons of their own.
  leave(result, ready.slice(0, 1), printed.error)
  if (request.items.length === 1) leave(result, ready.slice(1), printed.error)
  else return send(ctx, { title, target }, result, ready.slice(1), requestOf)
  return ok({})
}

function leave({ left }: PrintedSelection, orders: readonly GatheredOrder[], why: Issue): void {
  left.push(...orders.map(({ order }) => ({ id: order.id, number: order.number, issue: why })))
}

/** A list per carrier and so many parcels, and all of their lines as one table. */
async function handOverLists(
  ctx: Context,
  wish: SelectionWish,
  result: PrintedSelection,
  all: readonly GatheredOrder[],
): Promise<Result<PrintedSelection>> {
  const tables: string[] = []
  const now = ctx.now()
  for (const group of sheetsOf(all)) {
    const { request, list } = handOverRequest(wish, group, { place: tables.length + 1, now })
    const sent = await send(ctx, wish, result, group, () => request)
    if (!sent.ok) return sent
    const table = handOverCsv(list, wordsIn(wish.language))
    tables.push(tables.length === 0 ? table : table.slice(table.indexOf('\n') + 1))
  }
  return ok({ ...result, csv: tables.length === 0 ? null : tables.join('') })
}
