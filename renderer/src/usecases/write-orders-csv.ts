import { csvCell } from '#core/shared/csv.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { exportCell, type ExportColumn } from '#core/order/export-columns.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { loadEach } from '#renderer/data/repos/orders.repo.ts'

/** What a file of orders is to hold. */
export interface OrdersFile {
  columns: readonly ExportColumn[]
  /** One for each column. */
  titles: readonly string[]
  /** Begins with a mark that says UTF-8, without which some spreadsheets guess. */
  mark: boolean
}

const PER_PAGE = 500

/** Orders as CSV (RFC 4180), read page by page; one that is gone is left out. */
export async function writeOrdersCsv(
  { db, breathe }: { db: CaravelDatabase; breathe: () => Promise<void> },
  ids: readonly OrderId[],
  { columns, titles, mark }: OrdersFile,
): Promise<{ bytes: Uint8Array; count: number }> {
  const names = new Map((await db.connections.toArray()).map(({ id, name }) => [id as string, name]))
  const shop = (id: string): string => names.get(id) ?? ''
  const encoder = new TextEncoder()
  const parts = [encoder.encode(`${mark ? '\uFEFF' : ''}${line(titles)}`)]
  let count = 0
  for (let i = 0; i < ids.length; i += PER_PAGE) {
    const found = await loadEach(db, ids.slice(i, i + PER_PAGE))
    const orders = found.flatMap((each) => (each.ok ? [each.value] : []))
    const lines = orders.map((order) => line(columns.map((column) => exportCell(column, order, { shop }))))
    parts.push(encoder.encode(lines.join('')))
    count += orders.length
    await breathe()
  }
  return { bytes: joined(parts), count }
}

function line(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
