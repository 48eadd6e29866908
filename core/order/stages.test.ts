import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { customsError, customsWarning } from '#core/customs/finding.ts'
import type { Address } from '#core/address/address.ts'
import { REMOTE_STATUSES, STAGES, type RemoteStatus, type Stage } from '#core/order/order.ts'
import {
  decideBlocked,
  decideStage,
  LOCAL_MOVES,
  REMOTE_MOVES,
  type OrderFindings,
} from '#core/order/stages.ts'

const none: OrderFindings = { address: [], customs: [] }
const shipTo = { country: 'DE' } as Address

describe('decideStage', () => {
  it.each<[RemoteStatus, Stage]>([
    ['awaiting_payment', 'unpaid'],
    ['on_hold', 'to_ship'],
    ['to_ship', 'to_ship'],
    ['partially_shipped', 'to_ship'],
    ['handed_over', 'handed_over'],
    ['shipped', 'shipped'],
    ['delivered', 'shipped'],
    ['cancel_requested', 'to_ship'],
    ['cancelled', 'cancelled'],
    ['unknown', 'to_ship'],
  ])('a new order that is %s starts at %s', (status, stage) => {
    expect(decideStage(status, { stage: null, statusBefore: null })).toBe(stage)
  })

  it.each<[RemoteStatus, Stage, RemoteStatus, Stage]>([
    ['to_ship', 'label_ready', 'to_ship', 'label_ready'],
    ['to_ship', 'handed_over', 'to_ship', 'handed_over'],
    ['to_ship', 'shipped', 'to_ship', 'shipped'],
    ['awaiting_payment', 'label_ready', 'to_ship', 'label_ready'],
    ['awaiting_payment', 'to_ship', 'to_ship', 'unpaid'],
    ['cancelled', 'label_ready', 'to_ship', 'cancelled'],
    ['cancelled', 'shipped', 'shipped', 'cancelled'],
    ['shipped', 'to_ship', 'to_ship', 'shipped'],
    ['shipped', 'label_ready', 'to_ship', 'shipped'],
    ['handed_over', 'shipped', 'shipped', 'shipped'],
    ['unknown', 'label_ready', 'to_ship', 'label_ready'],
    ['cancel_requested', 'shipped', 'shipped', 'shipped'],
    ['partially_shipped', 'handed_over', 'handed_over', 'handed_over'],
    ['to_ship', 'handed_over', 'handed_over', 'to_ship'],
    ['to_ship', 'shipped', 'shipped', 'to_ship'],
    ['to_ship', 'cancelled', 'cancelled', 'to_ship'],
  ])('%s on %s (was %s) gives %s', (status, stage, statusBefore, expected) => {
    expect(decideStage(status, { stage, statusBefore })).toBe(expected)
  })

  it('only makes moves of the table or takes back the remote’s own word', () => {
    const statuses = fc.constantFrom(...REMOTE_STATUSES)
    fc.assert(
      fc.property(statuses, fc.constantFrom(...STAGES), statuses, (status, stage, statusBefore) => {
        const next = decideStage(status, { stage, statusBefore })
        const legal = next === stage || REMOTE_MOVES[stage].includes(next)
        const takenBack = next === 'to_ship' && ['handed_over', 'shipped', 'delivered'].includes(statusBefore)
        expect(legal || takenBack).toBe(true)
        expect(decideStage(status, { stage: next, statusBefore: status })).toBe(next)
      }),
    )
  })

  it('lets people reach every stage they can cause, and undo until the parcel is gone', () => {
    expect(LOCAL_MOVES.to_ship).toContain('label_ready')
    expect(LOCAL_MOVES.label_ready).toEqual(expect.arrayContaining(['to_ship', 'handed_over']))
    expect(LOCAL_MOVES.shipped).toEqual([])
  })
})

describe('decideBlocked', () => {
  const order = {
    stage: 'to_ship' as Stage,
    status: 'to_ship' as RemoteStatus,
    held: false,
    shipTo: shipTo as Address | null,
  }
  const bad: OrderFindings = {
    address: [
      { field: 'phone', reason: 'phone-invalid', severity: 'warning' },
      { field: 'postcode', reason: 'missing', severity: 'error' },
    ],
    customs: [
      customsWarning('destination', 'consigneeId', 'consignee-id-missing'),
      customsError('weight', 'grossGrams', 'weight-unknown'),
      customsError('hs', 'lines.1.customs.hs6', 'hs-missing'),
    ],
  }

  it('gives one reason at a time, in a fixed order', () => {
    const all = { ...order, held: true, shipTo: null }
    expect(decideBlocked({ ...all, status: 'cancel_requested' }, bad).blocked).toBe('cancel-requested')
    expect(decideBlocked({ ...all, status: 'on_hold' }, bad).blocked).toBe('on-hold-remote')
    expect(decideBlocked({ ...all, status: 'unknown' }, bad).blocked).toBe('unknown-status')
    expect(decideBlocked(all, bad)).toEqual({ blocked: 'held', blockedField: 'held', blockedDetail: null })
    expect(decideBlocked({ ...order, shipTo: null }, bad)).toEqual({
      blocked: 'address-missing',
      blockedField: 'shipTo',
      blockedDetail: null,
    })
    expect(decideBlocked(order, bad)).toEqual({
      blocked: 'address-incomplete',
      blockedField: 'shipTo.postcode',
      blockedDetail: { reason: 'missing', detail: '' },
    })
    expect(decideBlocked(order, { ...bad, address: [] })).toEqual({
      blocked: 'customs-incomplete',
      blockedField: 'lines.1.customs.hs6',
      blockedDetail: { reason: 'hs-missing', detail: '' },
    })
    expect(decideBlocked(order, none)).toEqual({ blocked: null, blockedField: '', blockedDetail: null })
  })

  it('is not stopped by warnings, nor by what is known only when packing', () => {
    const packing = ['grossGrams', 'signer', 'signedOn', 'category'].map((field) =>
      customsError('weight', field, 'x'),
    )
    expect(decideBlocked(order, { address: bad.address.slice(0, 1), customs: packing }).blocked).toBe(null)
    const form = [customsError('form', 'total', 'needs-cn23')]
    expect(decideBlocked(order, { address: [], customs: form }).blocked).toBe(null)
  })

  it('stops a made label by words only, and what is gone or unpaid by nothing', () => {
    const ready = { ...order, stage: 'label_ready' as const }
    expect(decideBlocked(ready, bad).blocked).toBe(null)
    expect(decideBlocked({ ...ready, held: true }, bad).blocked).toBe('held')
    expect(decideBlocked({ ...ready, status: 'awaiting_payment' }, bad).blocked).toBe('on-hold-remote')
    for (const stage of ['unpaid', 'handed_over', 'shipped', 'cancelled'] as const)
      expect(
        decideBlocked({ ...order, stage, held: true, status: 'cancel_requested', shipTo: null }, bad).blocked,
      ).toBe(null)
  })
})
