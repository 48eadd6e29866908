import 'fake-indexeddb/auto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import Dexie from 'dexie'
import { v2 } from '#renderer/data/schema/v2.ts'
import { toDump } from '#tests/repositories/dump.ts'
import { MUG, remoteOrder, SENDER, START } from '#tests/support/test-desk.ts'

// Writes fixtures/v2.json: a database as the second layout stored it, with timelines that carry no chain yet. Run once, with
// `npx tsx tests/repositories/build-v2-fixture.ts`; the file is never made again, see build-v1-fixture.ts.

const SHOP = '0000000000shop001'
const ENTRIES = 1203
const db = new Dexie('v2')
db.version(2).stores(v2)
await db.open()

const { updatedAt, ...remote } = remoteOrder(1)
const idOf = (n: number): string => `0rd00000000000${String(n).padStart(3, '0')}`
const orders = [1, 2, 3].map((n) => ({
  ...remote,
  ...{ id: idOf(n), connectionId: SHOP, remoteId: String(n), number: `A-${1000 + n}` },
  ...{ remoteUpdatedAt: updatedAt, shipBy: null, blockedDetail: null, updatedAt: START },
  lines: remote.lines.map((line) => ({ ...line, customs: null })),
  ...{ stage: 'to_ship', blocked: null, blockedField: '', held: false, note: '', trackingNumber: '' },
  openSkus: ['MUG'],
}))
await db.table('orders').bulkAdd(orders)
await db
  .table('orderRows')
  .bulkAdd(orders.map(({ id, number }) => ({ id, number, queue: 'to_ship', connectionId: SHOP, sortKey: 1 })))
await db.table('counters').bulkAdd([
  { key: 'to_ship', count: 3 },
  { key: 'all', count: 3 },
  { key: `${SHOP}:to_ship`, count: 3 },
  { key: `${SHOP}:all`, count: 3 },
])
await db.table('connections').add({
  ...{
    id: SHOP,
    connectorId: 'vendure',
    name: 'Test shop',
    settings: {},
    pullEveryMs: 300_000,
    paused: false,
  },
  ...{ needsSignIn: false, checkpoint: { updatedAt, id: '3' }, pageToken: null, lastPullAt: START },
  ...{ lastSuccessAt: START, lastIssue: null, pulling: null, createdAt: START, handlingDays: 3 },
})
await db.table('products').add({
  ...{ id: '0pr0000000000001', sku: 'MUG', titles: { und: 'Mug' }, customs: MUG, updatedAt: START },
  incomplete: 0,
})
// Time-ordered ids, in more than one batch of the upgrade; two of an order that has gone meanwhile.
await db.table('activity').bulkAdd(
  Array.from({ length: ENTRIES }, (_, i) => ({
    id: `0ac${String(i).padStart(14, '0')}`,
    entityKey: `order:${i >= ENTRIES - 2 ? 'gone' : idOf((i % 3) + 1)}`,
    at: START + i,
    ...(i < 3
      ? { what: 'order-received', values: { number: `A-${1001 + i}` }, by: 'remote' }
      : { what: 'note-set', values: {}, by: 'here' }),
  })),
)
await db.table('quarantine').add({
  ...{
    id: `${SHOP}:9`,
    connectionId: SHOP,
    remoteId: '9',
    reason: 'lines: expected array',
    raw: { id: '9' },
  },
  ...{ firstSeenAt: START, lastSeenAt: START },
})
await db.table('settings').add({ key: 'desk', value: { sender: SENDER, signer: 'Li Wei' } })
await writeFile(path.join(import.meta.dirname, 'fixtures/v2.json'), `${JSON.stringify(await toDump(db))}\n`)
process.exit(0)
