import type { OutboxRow } from '#core/sync/outbox.ts'
import { describe, expect, it } from 'vitest'
import { checkShipmentNews, plannedOrderChanges } from '#core/order/shipment-news.ts'

describe('what a shop is told', () => {
  it('is tidied and checked', () => {
    const good = checkShipmentNews({ trackingNumber: ' rr 473124829 cn ', carrier: ' Post ' })
    expect(good).toEqual({ ok: true, value: { trackingNumber: 'RR473124829CN', carrier: 'Post' } })
    for (const trackingNumber of ['', 'ab', '=1+1=2', 'A'.repeat(41), 'RR<b>1234'])
      expect(checkShipmentNews({ trackingNumber, carrier: 'Post' })).toMatchObject({
        error: { field: 'trackingNumber' },
      })
    expect(checkShipmentNews({ trackingNumber: 'RR473124829CN', carrier: ' ' })).toMatchObject({
      error: { field: 'carrier' },
    })
  })

  it('is shown against what the shop last said', () => {
    const payload = { orderRemoteId: '1', trackingNumber: 'RR1', carrier: 'Post' }
    const row = { kind: 'confirm-shipment', payload } as OutboxRow<'confirm-shipment'>
    expect(plannedOrderChanges(row, null).map(({ from, to }) => [from, to])).toEqual([
      [null, 'shipped'],
      [null, 'RR1'],
      [null, 'Post'],
    ])
  })
})
