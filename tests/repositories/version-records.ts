import { chainEntries, EMPTY_JOURNAL, type JournalFacts } from '#core/sync/journal.ts'
import { BUYER, MUG, remoteOrder, SENDER, SHOP, START } from '#tests/support/test-desk.ts'

/** Records as earlier versions of the app wrote them; five orders, one of them with its label, and what a person would miss. */

export const TRACKING = 'RR473124829CN'
export const LABEL = new Uint8Array([37, 80, 68, 70, 0, 255, 10, 13])

type Records = Record<string, Record<string, unknown>[]>
export const idOf = (n: number): string => `0rd00000000000${String(n).padStart(3, '0')}`

function orders(): Record<string, unknown>[] {
  const { updatedAt, ...remote } = remoteOrder(1)
  const order = (n: number, change: object) => ({
    ...remote,
    ...{ id: idOf(n), connectionId: SHOP, remoteId: String(n), number: `A-${1000 + n}` },
    ...{ remoteUpdatedAt: updatedAt, shipBy: null, blockedDetail: null, updatedAt: START },
    lines: remote.lines.map((line) => ({ ...line, customs: null })),
    ...{ stage: 'to_ship', blocked: null, blockedField: '', held: false, note: '', trackingNumber: '' },
    ...change,
  })
  return [
    order(1, { blocked: 'held', blockedField: 'held', held: true, note: '小心轻放 / mind the dog' }),
    order(2, { stage: 'handed_over', trackingNumber: TRACKING }),
    order(3, { lines: remote.lines.map((line) => ({ ...line, customs: { ...MUG, hs6: '691110' } })) }),
    order(4, { shipTo: { ...BUYER, country: 'JP', city: '渋谷区', latin: { city: 'Shibuya-ku' } } }),
    order(5, { stage: 'shipped' }),
  ]
}

/** What the first version wrote. */
function firstRecords(): Records {
  return {
    connections: [
      {
        ...{
          id: SHOP,
          connectorId: 'vendure',
          name: 'Test shop',
          settings: { baseUrl: 'https://shop.example' },
        },
        ...{ pullEveryMs: 300_000, paused: true, needsSignIn: false, pageToken: null, pulling: null },
        ...{ checkpoint: { updatedAt: START, id: '5' }, lastPullAt: START, lastSuccessAt: START },
        ...{ lastIssue: null, createdAt: START },
      },
    ],
    orders: orders(),
    orderRows: orders().map(({ id, number }) => ({ id, number })),
    shadows: [{ entityKey: `order:${idOf(2)}`, value: remoteOrder(2), at: START }],
    products: [
      {
        id: '0pr0000000000001',
        sku: 'MUG',
        titles: { und: 'Mug', zh: '杯子' },
        customs: MUG,
        updatedAt: START,
      },
      {
        ...{ id: '0pr0000000000002', sku: 'CUP', titles: { und: 'Cup' }, updatedAt: START },
        customs: { ...MUG, origin: '' },
      },
    ],
    pools: [
      {
        ...{ id: '0p00000000000001', service: 'Registered packet', indicator: 'RR', country: 'CN' },
        ...{ from: 47_312_482, to: 47_312_501, next: 47_312_483, lowWater: 5, createdAt: START },
      },
    ],
    shipments: [
      {
        ...{ id: '0sh0000000000001', orderIds: [idOf(2)], connectionId: SHOP, poolId: '0p00000000000001' },
        ...{ service: 'Registered packet', trackingNumber: TRACKING, state: 'handed_over', grossGrams: 900 },
        ...{ sizeMm: null, declaration: null, documentId: '0d00000000000001' },
        ...{ createdAt: START, updatedAt: START },
      },
    ],
    documents: [
      {
        ...{ id: '0d00000000000001', kind: 'label', orderId: idOf(2), shipmentId: '0sh0000000000001' },
        ...{ title: TRACKING, mime: 'application/pdf', bytes: LABEL, sha256: 'x' },
        ...{ widthMm: 100, heightMm: 150, createdAt: START },
      },
    ],
    printJobs: [
      {
        ...{ id: '0pj0000000000001', documentId: '0d00000000000001', orderId: idOf(2), title: TRACKING },
        ...{ target: { driver: 'file' }, state: 'sent', attempts: 1, spooledAs: 'x.pdf', lastIssue: null },
        ...{ createdAt: START, updatedAt: START },
      },
    ],
    outbox: [
      {
        ...{
          id: '00x0000000000001',
          connectionId: SHOP,
          entityKey: `order:${idOf(2)}`,
          entityLabel: 'A-1002',
        },
        kind: 'confirm-shipment',
        payload: { orderRemoteId: '2', trackingNumber: TRACKING, carrier: 'Registered packet' },
        ...{ state: 'waiting', held: true, inFlight: false, attempts: 2, lastIssue: null },
        ...{ createdAt: START, nextAttemptAt: START, leaseUntil: 0 },
      },
    ],
    activity: [1, 2, 3].map((n) => ({
      ...{ id: `0ac${String(n).padStart(14, '0')}`, entityKey: `order:${idOf(n)}`, at: START + n },
      ...{ what: 'order-received', values: { number: `A-${1000 + n}` }, by: 'remote' },
    })),
    quarantine: [
      {
        ...{ id: `${SHOP}:9`, connectionId: SHOP, remoteId: '9', reason: 'lines: expected array' },
        ...{ raw: { id: '9', lines: 'torn' }, firstSeenAt: START, lastSeenAt: START },
      },
    ],
    settings: [{ key: 'desk', value: { sender: SENDER, signer: 'Li Wei' } }],
  }
}

/** What a version wrote: the records of the first, with what each later one keeps beside them. */
export function recordsOf(version: number): Records {
  const records = firstRecords()
  if (version >= 2) withIndexes(records)
  if (version >= 3) withJournal(records)
  if (version >= 6) withRates(records)
  if (version >= 8) records['referenceFiles'] = [RULE_FILE]
  return records
}

function withIndexes(records: Records): void {
  const queue = ({ stage, blocked }: Record<string, unknown>) =>
    blocked === null ? (stage as string) : 'blocked'
  const counts = new Map<string, number>()
  for (const order of records['orders'] ?? []) {
    order['openSkus'] = order['stage'] === 'to_ship' ? ['MUG'] : []
    for (const key of [queue(order), 'all'])
      for (const of of ['', `${SHOP}:`]) counts.set(`${of}${key}`, (counts.get(`${of}${key}`) ?? 0) + 1)
  }
  // Slim rows are left out: what lies beside the records is put right when a file comes in.
  records['orderRows'] = []
  records['counters'] = [...counts].map(([key, count]) => ({ key, count }))
  for (const product of records['products'] ?? []) product['incomplete'] = product['sku'] === 'CUP' ? 1 : 0
}

function withJournal(records: Records): void {
  const facts = (records['activity'] ?? []).map((entry) => ({
    ...entry,
    ...{ connectionId: SHOP, label: '', deskId: '0000000000desk001', deskName: 'Desk A' },
    ...{ offline: true, salt: 'salt', changes: [{ field: 'note', from: null, to: 'mind the dog' }] },
  }))
  const { entries, head } = chainEntries(EMPTY_JOURNAL, facts as unknown as JournalFacts[])
  records['activity'] = entries as unknown as Record<string, unknown>[]
  records['settings'] = [
    {
      key: 'desk',
      value: { sender: SENDER, signer: 'Li Wei', deskId: '0000000000desk001', deskName: 'Desk A' },
    },
    { key: 'journal', value: head },
    // Of that machine and that time: neither may come along.
    { key: 'backup', value: { failedSince: START, issue: { code: 'unsupported' } } },
  ]
}

export const RATES = {
  ...{ id: 'ecb:2026-11-20', base: 'EUR', date: '2026-11-20', source: 'ecb' },
  ...{ rates: { USD: '1.10', JPY: '170.00' }, storedAt: START, from: 'line' },
}

/** Opaque to storage: that it cannot be read is said where it is used. */
export const RULE_FILE = {
  ...{ id: 'destination-rules', kind: 'destination-rules', name: 'rules.json', importedAt: START },
  ...{ sha256: 'ab'.repeat(32), text: '{}' },
}

function withRates(records: Records): void {
  records['rateSets'] = [RATES]
  // Of that machine and that time, as what it says of backups.
  records['settings']?.push({ key: 'rates', value: { triedAt: START, issue: null, leftOut: [] } })
}
