import { toOrderRow } from '#core/order/order-row.ts'
import { frameKeyOf, makeHeader } from '#main/files/workspace-header.ts'
import { WorkspaceWriter } from '#main/files/workspace-writer.ts'
import { without } from '#core/shared/without.ts'
import { makeKey } from '#main/secrets/passphrase-box.ts'
import { toStoredOrder, toStoredProduct } from '#renderer/data/beside-records.ts'
import { noteChange, type CountChanges } from '#renderer/data/counting.ts'
import { SCHEMA_VERSION } from '#renderer/data/schema/v8.ts'
import { toLines } from '#renderer/data/transfer/record-lines.ts'
import { productsCreatedAt, seedOrders, type SeedSize } from './seed-orders.ts'
import { seedProduct } from './seed-products.ts'
import { seedConnections, seedSettings } from './seed-shops.ts'

export interface SeededFile extends SeedSize {
  place: string
  passphrase: string
  /** scrypt's N; tests use a smaller one. */
  cost?: number
}

const AT_ONCE = 1000

/**
 * Writes a workspace file (docs/spec/workspace-file.md) as an export of such a desk would be. Orders are made twice, once for their rows,
 * so that memory stays flat.
 */
export async function writeSeededWorkspace(file: SeededFile): Promise<{ bytes: number }> {
  const { key, lock } = await makeKey(file.passphrase, file.cost)
  const header = makeHeader({ kind: 'passphrase', lock })
  const frameKey = frameKeyOf(key, header.salt, header.hash)
  const writer = await WorkspaceWriter.create({ place: file.place, header: header.bytes, frameKey })
  try {
    const counts = { products: file.products, orders: file.orders, orderRows: file.orders }
    const first = { formatVersion: 1, schemaVersion: SCHEMA_VERSION, workspace: 'own', createdAt: file.now }
    await writer.control(['header', { ...first, counts }])
    await writeTables(writer, file)
    return await writer.finish()
  } catch (error) {
    await writer.cancel()
    throw error
  }
}

async function writeTables(writer: WorkspaceWriter, size: SeedSize): Promise<void> {
  const createdAt = productsCreatedAt(size)
  const counts: CountChanges = new Map()
  await writeTable(writer, 'connections', seedConnections(createdAt))
  await writeTable(writer, 'settings', seedSettings())
  await writeTable(writer, 'products', storedProducts(size))
  await writeTable(writer, 'orders', each(seedOrders(size), toStoredOrder))
  const rows = each(seedOrders(size), (order) => {
    const row = toOrderRow(order)
    noteChange(counts, undefined, row)
    return row
  })
  await writeTable(writer, 'orderRows', rows)
  await writeTable(
    writer,
    'counters',
    [...counts].map(([key, count]) => ({ key, count })),
  )
}

function* storedProducts(size: SeedSize) {
  for (let n = 0; n < size.products; n++) {
    yield toStoredProduct(without(seedProduct(n, productsCreatedAt(size)), 'euroCents'))
  }
}

function* each<T, R>(values: Iterable<T>, make: (value: T) => R): Generator<R, void> {
  for (const value of values) yield make(value)
}

async function writeTable(writer: WorkspaceWriter, table: string, records: Iterable<unknown>): Promise<void> {
  let page: unknown[] = []
  await writer.rows(table, new Uint8Array())
  for (const record of records) {
    page.push(record)
    if (page.length < AT_ONCE) continue
    await writer.rows(table, toLines(table, page))
    page = []
  }
  await writer.rows(table, toLines(table, page))
}
