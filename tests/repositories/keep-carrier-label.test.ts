import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { MEDIA } from '#core/documents/media.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { keepCarrierLabel } from '#renderer/usecases/keep-carrier-label.ts'
import { printDocument } from '#renderer/usecases/print-document.ts'
import { voidLabel } from '#renderer/usecases/void-label.ts'
import { openTestDesk, remoteOrder, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

/** A label that was bought elsewhere: it becomes the order's own once, whole or not at all, and is printed byte for byte. */

let desk: TestDesk
let ids: OrderId[]
const ZPL = new Uint8Array(Buffer.from('^XA^PW812^LL1218^FO1,1^FDÄ^FS^XZ', 'latin1'))

beforeEach(async () => {
  desk = await openTestDesk()
  const remote = [remoteOrder(1), remoteOrder(2)]
  await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(desk as never, SHOP, remote),
  )
  // The linter of goods would keep a label of ours back; this one is paid for.
  await desk.db.orders.toCollection().modify({ blocked: null, blockedField: '' })
  ids = (await desk.db.orders.toArray())
    .sort((a, b) => (a.remoteId < b.remoteId ? -1 : 1))
    .map(({ id }) => id)
})

function label(orderId: OrderId, parts: object = {}) {
  return {
    ...{ orderId, trackingNumber: '1z 999 aa1', service: ' UPS Saver ', grossGrams: 700, bytes: ZPL },
    ...{ mime: 'application/zpl' as const, medium: MEDIA['label-4x6'] },
    ...parts,
  }
}

describe('a label of a carrier’s', () => {
  it('is the order’s own, with its number and service, and is sent to the printer as it came', async () => {
    const sent: Uint8Array[] = []
    desk.host['printing.print'] = (job) => {
      sent.push(job.bytes)
      return Promise.resolve({ ok: true, value: { spooledAs: 'x' } })
    }
    const kept = await keepCarrierLabel(desk, label(ids[0]!))
    if (!kept.ok) throw new Error(JSON.stringify(kept.error))
    expect(kept.value.shipment).toMatchObject({
      trackingNumber: '1Z999AA1',
      poolId: null,
      state: 'label_stored',
    })
    expect(await desk.db.orders.get(ids[0]!)).toMatchObject({
      ...{ stage: 'label_ready', trackingNumber: '1Z999AA1', service: 'UPS Saver' },
    })
    const printed = await printDocument(desk, {
      ...{ documentId: kept.value.document.id, copies: 1 },
      target: { driver: 'raw', host: '10.0.0.1', port: 9100, format: 'zpl-203' },
    })
    expect(printed.ok).toBe(true)
    expect(sent).toEqual([ZPL])
  })

  it('is refused where there is one, where the number is in use, and without number, service or weight', async () => {
    const [first, second] = [ids[0]!, ids[1]!]
    const reasons = []
    for (const asked of [
      label(first, { trackingNumber: '!' }),
      label(first, { service: ' ' }),
      label(first, { grossGrams: 0 }),
    ]) {
      const kept = await keepCarrierLabel(desk, asked)
      reasons.push(kept.ok ? 'kept' : kept.error[0]?.reason)
    }
    expect(reasons).toEqual(['tracking-number-invalid', 'carrier-invalid', 'weight-unknown'])
    expect(await desk.db.shipments.count()).toBe(0)
    expect(await keepCarrierLabel(desk, label(first))).toMatchObject({ ok: true })
    expect(await keepCarrierLabel(desk, label(first))).toMatchObject({ error: [{ reason: 'stage' }] })
    expect(await keepCarrierLabel(desk, label(second))).toMatchObject({ error: [{ reason: 'number-used' }] })
    expect(await desk.db.documents.count()).toBe(1)
  })

  it('is thrown away like one of ours, and another takes its place', async () => {
    await keepCarrierLabel(desk, label(ids[0]!))
    expect(await voidLabel(desk, { orderId: ids[0]! })).toMatchObject({ value: { state: 'voided' } })
    await desk.db.orders.toCollection().modify({ blocked: null, blockedField: '' })
    const again = await keepCarrierLabel(desk, label(ids[0]!, { trackingNumber: '1Z999AA2' }))
    expect(again).toMatchObject({ ok: true, value: { shipment: { trackingNumber: '1Z999AA2' } } })
  })
})
