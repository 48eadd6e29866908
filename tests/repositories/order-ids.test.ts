import 'fake-indexeddb/auto'
import { beforeEach, expect, it } from 'vitest'
import { exportCell, EXPORT_COLUMNS } from '#core/order/export-columns.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import { rulesOf } from '#core/customs/rules/rules-of.ts'
import { maskBody, maskText } from '#core/shared/mask.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { editOrderIds } from '#renderer/usecases/edit-order-ids.ts'
import { loadRuleTables } from '#renderer/usecases/follow-rules.ts'
import { previewLabel } from '#renderer/usecases/make-label.ts'
import { purgeBuyers } from '#renderer/usecases/purge-buyers.ts'
import { saveSettings } from '#renderer/usecases/save-settings.ts'
import { ourRules } from '#tests/support/destination-rules.ts'
import { BUYER, openTestDesk, remoteOrder, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

const DAY = 86_400_000
const PCCC = 'P123456789012'
const need = rulesOf(ourRules(), 'KR').find(({ consigneeId }) => consigneeId !== null)?.consigneeId ?? null
const KOREAN: Partial<RemoteOrder> = { shipTo: { ...BUYER, country: 'KR', postcode: '04524' } }

let desk: TestDesk
const pull = (remote: RemoteOrder) =>
  inUnit(desk.db, { stores: MERGE_STORES, durability: 'relaxed' }, () =>
    mergeRemoteOrders({ ...desk, aliveSince: 0, breathe: () => Promise.resolve() }, SHOP, [remote]),
  )
const stored = async () => (await desk.db.orders.toArray())[0]!
const type = async (consigneeId: string, marketplaceTaxId = '') =>
  editOrderIds(desk, { orderId: (await stored()).id, consigneeId, marketplaceTaxId, need })
/** Everything in the store but the orders and what shops said of them. */
async function elsewhere(): Promise<string> {
  const tables = desk.db.tables.filter(({ name }) => name !== 'orders' && name !== 'shadows')
  return JSON.stringify(await Promise.all(tables.map((table) => table.toArray())))
}

beforeEach(async () => {
  desk = await openTestDesk()
  desk.rules = await loadRuleTables(desk.db)
})

it('a recipient’s number is asked for by the destination, checked by its pattern, and answers the linter', async () => {
  await pull(remoteOrder(1, KOREAN))
  const reasons = async () => {
    const seen = await previewLabel(desk, { orderId: (await stored()).id, grossGrams: 500 })
    return seen.ok
      ? seen.value.plan.findings.filter(({ field }) => field === 'consigneeId').map(({ reason }) => reason)
      : []
  }
  expect(await reasons()).toEqual(['consignee-id-missing'])
  expect(await type('P12345')).toMatchObject({
    error: { reason: 'consignee-id-invalid', field: 'consigneeId' },
  })
  expect(await type(' p1234 5678 9012 ')).toMatchObject({ ok: true, value: { consigneeId: PCCC } })
  expect(await reasons()).toEqual([])
  expect(await type('')).toMatchObject({ ok: true })
  expect('consigneeId' in (await stored())).toBe(false)
})

it('is nowhere but with its order: not in the journal, lists or files of orders', async () => {
  await pull(remoteOrder(1, KOREAN))
  await type(PCCC, 'IM9876543210')
  const rest = await elsewhere()
  expect(rest).toContain('order-ids-edited')
  expect(rest).toContain('••••012')
  expect(rest).not.toContain(PCCC)
  expect(rest).not.toContain('IM9876543210')
  const order = await stored()
  const cells = EXPORT_COLUMNS.map((column) => exportCell(column, order, { shop: () => 'shop' }))
  expect(cells.join()).not.toContain(PCCC)
})

it('what a marketplace hands on comes with the order, and what a person typed stays', async () => {
  await pull(remoteOrder(1, { ...KOREAN, consigneeId: PCCC, marketplaceTaxId: 'IM9876543210' }))
  expect(await stored()).toMatchObject({ consigneeId: PCCC, marketplaceTaxId: 'IM9876543210' })
  await type('P000000000001', 'IM9876543210')
  await pull(remoteOrder(1, { ...KOREAN, consigneeId: PCCC, updatedAt: START + 60_000 }))
  expect(await stored()).toMatchObject({ consigneeId: 'P000000000001', marketplaceTaxId: 'IM9876543210' })
})

it('is purged with the buyer, in the order and in what the shop said', async () => {
  await pull(
    remoteOrder(1, { ...KOREAN, status: 'delivered', consigneeId: PCCC, marketplaceTaxId: 'IM9876543210' }),
  )
  await saveSettings(desk, { patch: { retentionDays: 30 } })
  desk.at.now = START + 90 * DAY
  expect(await purgeBuyers({ ...desk, breathe: () => Promise.resolve(), stopped: () => false })).toEqual({
    ok: true,
    value: { purged: 1 },
  })
  const all = JSON.stringify(await Promise.all(desk.db.tables.map((table) => table.toArray())))
  expect(all).not.toContain(PCCC)
  expect(all).not.toContain('IM9876543210')
  expect((await stored()).purgedAt).toBe(desk.at.now)
})

it('stays as it is once a label is made', async () => {
  await pull(remoteOrder(1, KOREAN))
  const order = await stored()
  await desk.db.orders.put({ ...order, stage: 'label_ready' })
  expect(
    await editOrderIds(desk, { orderId: order.id, consigneeId: PCCC, marketplaceTaxId: '', need }),
  ).toMatchObject({
    error: { code: 'conflict', reason: 'stage' },
  })
})

it('is masked in what is logged and in bodies that are shown', () => {
  for (const number of [PCCC, 'IM9876543210', 'GODE561231GR8', 'HEGG560427MVZRRL04', '123.456.789-09'])
    expect(maskText(`answer of ${number} refused`)).not.toContain(number)
  expect(maskBody({ consigneeId: 'A1', taxId: 'B2' })).toEqual({ consigneeId: '*** (2)', taxId: '*** (2)' })
  expect(maskText('LX123456789CN')).toBe('LX123456789CN')
})
