import 'fake-indexeddb/auto'
import { open, rm } from 'node:fs/promises'
import path from 'node:path'
import { toOrderRow } from '#core/order/order-row.ts'
import type { Order } from '#core/order/order.ts'
import { toStoredOrder } from '#renderer/data/beside-records.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { beginExport, sendRecords } from '#renderer/usecases/export-workspace.ts'
import { importWorkspace } from '#renderer/usecases/import-workspace.ts'
import { benchRow, median, type RunBench } from '#tests/bench/bench-row.ts'
import { startTransfers, type MainTransfers } from '#tests/support/main-transfers.ts'
import { freshDatabase, remoteOrder, SHOP } from '#tests/support/test-desk.ts'

/**
 * A whole workspace out and in again, in one process on fake-indexeddb with main's real part, so that the store costs both sides the same.
 * Floors: read everything + stringify + write + fsync; bulkPut of the same records in batches of 2,000.
 */
const ORDERS = Number(process.env['CARAVEL_BENCH_ORDERS'] ?? 20_000)
const RUNS = 3
const control = { onProgress: () => undefined, stopped: () => false }

const run: RunBench = async (say) => {
  const main = await startTransfers()
  const db = await freshDatabase()
  await fill(db)
  const heap = { before: memory(), most: 0 }
  const timer = setInterval(() => (heap.most = Math.max(heap.most, memory())), 20)
  const times = { out: [] as number[], outFloor: [] as number[], in: [] as number[], inFloor: [] as number[] }
  for (let turn = 0; turn < RUNS; turn++) {
    times.outFloor.push(await timed(() => bareBackup(db, path.join(main.folder, 'floor.json'))))
    times.out.push(await timed(() => backup(db, main)))
    times.in.push(await timed(() => restore(main, turn)))
    times.inFloor.push(await timed(() => bareImport(db, turn)))
    say(
      `run ${turn + 1}: out ${last(times.out)} ms (floor ${last(times.outFloor)}), in ${last(times.in)} ms (floor ${last(times.inFloor)})`,
    )
  }
  clearInterval(timer)
  await main.remove()
  return [
    benchRow(`backup of ${ORDERS} orders`, median(times.out), 'ms', median(times.outFloor)),
    benchRow(`restore of ${ORDERS} orders`, median(times.in), 'ms', median(times.inFloor)),
    benchRow('external and buffer memory beyond the start', (heap.most - heap.before) / 2 ** 20, 'MB'),
  ]
}
export default run

const last = (all: number[]) => Math.round(all.at(-1) ?? 0)
const memory = () => process.memoryUsage().external + process.memoryUsage().arrayBuffers

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

async function fill(db: CaravelDatabase): Promise<void> {
  const newId = createIdSource(Date.now, Math.random)
  for (let from = 0; from < ORDERS; from += 2000) {
    const orders = Array.from({ length: Math.min(2000, ORDERS - from) }, (_, i): Order => {
      const { updatedAt, ...remote } = remoteOrder(from + i)
      return {
        ...remote,
        ...{
          id: newId<'order'>(),
          connectionId: SHOP,
          remoteUpdatedAt: updatedAt,
          shipBy: null,
          stage: 'to_ship',
        },
        ...{
          blocked: null,
          blockedField: '',
          blockedDetail: null,
          held: false,
          note: '',
          trackingNumber: '',
          updatedAt,
        },
        lines: remote.lines.map((line) => ({ ...line, customs: null })),
      }
    })
    await db.orders.bulkPut(orders.map(toStoredOrder))
    await db.orderRows.bulkPut(orders.map(toOrderRow))
    await db.shadows.bulkPut(
      orders.map((order, i) => ({
        entityKey: `order:${order.id}`,
        value: remoteOrder(from + i),
        remoteUpdatedAt: order.updatedAt,
      })),
    )
  }
}

async function backup(db: CaravelDatabase, main: MainTransfers): Promise<void> {
  const begun = await beginExport(
    { db, workspace: 'own', host: main.host },
    { passphrase: 'correct horse', suggestedName: 'x' },
  )
  const session = begun.ok ? begun.value : null
  const sent = session === null ? null : await sendRecords({ db, host: main.host }, session, control)
  if (sent?.ok !== true) throw new Error('the backup failed')
}

async function restore(main: MainTransfers, turn: number): Promise<void> {
  const into = await freshDatabase()
  const chosen = await main.host['import.choose']({ backup: null })
  const session = chosen.ok ? (chosen.value.file?.session ?? '') : ''
  const unlocked = await main.host['import.unlock']({ session, passphrase: 'correct horse' })
  if (!unlocked.ok) throw new Error('the file did not open')
  const tools = {
    newId: createIdSource(Date.now, Math.random),
    now: () => Date.now() + turn,
    breathe: () => Promise.resolve(),
  }
  const asked = {
    session,
    file: { identity: 'bench', name: 'bench' },
    header: unlocked.value.header,
    mode: 'replace' as const,
    run: 'bench',
  }
  if (!(await importWorkspace({ db: into, host: main.host, ...tools }, asked, control)).ok)
    throw new Error('the import failed')
}

async function bareBackup(db: CaravelDatabase, place: string): Promise<void> {
  const file = await open(place, 'w')
  for (const table of db.tables) {
    const all: unknown[] = await table.toArray()
    for (let at = 0; at < all.length; at += 2000)
      await file.write(
        all
          .slice(at, at + 2000)
          .map((record) => JSON.stringify(record))
          .join('\n'),
      )
  }
  await file.sync()
  await file.close()
  await rm(place)
}

async function bareImport(db: CaravelDatabase, turn: number): Promise<void> {
  const into = await freshDatabase(`bare-${turn}`)
  for (const table of db.tables) {
    const all: unknown[] = await table.toArray()
    for (let at = 0; at < all.length; at += 2000)
      await into.table(table.name).bulkPut(all.slice(at, at + 2000))
  }
  into.close()
}
