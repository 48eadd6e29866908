import 'fake-indexeddb/auto'
import { beforeEach, expect, it } from 'vitest'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { holdOrder } from '#renderer/usecases/hold-order.ts'
import { ignoreFinding } from '#renderer/usecases/ignore-finding.ts'
import { lintOpenOrders } from '#renderer/usecases/lint-open-orders.ts'
import { saveSettings } from '#renderer/usecases/save-settings.ts'
import { ourChecks, ourRules } from '#tests/support/destination-rules.ts'
import { MUG, openTestDesk, remoteOrder, SENDER, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

/** More than two batches. */
const ORDERS = 520
let desk: TestDesk
let breaths = 0

const lint = () =>
  lintOpenOrders(desk, () => {
    breaths++
    return Promise.resolve()
  })

beforeEach(async () => {
  breaths = 0
  desk = await openTestDesk()
  desk.rules = { destinations: ourRules(), rates: null, checks: ourChecks() }
  await saveSettings(desk, { patch: { sender: SENDER } })
  const customs = { ...MUG, hs6: '', makerId: '7', responsible: 'EU Rep' }
  await editProductCustoms(desk, { sku: 'MUG', customs })
  await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(
      desk as never,
      SHOP,
      Array.from({ length: ORDERS }, (_, i) => remoteOrder(i + 1)),
    ),
  )
})

it('counts what it finds over all open orders, a batch at a time, and goes by what is true now', async () => {
  const found = await lint()
  expect(found).toMatchObject({ checked: ORDERS, ready: 0, at: desk.at.now })
  expect(breaths).toBe(3)
  expect(found.kinds[0]).toMatchObject({
    ...{ severity: 'error', reason: 'hs-missing', field: 'customs.hs6', orders: ORDERS, skus: 1 },
    places: [{ sku: 'MUG', orders: ORDERS }],
  })
  expect(found.kinds[0]?.places[0]?.shown).toHaveLength(200)

  await editProductCustoms(desk, { sku: 'MUG', customs: { hs6: '6912002100' } })
  const after = await lint()
  expect(after.ready).toBe(ORDERS)
  expect(after.kinds.filter(({ severity }) => severity === 'error')).toEqual([])
})

it('looks at blocked and held orders too, and leaves out what a person lets pass', async () => {
  await editProductCustoms(desk, { sku: 'MUG', customs: { hs6: '6912002100', description: 'Wine cooler' } })
  const wine = async () => (await lint()).kinds.find(({ reason }) => reason === 'goods-restricted')
  const [first] = (await wine())?.places[0]?.shown ?? []
  if (first === undefined) throw new Error('nothing was found')
  await holdOrder(desk, { orderId: first.id })
  expect((await wine())?.orders).toBe(ORDERS)
  await ignoreFinding(desk, { orderId: first.id, finding: first.finding, why: 'It cools wine' })
  expect((await wine())?.orders).toBe(ORDERS - 1)
})
