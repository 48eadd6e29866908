import 'fake-indexeddb/auto'
import * as nodeFs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { placeOfId } from '#core/customs/tax-ids/choose-tax-ids.ts'
import type { OrderId, PoolId } from '#core/shared/ids.ts'
import { ok } from '#core/shared/result.ts'
import { createTaxIdStore } from '#main/secrets/tax-id-store.ts'
import { createVault } from '#main/secrets/vault.ts'
import { loadDesk } from '#renderer/data/repos/settings.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { loadRuleTables } from '#renderer/usecases/follow-rules.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { removeTaxId, saveTaxId } from '#renderer/usecases/save-tax-id.ts'
import { toDump } from '#tests/repositories/dump.ts'
import { MUG, openTestDesk, remoteOrder, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

const IOSS = { kind: 'ioss', country: 'EU', connectionId: null, printed: true } as const
const noKeyring = {
  isEncryptionAvailable: () => false,
  encryptString: () => expect.fail('not available'),
  decryptString: () => expect.fail('not available'),
}

let file: string
/** A desk with main's own vault behind it. */
async function openDesk(unlocked = true): Promise<TestDesk> {
  const vault = createVault({ file, safeStorage: noKeyring, platform: 'linux', cost: 2 ** 14 })
  if (unlocked) await vault.create('correct horse 馬')
  const store = createTaxIdStore(vault)
  return openTestDesk({
    'tax-ids.save': (typed) => store.save(typed),
    'tax-ids.remove': ({ id }) => store.remove(id),
    'tax-ids.list': async () => {
      const listed = await store.list()
      return listed.ok ? ok({ numbers: listed.value }) : listed
    },
  })
}
const known = async ({ db }: TestDesk) => (await loadDesk(db)).customs.taxIds ?? []

beforeEach(async () => {
  file = path.join(await nodeFs.mkdtemp(path.join(tmpdir(), 'caravel-tax-ids-')), 'vault.json')
})

it('a number goes into the vault and nowhere into the store, not even with the label that it is printed on', async () => {
  const desk = await openDesk()
  desk.rules = await loadRuleTables(desk.db)
  const saved = await saveTaxId(desk, { ...IOSS, id: null, number: 'IM 012 345 6789' })
  if (!saved.ok) throw new Error(saved.error.reason)
  expect(await desk.host['tax-ids.list']({})).toEqual(
    ok({ numbers: [{ id: saved.value.id, masked: '••••789' }] }),
  )
  await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
  await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(desk as never, SHOP, [remoteOrder(1)]),
  )
  const orderId = (await desk.db.orders.toArray())[0]?.id as OrderId
  const poolId = (await desk.db.pools.toArray())[0]?.id as PoolId
  const made = await makeLabel(desk, { orderId, poolId, grossGrams: 900 })
  expect(made).toMatchObject({
    value: { shipment: { declaration: { senderTaxReference: `IOSS ${placeOfId(saved.value.id)}` } } },
  })
  expect(JSON.stringify(await toDump(desk.db))).not.toContain('0123456789')
})

it('what is wrong with a number is said before anything is kept', async () => {
  const desk = await openDesk()
  expect(await saveTaxId(desk, { ...IOSS, id: null, number: 'IM012' })).toMatchObject({
    error: { reason: 'tax-id-ioss', field: 'number' },
  })
  expect(await known(desk)).toEqual([])
})

it('while the vault is locked nothing new is kept, and what needs no number can be changed', async () => {
  const open = await openDesk()
  const saved = await saveTaxId(open, { ...IOSS, id: null, number: 'IM0123456789' })
  if (!saved.ok) throw new Error(saved.error.reason)
  const desk = await openDesk(false)
  expect(await saveTaxId(desk, { ...IOSS, id: null, number: 'IM0123456789' })).toMatchObject({
    error: { code: 'auth', reason: 'vault-locked' },
  })
  expect(await known(desk)).toEqual([])
  const moved = { ...IOSS, id: saved.value.id, connectionId: SHOP, number: '' }
  expect(await saveTaxId(desk, moved)).toMatchObject({ ok: true })
  expect(await known(desk)).toEqual([{ ...IOSS, id: saved.value.id, connectionId: SHOP }])
  expect(await removeTaxId(desk, saved.value.id)).toMatchObject({ error: { reason: 'vault-locked' } })
  expect(await known(desk)).toHaveLength(1)

  const again = await openDesk(false)
  expect(await again.host['tax-ids.list']({})).toMatchObject({ error: { reason: 'vault-locked' } })
})

it('a shop has one number of a kind, and may have another than the others', async () => {
  const desk = await openDesk()
  const all = { ...IOSS, id: null, number: 'IM0123456789' }
  const saved = await saveTaxId(desk, all)
  expect(await saveTaxId(desk, all)).toMatchObject({ error: { reason: 'tax-id-twice' } })
  expect(await saveTaxId(desk, { ...all, connectionId: SHOP })).toMatchObject({ ok: true })
  if (!saved.ok) throw new Error(saved.error.reason)
  expect(await saveTaxId(desk, { ...all, id: saved.value.id })).toMatchObject({ ok: true })
  expect(await known(desk)).toHaveLength(2)
})

it('one that is removed is gone from both', async () => {
  const desk = await openDesk()
  const saved = await saveTaxId(desk, { ...IOSS, id: null, number: 'IM0123456789' })
  if (!saved.ok) throw new Error(saved.error.reason)
  expect(await removeTaxId(desk, saved.value.id)).toEqual(ok(null))
  expect(await known(desk)).toEqual([])
  expect(await desk.host['tax-ids.list']({})).toEqual(ok({ numbers: [] }))
})
