import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConnectionId, OutboxId } from '#core/shared/ids.ts'
import { issue, ISSUE_CODES, type IssueCode } from '#core/shared/issue.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import { laneOf, OUTBOX_STATES, type OutboxRow, type OutboxState } from '#core/sync/outbox.ts'
import {
  canMove,
  expireLeases,
  LEASE_MS,
  lease,
  OUTBOX_TRANSITIONS,
  requeue,
  SETTLING_MS,
  settleIssue,
  settleSuccess,
  wake,
} from '#core/sync/outbox-machine.ts'
import { chooseSends, nextSendAt } from '#core/sync/choose-sends.ts'

function makeRow(over: Partial<OutboxRow<'confirm-shipment'>> = {}): OutboxRow {
  return {
    id: 'row-1' as OutboxId,
    connectionId: 'shop-1' as ConnectionId,
    entityKey: 'order 1',
    entityLabel: 'A-1',
    kind: 'confirm-shipment',
    payload: { orderRemoteId: '1', trackingNumber: 'RR1', carrier: 'Post' },
    state: 'queued',
    held: false,
    inFlight: false,
    attempts: 0,
    createdAt: 0,
    nextAttemptAt: 0,
    leaseUntil: 0,
    lastIssue: null,
    ...over,
  }
}

const rng = seededRng(1)

describe('settling an attempt', () => {
  const expected: Record<IssueCode, OutboxState> = {
    auth: 'blocked-auth',
    'rate-limited': 'waiting',
    'invalid-input': 'needs-attention',
    conflict: 'blocked-conflict',
    'not-found': 'needs-attention',
    unsupported: 'needs-attention',
    'remote-down': 'waiting',
    malformed: 'needs-attention',
    cancelled: 'queued',
    'outcome-unknown': 'waiting',
  }

  it.each(ISSUE_CODES)('puts %s where it belongs, by a legal move', (code) => {
    const after = settleIssue(lease(makeRow(), 1_000), issue(code), 2_000, rng)
    expect(after.state).toBe(expected[code])
    expect(canMove('leased', after.state)).toBe(true)
    expect(after.lastIssue?.code).toBe(code)
    expect(after.inFlight).toBe(code === 'outcome-unknown')
  })

  it('waits as long as the remote asks', () => {
    const after = settleIssue(
      lease(makeRow(), 0),
      issue('rate-limited', { retryAfterMs: 30_000 }),
      1_000,
      rng,
    )
    expect(after.nextAttemptAt).toBeGreaterThanOrEqual(31_000)
    expect(after.nextAttemptAt).toBeLessThanOrEqual(32_000)
  })

  it('gives a lost write time to show before it is read back', () => {
    const after = settleIssue(lease(makeRow(), 0), issue('outcome-unknown'), 1_000, () => 0)
    expect(after.nextAttemptAt).toBe(1_000 + SETTLING_MS)
  })

  it('keeps an unknown outcome open until the remote gives a clear answer', () => {
    const lost = settleIssue(lease(makeRow(), 0), issue('outcome-unknown'), 0, rng)
    const stillLost = settleIssue(
      lease(lost, 10_000),
      issue('remote-down', { reason: 'no-connection' }),
      10_000,
      rng,
    )
    expect(stillLost).toMatchObject({
      state: 'waiting',
      inFlight: true,
      lastIssue: { code: 'outcome-unknown' },
    })
    const signedOut = settleIssue(lease(stillLost, 20_000), issue('auth'), 20_000, rng)
    expect(signedOut).toMatchObject({ state: 'blocked-auth', inFlight: true })
    const refused = settleIssue(
      lease(requeue(signedOut, 30_000), 30_000),
      issue('invalid-input'),
      30_000,
      rng,
    )
    expect(refused).toMatchObject({
      state: 'needs-attention',
      inFlight: false,
      lastIssue: { code: 'invalid-input' },
    })
  })

  it('removes only what was being sent', () => {
    expect(settleSuccess(lease(makeRow(), 0))).toEqual({ remove: 'row-1' })
    expect(() => settleSuccess(makeRow())).toThrow()
    expect(() => lease(makeRow({ state: 'blocked-auth' }), 0)).toThrow()
    expect(() => requeue(lease(makeRow(), 0), 0)).toThrow()
  })

  it('does not wait for a lease of a process that is gone', () => {
    const taken = lease(makeRow(), 10_000)
    expect(expireLeases([taken], 20_000, 5_000)).toEqual([taken])
    expect(expireLeases([taken], 20_000, 15_000)).toMatchObject([
      { state: 'waiting', inFlight: true, nextAttemptAt: 20_000 + SETTLING_MS },
    ])
  })

  it('takes a run-out lease for an unknown outcome', () => {
    const [row, other] = expireLeases([lease(makeRow(), 0, 100), makeRow()], 100, -LEASE_MS)
    expect(row).toMatchObject({ state: 'waiting', inFlight: true, lastIssue: { reason: 'lease-expired' } })
    expect(other).toEqual(makeRow())
  })

  it('wakes rows that wait for the line, and not those the remote slowed down', () => {
    const down = settleIssue(lease(makeRow({ attempts: 9 }), 0), issue('remote-down'), 0, () => 0.9)
    expect(wake(down, 5).nextAttemptAt).toBe(5)
    const limited = settleIssue(lease(makeRow(), 0), issue('rate-limited', { retryAfterMs: 9_000 }), 0, rng)
    expect(wake(limited, 5)).toEqual(limited)
  })

  it('has a table whose every state can be left and reached', () => {
    for (const state of OUTBOX_STATES) {
      expect(OUTBOX_TRANSITIONS[state].length).toBeGreaterThan(0)
      if (state !== 'queued') expect(Object.values(OUTBOX_TRANSITIONS).flat()).toContain(state)
    }
  })
})

interface World {
  rows: Map<string, OutboxRow>
  sent: OutboxRow[]
  now: number
}

type Move =
  | { kind: 'send'; outcome: IssueCode | 'ok' | 'crash' }
  | { kind: 'tick'; ms: number }
  | { kind: 'person'; pick: number; what: 'hold' | 'release' | 'requeue' }

const moves = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('send' as const),
      outcome: fc.constantFrom(...ISSUE_CODES, 'ok' as const, 'crash' as const),
    }),
    fc.record({ kind: fc.constant('tick' as const), ms: fc.integer({ min: 0, max: 400_000 }) }),
    fc.record({
      kind: fc.constant('person' as const),
      pick: fc.nat(20),
      what: fc.constantFrom('hold' as const, 'release' as const, 'requeue' as const),
    }),
  ),
  { maxLength: 80 },
)

const rowsOf = (count: number): OutboxRow[] =>
  Array.from({ length: count }, (_, n) =>
    makeRow({
      id: `row-${String(n).padStart(3, '0')}` as OutboxId,
      connectionId: `shop-${n % 2}` as ConnectionId,
      entityKey: `order ${n % 5}`,
      createdAt: Math.floor(n / 3),
    }),
  )

function play(world: World, move: Move): void {
  if (move.kind === 'tick') world.now += move.ms
  for (const row of expireLeases([...world.rows.values()], world.now, -LEASE_MS)) world.rows.set(row.id, row)
  const rows = [...world.rows.values()]
  if (move.kind === 'person') {
    const row = rows[move.pick % Math.max(1, rows.length)]
    if (row === undefined) return
    if (move.what !== 'requeue') world.rows.set(row.id, { ...row, held: move.what === 'hold' })
    else if (row.state !== 'leased') world.rows.set(row.id, requeue(row, world.now))
  }
  if (move.kind !== 'send') return
  for (const chosen of chooseSends(rows, world.now, { perConnection: 2 })) {
    const leased = lease(chosen, world.now, 60_000)
    world.rows.set(leased.id, leased)
    if (move.outcome === 'crash') continue
    if (move.outcome === 'ok') {
      world.sent.push(leased)
      world.rows.delete(settleSuccess(leased).remove)
    } else
      world.rows.set(leased.id, settleIssue(leased, issue(move.outcome), world.now, seededRng(world.now)))
  }
}

describe('any course of events', () => {
  it('loses no row and keeps the order of each entity', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), moves, (count, course) => {
        const all = rowsOf(count)
        const world: World = { rows: new Map(all.map((row) => [row.id, row])), sent: [], now: 0 }
        for (const move of course) play(world, move)
        const ids = [...world.rows.keys(), ...world.sent.map(({ id }) => id)].sort()
        expect(ids).toEqual(all.map(({ id }) => id).sort())
        for (const entity of new Set(all.map(laneOf))) {
          const made = all.filter((row) => laneOf(row) === entity).map(({ id }) => id)
          const sent = world.sent.filter((row) => laneOf(row) === entity).map(({ id }) => id)
          expect(sent).toEqual(made.slice(0, sent.length))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('never has two rows of one entity on their way, nor more than a connection may', () => {
    fc.assert(
      fc.property(moves, (course) => {
        const world: World = { rows: new Map(rowsOf(20).map((row) => [row.id, row])), sent: [], now: 0 }
        for (const move of course) {
          play(world, move)
          const leased = [...world.rows.values()].filter(({ state }) => state === 'leased')
          expect(new Set(leased.map(laneOf)).size).toBe(leased.length)
          for (const shop of ['shop-0', 'shop-1'])
            expect(leased.filter(({ connectionId }) => connectionId === shop).length).toBeLessThanOrEqual(2)
        }
      }),
    )
  })

  it('lets one bad row block its own entity only', () => {
    const bad = fc.constantFrom<OutboxState>('needs-attention', 'blocked-conflict', 'waiting')
    fc.assert(
      fc.property(bad, fc.nat(19), fc.boolean(), (state, index, held) => {
        const rows = rowsOf(20).map((row, n) =>
          n === index ? { ...row, state, held, nextAttemptAt: 9_999, lastIssue: issue('remote-down') } : row,
        )
        const chosen = chooseSends(rows, 100, { perConnection: 100 })
        const blocked = rows[index]!
        const others = new Set(rows.map(laneOf))
        const heads = rowsOf(20).filter((row) => laneOf(row) === laneOf(blocked))
        // Only a head blocks; a bad row further back does not stop those before it.
        if (heads[0]!.id === blocked.id) others.delete(laneOf(blocked))
        expect(new Set(chosen.map(laneOf))).toEqual(others)
      }),
    )
  })
})

describe('choosing what to send', () => {
  it('leaves a connection alone that asks for sign-in or told us to slow down', () => {
    const [a, b, c, d] = rowsOf(4) as [OutboxRow, OutboxRow, OutboxRow, OutboxRow]
    const signIn = chooseSends([{ ...a, state: 'blocked-auth' }, b, c, d], 0, { perConnection: 9 })
    expect(signIn.map(({ connectionId }) => connectionId)).toEqual(['shop-1', 'shop-1'])
    const slowed = { ...a, state: 'waiting' as const, nextAttemptAt: 50, lastIssue: issue('rate-limited') }
    expect(chooseSends([slowed, c], 0, { perConnection: 9 })).toEqual([])
    expect(chooseSends([slowed, c], 50, { perConnection: 9 })).toHaveLength(2)
    expect(chooseSends([b], 0, { perConnection: 9, skip: new Set([b.connectionId]) })).toEqual([])
  })

  it('knows when to look again', () => {
    const waiting = makeRow({ state: 'waiting', nextAttemptAt: 70 })
    expect(nextSendAt([waiting, lease(makeRow(), 0, 60), makeRow({ state: 'needs-attention' })])).toBe(60)
    expect(nextSendAt([{ ...waiting, held: true }])).toBeNull()
  })
})
