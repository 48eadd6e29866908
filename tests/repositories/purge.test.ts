import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import type { RemoteOrder } from '#core/order/order.ts'
import { checkEntry, EMPTY_JOURNAL, type JournalHead } from '#core/sync/journal.ts'
import { verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { purgeBuyers } from '#renderer/usecases/purge-buyers.ts'
import { saveSettings } from '#renderer/usecases/save-settings.ts'
import { BUYER, openTestDesk, remoteOrder, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

const DAY = 86_400_000
const pull = (desk: TestDesk, remotes: RemoteOrder[]) =>
  inUnit(desk.db, { stores: MERGE_STORES, durability: 'relaxed' }, () =>
    mergeRemoteOrders({ ...desk, aliveSince: 0, breathe: () => Promise.resolve() }, SHOP, remotes),
  )
const purge = (desk: TestDesk) =>
  purgeBuyers({ ...desk, breathe: () => Promise.resolve(), stopped: () => false })

const OTTO = {
  ...BUYER,
  name: 'Otto Offen',
  line1: 'Gasse 9',
  postcode: '99999',
  phone: '+4911',
  email: 'otto@example.com',
}
const OPEN: Partial<RemoteOrder> = { buyerName: OTTO.name, buyerEmail: OTTO.email, shipTo: OTTO }

/** 20 orders that were shipped at START, 20 that are open. */
async function oldDesk(days: number): Promise<TestDesk> {
  const desk = await openTestDesk()
  const remotes = Array.from({ length: 40 }, (_, i) =>
    remoteOrder(i + 1, i % 2 === 0 ? { status: 'delivered' } : OPEN),
  )
  await pull(desk, remotes)
  // Once more with another street, so that the journal knows both.
  const moved = (remote: RemoteOrder): RemoteOrder => ({
    ...remote,
    shipTo: remote.shipTo === null ? null : { ...remote.shipTo, line1: `Old lane of ${remote.buyerName}` },
    updatedAt: remote.updatedAt + 1,
  })
  await pull(desk, remotes.map(moved))
  await saveSettings(desk, { patch: { retentionDays: days } })
  return desk
}

/** Everything in the store but what the desk itself is. */
async function everything({ db }: TestDesk): Promise<string> {
  const tables = db.tables.filter(({ name }) => name !== 'settings')
  return JSON.stringify(await Promise.all(tables.map((table) => table.toArray())))
}

describe('purge of buyers’ data', () => {
  it('is off until a person turns it on', async () => {
    const desk = await oldDesk(0)
    desk.at.now = START + 4000 * DAY
    expect(await purge(desk)).toEqual({ ok: true, value: { purged: 0 } })
  })

  it('takes what is due out of every store, and nothing else', async () => {
    const desk = await oldDesk(90)
    const open = await desk.db.orders
      .where('id')
      .above('')
      .filter(({ stage }) => stage === 'to_ship')
      .primaryKeys()
    desk.at.now = START + 89 * DAY
    expect(await purge(desk)).toEqual({ ok: true, value: { purged: 0 } })
    desk.at.now = START + 91 * DAY
    expect(await purge(desk)).toEqual({ ok: true, value: { purged: 20 } })
    expect(await purge(desk)).toEqual({ ok: true, value: { purged: 0 } })
    for (const id of open) expect((await desk.db.orders.get(id))?.shipTo?.name).toBe('Otto Offen')
    const left = await everything(desk)
    for (const word of [BUYER.name, BUYER.email, BUYER.phone, BUYER.postcode])
      expect(left.includes(word), word).toBe(false)
  })

  it('keeps counters right, says so in the timeline, and the journal still verifies', async () => {
    const desk = await oldDesk(30)
    desk.at.now = START + 31 * DAY
    await purge(desk)
    expect(await verifyCounters(desk.db)).toEqual([])
    const entries = await desk.db.activity.orderBy('seq').toArray()
    expect(entries.filter(({ what }) => what === 'buyer-purged')).toHaveLength(20)
    let head: JournalHead = EMPTY_JOURNAL
    for (const entry of entries) {
      expect(checkEntry(head, entry)).toBeNull()
      head = entry
    }
  })

  it('a later pull brings nothing back, unless the order is to be shipped again', async () => {
    const desk = await oldDesk(30)
    desk.at.now = START + 31 * DAY
    await purge(desk)
    const again = remoteOrder(1, { status: 'delivered', rawStatus: 'Archived', updatedAt: desk.at.now })
    await pull(desk, [again])
    const read = async () => await desk.db.orders.where('[connectionId+remoteId]').equals([SHOP, '1']).first()
    expect(await read()).toMatchObject({
      rawStatus: 'Archived',
      buyerName: '',
      shipTo: { name: '', line1: '', country: 'DE' },
    })
    const id = (await read())?.id ?? ''
    expect(JSON.stringify(await desk.db.shadows.get(`order:${id}`))).not.toContain(BUYER.name)
    expect((await desk.db.orderRows.get(id))?.purged).toBe(true)
    await pull(desk, [remoteOrder(1, { status: 'to_ship', updatedAt: desk.at.now + 1 })])
    expect(await read()).toMatchObject({ stage: 'to_ship', buyerName: BUYER.name, shipTo: BUYER })
    expect((await read())?.purgedAt).toBeUndefined()
  })

  it('stopped anywhere, it goes on the next time', async () => {
    const desk = await oldDesk(30)
    desk.at.now = START + 31 * DAY
    let looks = 0
    await purgeBuyers({ ...desk, breathe: () => Promise.resolve(), stopped: () => ++looks > 0 })
    expect(await purge(desk)).toEqual({ ok: true, value: { purged: 20 } })
  })
})
