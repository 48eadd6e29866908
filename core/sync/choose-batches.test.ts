import { describe, expect, it } from 'vitest'
import type { ConnectionId, OutboxId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { chooseBatches, type BatchChoice } from '#core/sync/choose-batches.ts'
import { UNDO_GRACE_MS } from '#core/sync/outbox-machine.ts'
import { chooseSends } from '#core/sync/choose-sends.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'

const SHOP = 'shop-1' as ConnectionId
const choice: BatchChoice = {
  limitsOf: (id) => (id === SHOP ? { least: 3, most: 4 } : null),
  skip: new Set(),
  busy: () => false,
}

function price(
  n: number,
  over: Partial<OutboxRow<'push-price'>> & { market?: string } = {},
): OutboxRow<'push-price'> {
  const { market = 'DE', ...row } = over
  const sku = `SKU-${n}`
  return {
    ...{ id: `row-${n}` as OutboxId, connectionId: SHOP, entityKey: `listing:${sku}`, entityLabel: sku },
    ...{ kind: 'push-price', state: 'queued', held: false, inFlight: false, attempts: 0 },
    ...{ createdAt: n, nextAttemptAt: 0, leaseUntil: 0, lastIssue: null },
    payload: {
      ...{ listingRemoteId: sku, offerRemoteId: sku, sku, market },
      ...{ before: { minor: 1, currency: 'EUR' }, value: { minor: 2, currency: 'EUR' } },
    },
    ...row,
  }
}

const many = (count: number, over: Parameters<typeof price>[1] = {}, from = 0): OutboxRow[] =>
  Array.from({ length: count }, (_, n) => price(from + n, over))
const idsOf = (rows: readonly OutboxRow[], over: Partial<BatchChoice> = {}): string[] | undefined =>
  chooseBatches(rows, 100, { ...choice, ...over }).batches[0]?.ids

describe('prices that leave together', () => {
  it('are as many as are worth it, and as fit, oldest first', () => {
    expect(idsOf(many(2))).toBeUndefined()
    expect(idsOf(many(3).reverse())).toEqual(['row-0', 'row-1', 'row-2'])
    expect(idsOf(many(9))).toHaveLength(4)
  })

  it('are of one market: the one for which most wait', () => {
    const rows = [...many(3), ...many(4, { market: 'GB' }, 10)]
    expect(chooseBatches(rows, 100, choice).batches).toEqual([
      { connectionId: SHOP, market: 'GB', ids: ['row-10', 'row-11', 'row-12', 'row-13'] },
    ])
  })

  it('are none where changes go one by one, where the shop must not be used, or while another batch is being made', () => {
    expect(idsOf(many(5, { connectionId: 'other' as ConnectionId }))).toBeUndefined()
    expect(idsOf(many(5), { skip: new Set([SHOP]) })).toBeUndefined()
    expect(idsOf([...many(5), price(9, { state: 'leased', batch: 'making' })])).toBeUndefined()
    expect(idsOf([...many(5), price(9, { state: 'blocked-auth' })])).toBeUndefined()
    const limited = { state: 'waiting' as const, lastIssue: issue('rate-limited'), nextAttemptAt: 200 }
    expect(idsOf([...many(5), price(9, limited)])).toBeUndefined()
  })

  it.each([
    ['it was in a batch that did not take it', { batch: 'alone' }],
    ['it may have arrived', { state: 'waiting', inFlight: true, lastIssue: issue('outcome-unknown') }],
    ['it was refused and sent again', { lastIssue: issue('invalid-input') }],
    ['it is held', { held: true }],
    ['it waits for its next attempt', { attempts: 1, nextAttemptAt: 200 }],
  ] as const)('leave one out because %s', (_why, over) => {
    expect(idsOf([...many(3), price(9, over)])).toEqual(['row-0', 'row-1', 'row-2'])
    expect(idsOf([...many(2), price(9, over)])).toBeUndefined()
  })

  it('of a second market, and more than fit, wait for the batch that is being made', () => {
    const rows = [...many(5), ...many(3, { market: 'GB' }, 10), ...many(2, { market: 'FR' }, 20)]
    expect(chooseBatches(rows, 100, choice)).toMatchObject({
      batches: [{ market: 'DE' }],
      gathering: ['row-4', 'row-10', 'row-11', 'row-12'],
    })
    const making = price(30, { state: 'leased', batch: 'making' })
    expect(chooseBatches([...many(3), making], 100, choice)).toEqual({
      batches: [],
      gathering: ['row-0', 'row-1', 'row-2'],
    })
  })

  it('wait for those that were changed a moment ago, when all of them are worth a batch', () => {
    const resting = { nextAttemptAt: 100 + UNDO_GRACE_MS }
    const chosen = chooseBatches([...many(1), ...many(2, resting, 10)], 100, choice)
    expect(chosen).toEqual({ batches: [], gathering: ['row-0'] })
    expect(chooseBatches([...many(1), ...many(1, resting, 10)], 100, choice).gathering).toEqual([])
    const later = { nextAttemptAt: 101 + UNDO_GRACE_MS }
    expect(chooseBatches([...many(1), ...many(2, later, 10)], 100, choice).gathering).toEqual([])
    const rows = [...many(3), ...many(2, resting, 10)]
    expect(chooseBatches(rows, 100, choice).gathering).toEqual(['row-0', 'row-1', 'row-2'])
    // As many as fit, or the first of them has waited for long.
    expect(idsOf([...many(4), ...many(2, resting, 10)])).toHaveLength(4)
    const late = { nextAttemptAt: 100 - 30_000 }
    expect(idsOf([...many(3, late), ...many(2, resting, 10)])).toEqual(['row-0', 'row-1', 'row-2'])
  })

  it('take what only the line kept back', () => {
    const down = { state: 'waiting' as const, attempts: 2, lastIssue: issue('remote-down') }
    expect(idsOf(many(3, down))).toHaveLength(3)
  })

  it('never overtake an older change of the same price, not even one whose attempt may still be arriving', () => {
    const second = { ...price(0), id: 'second' as OutboxId, createdAt: 50 }
    expect(idsOf([...many(3), second])).toEqual(['row-0', 'row-1', 'row-2'])
    const busy = (id: OutboxId): boolean => id === 'row-0'
    expect(idsOf([...many(4), second], { busy })).toEqual(['row-1', 'row-2', 'row-3'])
  })
})

describe('what leaves by itself beside a batch', () => {
  const limits = { perConnection: 2 }

  it('is not what the batch has, nor what stands behind it', () => {
    const second = { ...price(0), id: 'second' as OutboxId, createdAt: 50 }
    const batched = new Set(['row-0', 'row-1', 'row-2'] as OutboxId[])
    const chosen = chooseSends([...many(4), second], 100, { ...limits, batched })
    expect(chosen.map(({ id }) => id)).toEqual(['row-3'])
  })

  it('does not wait for the batch', () => {
    const making = many(3, { state: 'leased', batch: 'making', leaseUntil: 1_000 })
    expect(chooseSends([...making, ...many(2, {}, 10)], 100, limits)).toHaveLength(2)
  })
})
