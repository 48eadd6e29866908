import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { OrderId, PoolId } from '#core/shared/ids.ts'
import { sha256Text } from '#core/shared/sha256.ts'
import { rulesOf } from '#core/customs/rules/rules-of.ts'
import { openDatabase } from '#renderer/data/database.ts'
import { readOrder } from '#renderer/data/queries/order-detail.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { builtInRules, rulesInForce } from '#renderer/platform/rule-tables.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { followRules, loadRuleTables } from '#renderer/usecases/follow-rules.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { offerRules, takeBuiltInRules, takeRules } from '#renderer/usecases/take-rules.ts'
import { RULES_TEXT } from '#tests/support/destination-rules.ts'
import { MUG, openTestDesk, remoteOrder, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

interface Raw {
  edition: string
  rules: Record<string, unknown>[]
}

let desk: TestDesk
beforeEach(async () => (desk = await openTestDesk()))

const newer = (change: (raw: Raw) => void): string => {
  const raw = JSON.parse(RULES_TEXT) as Raw
  raw.edition = '2026-12-01'
  change(raw)
  return JSON.stringify(raw)
}
const withoutKorea = newer((raw) => (raw.rules = raw.rules.filter(({ where }) => where !== 'KR')))

async function offer(text: string) {
  const offered = await offerRules(desk, { name: 'rules.json', text })
  if (!offered.ok) throw new Error(offered.error.reason)
  return offered.value
}
const knowsKorea = ({ destinations }: TestDesk['rules']) =>
  destinations !== null && rulesOf(destinations, 'KR').length > 0

describe('a newer rule file', () => {
  it('is looked at before it holds: nothing is stored by looking', async () => {
    const offered = await offer(withoutKorea)
    expect(offered.sha256).toBe(sha256Text(withoutKorea))
    expect(offered.diff.removed.map(({ id }) => id)).toEqual(['kr-high', 'kr-high-us', 'kr-low', 'kr-low-us'])
    expect(await desk.db.referenceFiles.count()).toBe(0)
    expect(knowsKorea(await loadRuleTables(desk.db))).toBe(true)
  })

  it.each([
    ['', 'rules-unreadable'],
    ['{', 'rules-unreadable'],
    ['[]', 'rules-unreadable'],
    ['x'.repeat(1_000_001), 'rules-too-large'],
    [newer((raw) => (raw.rules = [])), 'rules-empty'],
    [newer((raw) => (raw.rules = [{ id: 'a' }])), 'rules-empty'],
  ])('that is none is refused: %#', async (text, reason) => {
    expect(await offerRules(desk, { name: 'x', text })).toMatchObject({ ok: false, error: { reason } })
  })

  it('holds once it is taken, here at once, in the worker and after a restart; and can be taken back', async () => {
    // The data worker and another window.
    const elsewhere = await followRules(desk.db)
    await takeRules(desk, await offer(withoutKorea))
    expect(knowsKorea(desk.rules)).toBe(false)
    await vi.waitFor(() => expect(knowsKorea(elsewhere)).toBe(false))
    const { name } = desk.db
    desk.db.close()
    const again = await openDatabase(name)
    if (!again.ok) throw new Error('not opened')
    expect(knowsKorea(await loadRuleTables(again.value))).toBe(false)
    expect(await again.value.referenceFiles.toArray()).toMatchObject([
      { id: 'destination-rules', name: 'rules.json', sha256: sha256Text(withoutKorea) },
    ])

    const ctx = { ...desk, db: again.value }
    await takeBuiltInRules(ctx)
    expect(knowsKorea(ctx.rules)).toBe(true)
    expect(await again.value.referenceFiles.count()).toBe(0)
    const said = await again.value.activity.where('entityKey').equals('desk').sortBy('seq')
    expect(said.slice(-2).map(({ what, values }) => [what, values])).toEqual([
      ['rules-taken', { name: 'rules.json', sha256: sha256Text(withoutKorea) }],
      ['rules-built-in', {}],
    ])
  })

  it('is compared with the file before it, not with ours', async () => {
    await takeRules(desk, await offer(withoutKorea))
    expect((await offer(withoutKorea)).diff).toMatchObject({ added: [], changed: [], removed: [] })
    expect((await offer(RULES_TEXT)).diff.added).toHaveLength(4)
  })

  it('that can no longer be read is said, and ours hold', () => {
    expect(rulesInForce('{}')).toEqual({ ...builtInRules(), from: 'unreadable' })
    expect(rulesInForce(undefined).from).toBe('built-in')
  })
})

it('a shipment keeps the rules of its label', async () => {
  desk.rules = await loadRuleTables(desk.db)
  await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
  await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(desk as never, SHOP, [remoteOrder(1)]),
  )
  const orderId = (await desk.db.orders.toArray())[0]?.id as OrderId
  const poolId = (await desk.db.pools.toArray())[0]?.id as PoolId
  expect(await makeLabel(desk, { orderId, poolId, grossGrams: 900 })).toMatchObject({ ok: true })
  expect(await readOrder(desk.db, orderId)).toMatchObject({
    shipment: {
      ruleIds: ['eu-gpsr', 'eu-handling-fee', 'eu-low-flat-duty', 'eu-product-ids', 'eu-usb-c'],
    },
  })
})
