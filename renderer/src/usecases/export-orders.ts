import { MOST_BYTES_AT_ONCE } from '#core/contracts/transfer.ts'
import { exportCell, type OrdersFile } from '#core/order/export-columns.ts'
import { csvCell } from '#core/shared/csv.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { loadEach } from '#renderer/data/repos/orders.repo.ts'
import type { ExportCalls, TransferControl } from '#renderer/usecases/export-workspace.ts'

interface CsvSource {
  db: CaravelDatabase
  host: Pick<ExportCalls, 'export.write' | 'export.finish' | 'export.cancel'>
}

const PER_PAGE = 500
/** What the bytes are sent as. */
const TABLE = 'orders'

/**
 * Sends orders as CSV (RFC 4180) to an export that main has begun, a page at a time, so that memory stays flat however many they are; one
 * that is gone is left out. Whatever stops it, main takes the unfinished file back. Issues: `cancelled`, `unsupported.export-not-written`,
 * `not-found.transfer-gone`.
 */
export async function exportOrders(
  { db, host }: CsvSource,
  { session, ids, file }: { session: string; ids: readonly OrderId[]; file: OrdersFile },
  control: TransferControl,
): Promise<Result<{ count: number }>> {
  try {
    const sent = await sendPages({ db, host }, { session, ids, file }, control)
    if (!sent.ok) {
      await host['export.cancel']({ session })
      return sent
    }
    const finished = await host['export.finish']({ session, counts: { [TABLE]: sent.value.bytes } })
    return finished.ok ? ok({ count: sent.value.count }) : finished
  } catch (error) {
    await host['export.cancel']({ session })
    throw error
  }
}

async function sendPages(
  { db, host }: CsvSource,
  { session, ids, file }: { session: string; ids: readonly OrderId[]; file: OrdersFile },
  { onProgress, stopped }: TransferControl,
): Promise<Result<{ bytes: number; count: number }>> {
  const names = new Map((await db.connections.toArray()).map(({ id, name }) => [id as string, name]))
  const shop = (id: string): string => names.get(id) ?? ''
  const encoder = new TextEncoder()
  const sent = { bytes: 0, count: 0 }
  let text = `${file.mark ? '\uFEFF' : ''}${line(file.titles)}`
  for (let i = 0; i < ids.length; i += PER_PAGE) {
    if (stopped()) return err(issue('cancelled'))
    const found = await loadEach(db, ids.slice(i, i + PER_PAGE))
    const orders = found.flatMap((each) => (each.ok ? [each.value] : []))
    text += orders.map((order) => line(file.columns.map((one) => exportCell(one, order, { shop })))).join('')
    const page = encoder.encode(text)
    const written = await sendPage(host, session, page)
    if (!written.ok) return written
    text = ''
    sent.bytes += page.length
    sent.count += orders.length
    onProgress(Math.min(i + PER_PAGE, ids.length), ids.length)
  }
  return stopped() ? err(issue('cancelled')) : ok(sent)
}

/** The answer of main is waited for, so that no more than a page is ever under way. */
async function sendPage(
  host: CsvSource['host'],
  session: string,
  page: Uint8Array,
): Promise<Result<unknown>> {
  for (let at = 0; at < page.length; at += MOST_BYTES_AT_ONCE) {
    const bytes = page.slice(at, at + MOST_BYTES_AT_ONCE)
    const written = await host['export.write']({ session, table: TABLE, bytes })
    if (!written.ok) return written
  }
  return ok({})
}

function line(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}
