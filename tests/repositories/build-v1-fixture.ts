import 'fake-indexeddb/auto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import Dexie from 'dexie'
import { v1 } from '#renderer/data/schema/v1.ts'
import { toDump } from '#tests/repositories/dump.ts'
import { BUYER, MUG, remoteOrder, SENDER, START } from '#tests/support/test-desk.ts'

// Writes fixtures/v1.json: a database as the first layout stored it. Run once, with `npx tsx tests/repositories/build-v1-fixture.ts`;
// the file is never made again, because what is on people's machines does not change either.

const db = new Dexie('v1')
db.version(1).stores(v1)
await db.open()

const { updatedAt, ...remote } = remoteOrder(1)
const order = (n: number, change: object) => ({
  ...remote,
  id: `0rd00000000000${String(n).padStart(3, '0')}`,
  connectionId: '0000000000shop001',
  remoteId: String(n),
  number: `A-${1000 + n}`,
  remoteUpdatedAt: updatedAt,
  shipBy: null,
  lines: remote.lines.map((line) => ({ ...line, customs: null })),
  ...{
    stage: 'to_ship',
    blocked: null,
    blockedField: '',
    blockedDetail: null,
    held: false,
    note: '',
    trackingNumber: '',
    updatedAt: START,
  },
  ...change,
})
const orders = Array.from({ length: 523 }, (_, i) =>
  order(
    i + 1,
    i % 3 === 0
      ? { stage: 'shipped' }
      : i % 3 === 1
        ? { blocked: 'held', blockedField: 'held', held: true, note: 'mind the dog' }
        : {},
  ),
)
await db.table('orders').bulkAdd(orders.slice(0, 520))
// One that is handed over and not yet told, one of an unreadable kind, one to a place without Latin letters.
await db.table('orders').bulkAdd([
  { ...orders[520], stage: 'handed_over', trackingNumber: 'RR473124829CN' },
  { ...orders[521], lines: 'torn' },
  { ...orders[522], shipTo: { ...BUYER, country: 'JP', city: '渋谷区', latin: { city: 'Shibuya-ku' } } },
])
await db.table('orderRows').bulkAdd(orders.map(({ id, number }) => ({ id, number })))
await db.table('connections').add({
  ...{
    id: '0000000000shop001',
    connectorId: 'vendure',
    name: 'Test shop',
    settings: { baseUrl: 'https://shop.example' },
  },
  ...{
    pullEveryMs: 300_000,
    paused: false,
    needsSignIn: false,
    checkpoint: { updatedAt, id: '1' },
    pageToken: null,
  },
  ...{ lastPullAt: START, lastSuccessAt: START, lastIssue: null, pulling: null, createdAt: START },
})
await db.table('products').bulkAdd([
  { id: '0pr0000000000001', sku: 'MUG', titles: { und: 'Mug' }, customs: MUG, updatedAt: START },
  {
    id: '0pr0000000000002',
    sku: 'CUP',
    titles: { und: 'Cup' },
    customs: { ...MUG, origin: '' },
    updatedAt: START,
  },
])
await db.table('pools').add({
  id: '0p00000000000001',
  service: 'Registered packet',
  indicator: 'RR',
  country: 'CN',
  from: 47312482,
  to: 47312501,
  next: 47312483,
  lowWater: 5,
  createdAt: START,
})
await db.table('shipments').add({
  ...{
    id: '0sh0000000000001',
    orderIds: [orders[520]?.id],
    connectionId: '0000000000shop001',
    poolId: '0p00000000000001',
    service: 'Registered packet',
  },
  ...{
    trackingNumber: 'RR473124829CN',
    state: 'handed_over',
    grossGrams: 900,
    sizeMm: null,
    declaration: null,
    documentId: '0d00000000000001',
    createdAt: START,
    updatedAt: START,
  },
})
await db.table('documents').add({
  ...{
    id: '0d00000000000001',
    kind: 'label',
    orderId: orders[520]?.id,
    shipmentId: '0sh0000000000001',
    title: 'RR473124829CN',
    mime: 'application/pdf',
  },
  ...{
    bytes: new Uint8Array([37, 80, 68, 70, 0, 255]),
    sha256: 'x',
    widthMm: 100,
    heightMm: 150,
    createdAt: START,
  },
})
await db.table('outbox').add({
  ...{
    id: '00x0000000000001',
    connectionId: '0000000000shop001',
    entityKey: `order:${orders[520]?.id}`,
    entityLabel: 'A-1521',
    kind: 'confirm-shipment',
  },
  ...{
    payload: { orderRemoteId: '521', trackingNumber: 'RR473124829CN', carrier: 'Registered packet' },
    state: 'queued',
    held: false,
    inFlight: false,
  },
  ...{ attempts: 0, createdAt: START, nextAttemptAt: START, leaseUntil: 0, lastIssue: null },
})
await db.table('settings').add({ key: 'desk', value: { sender: SENDER, signer: 'Li Wei' } })
await writeFile(path.join(import.meta.dirname, 'fixtures/v1.json'), `${JSON.stringify(await toDump(db))}\n`)
process.exit(0)
