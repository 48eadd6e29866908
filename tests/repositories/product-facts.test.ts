import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { money } from '#core/money/money.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { editProductFacts } from '#renderer/usecases/edit-product-facts.ts'
import { importProductFacts } from '#renderer/usecases/import-product-facts.ts'
import { openTestDesk, remoteOrder, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

async function deskWithOrders(): Promise<TestDesk> {
  const desk = await openTestDesk()
  await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(desk as never, SHOP, [remoteOrder(1), remoteOrder(2)]),
  )
  return desk
}
const mug = ({ db }: TestDesk) => db.products.where('sku').equals('MUG').first()
const edits = async ({ db }: TestDesk) =>
  (await db.activity.toArray()).filter(({ what }) => what === 'product-facts-edited')

it('what a product costs is kept with everything else that is known of it, and the journal says so', async () => {
  const desk = await deskWithOrders()
  const before = await mug(desk)
  const barcodes = ['4006381333931', '4006381333931']
  expect(await editProductFacts(desk, { sku: 'MUG', cost: money(420, 'CNY'), barcodes })).toMatchObject({
    ok: true,
  })
  expect(await mug(desk)).toEqual({
    ...before,
    ...{ cost: money(420, 'CNY'), barcodes: ['4006381333931'], updatedAt: desk.at.now },
  })
  expect(await desk.db.products.where('barcodes').equals('4006381333931').count()).toBe(1)
  expect(await edits(desk)).toMatchObject([
    {
      entityKey: 'product:MUG',
      changes: [
        { field: 'cost', from: null },
        { field: 'barcodes', to: barcodes[0] },
      ],
    },
  ])
  await editProductFacts(desk, { sku: 'MUG', cost: null, barcodes: [], bin: ' A-07 ' })
  expect(await mug(desk)).toMatchObject({ bin: 'A-07' })
  await editProductFacts(desk, { sku: 'MUG', cost: null, barcodes: [] })
  expect(await mug(desk)).toMatchObject({ bin: 'A-07' })
  await editProductFacts(desk, { sku: 'MUG', cost: null, barcodes: [], bin: '' })
  const after = await mug(desk)
  expect('cost' in after! || 'barcodes' in after! || 'bin' in after!).toBe(false)
})

it.each([
  [{ cost: money(-1, 'EUR'), barcodes: [] }, 'cost-negative'],
  [{ cost: { minor: 1, currency: 'XXX' }, barcodes: [] }, 'currency-unknown'],
  [{ cost: null, barcodes: ['!'] }, 'barcode-invalid'],
  [{ cost: null, barcodes: [], bin: 'x'.repeat(25) }, 'bin-too-long'],
])('refuses %j and writes nothing', async (facts, reason) => {
  const desk = await deskWithOrders()
  const before = await mug(desk)
  expect(await editProductFacts(desk, { sku: 'MUG', ...facts })).toMatchObject({ error: { reason } })
  expect(await mug(desk)).toEqual(before)
})

it('a file changes what it says, names what it cannot take, and the second time changes nothing', async () => {
  const desk = await deskWithOrders()
  await editProductFacts(desk, { sku: 'MUG', cost: null, barcodes: ['12345678'] })
  const text = 'sku,cost,currency\nMUG,4.20,EUR\nNEVER,1,EUR\nMUG,9,EUR\n'
  const first = await importProductFacts(desk, { text })
  expect(first).toMatchObject({ changed: 1, same: 0 })
  expect(first.problems.map(({ line, reason }) => [line, reason])).toEqual([
    [3, 'sku-unknown'],
    [4, 'sku-twice'],
  ])
  expect(await mug(desk)).toMatchObject({ cost: money(420, 'EUR'), barcodes: ['12345678'] })
  expect(await desk.db.products.where('sku').equals('NEVER').count()).toBe(0)
  const journal = (await edits(desk)).length
  expect(await importProductFacts(desk, { text })).toMatchObject({ changed: 0, same: 1 })
  expect(await edits(desk)).toHaveLength(journal)
})
