import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConnectionId, DocumentId, OrderId, ShipmentId } from '#core/shared/ids.ts'
import { advanceShipment, SHIPMENT_MOVES, SHIPMENT_STATES, type Shipment } from '#core/shipping/shipment.ts'

const draft: Shipment = {
  id: 's' as ShipmentId,
  orderIds: ['o' as OrderId],
  connectionId: 'c' as ConnectionId,
  poolId: null,
  service: 'Tracked',
  trackingNumber: null,
  state: 'draft',
  grossGrams: 900,
  sizeMm: null,
  declaration: null,
  documentId: null,
  createdAt: 1,
  updatedAt: 1,
}
const facts = { trackingNumber: 'LZ473124829CN', documentId: 'd' as DocumentId }

describe('advanceShipment', () => {
  it('walks from draft to hand-over', () => {
    let shipment = draft
    for (const [to, more] of [
      ['numbered', { trackingNumber: facts.trackingNumber }],
      ['label_stored', { documentId: facts.documentId }],
      ['printed', {}],
      ['handed_over', {}],
    ] as const) {
      const moved = advanceShipment(shipment, to, 9, more)
      if (!moved.ok) throw new Error(moved.error.reason)
      shipment = moved.value
    }
    expect(shipment).toEqual({ ...draft, ...facts, state: 'handed_over', updatedAt: 9 })
  })

  it.each([
    ['numbered', {}, 'trackingNumber-missing'],
    ['label_stored', { trackingNumber: 'X' }, 'documentId-missing'],
    ['printed', facts, 'shipment-move'],
    ['handed_over', facts, 'shipment-move'],
  ] as const)('refuses draft to %s with %j: %s', (to, given, reason) => {
    expect(advanceShipment(draft, to, 9, given)).toMatchObject({ ok: false, error: { reason } })
  })

  it('never changes a number that is on paper', () => {
    const printed: Shipment = { ...draft, ...facts, state: 'printed' }
    expect(advanceShipment(printed, 'label_stored', 9, { trackingNumber: 'OTHER' })).toMatchObject({
      ok: false,
      error: { reason: 'tracking-number-fixed' },
    })
    expect(advanceShipment(printed, 'label_stored', 9, { documentId: 'e' as DocumentId }).ok).toBe(true)
  })

  it('does not mind being told twice', () => {
    for (const state of SHIPMENT_STATES) {
      const shipment = { ...draft, state }
      expect(advanceShipment(shipment, state, 9)).toEqual({ ok: true, value: shipment })
    }
  })

  it('never leaves a final state, whatever is tried', () => {
    const state = fc.constantFrom(...SHIPMENT_STATES)
    fc.assert(
      fc.property(fc.array(state, { maxLength: 30 }), (tries) => {
        let shipment = draft
        for (const to of tries) {
          const before = shipment.state
          const moved = advanceShipment(shipment, to, 9, before === to ? {} : facts)
          if (moved.ok) shipment = moved.value
          if (shipment.state !== before) expect(SHIPMENT_MOVES[before]).toContain(shipment.state)
          if (before === 'voided' || before === 'handed_over') expect(shipment.state).toBe(before)
        }
      }),
    )
  })
})
