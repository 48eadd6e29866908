import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConnectionId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import { backoffCeiling, backoffMs, DEFAULT_BACKOFF } from '#core/sync/backoff.ts'
import { advanceCheckpoint, compareCheckpoints, type PullCheckpoint } from '#core/sync/checkpoint.ts'
import {
  INITIAL_CONNECTIVITY,
  outcomeOf,
  reduceConnectivity,
  type Connectivity,
} from '#core/sync/connectivity.ts'
import {
  chooseDuePulls,
  endPull,
  nextPullAt,
  isAsked,
  nextWakeAt,
  notePage,
  requestPull,
  SAME_WISH_MS,
  startPull,
  type PullState,
} from '#core/sync/schedule.ts'

const checkpoints = fc.record({
  updatedAt: fc.integer({ min: 0, max: 5 }),
  id: fc.oneof(fc.nat(120).map(String), fc.string({ maxLength: 2 })),
})

describe('the checkpoint', () => {
  it('never moves back and ends at the latest, whatever the order of the pages', () => {
    fc.assert(
      fc.property(fc.array(fc.option(checkpoints)), (pages) => {
        let current: PullCheckpoint | null = null
        for (const page of pages) {
          const next: PullCheckpoint | null = advanceCheckpoint(current, page)
          if (current !== null) expect(compareCheckpoints(next!, current)).toBeGreaterThanOrEqual(0)
          current = next
        }
        for (const page of pages)
          if (page !== null) expect(compareCheckpoints(current!, page)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('is a total order: by time, then by id, numbers as numbers', () => {
    const at = (id: string): PullCheckpoint => ({ updatedAt: 1, id })
    expect(compareCheckpoints(at('9'), at('10'))).toBeLessThan(0)
    expect(compareCheckpoints(at('b'), at('a'))).toBeGreaterThan(0)
    expect(compareCheckpoints({ updatedAt: 1, id: '9' }, { updatedAt: 2, id: '1' })).toBeLessThan(0)
    fc.assert(
      fc.property(checkpoints, checkpoints, checkpoints, (a, b, c) => {
        expect(Math.sign(compareCheckpoints(a, b))).toBe(-Math.sign(compareCheckpoints(b, a)) + 0)
        if (compareCheckpoints(a, b) <= 0 && compareCheckpoints(b, c) <= 0)
          expect(compareCheckpoints(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('backoff', () => {
  it('doubles its ceiling up to the cap and stays below it', () => {
    expect([1, 2, 3, 4].map((n) => backoffCeiling(n))).toEqual([2_000, 4_000, 8_000, 16_000])
    expect(backoffCeiling(500)).toBe(DEFAULT_BACKOFF.capMs)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.nat(), (attempts, seed) => {
        const wait = backoffMs(attempts, seededRng(seed))
        expect(wait).toBeGreaterThanOrEqual(0)
        expect(wait).toBeLessThan(backoffCeiling(attempts))
      }),
    )
  })
})

const id = (name: string): ConnectionId => name as ConnectionId

function makePull(over: Partial<PullState> = {}): PullState {
  return {
    connectionId: id('a'),
    what: 'orders',
    intervalMs: 60_000,
    lastEndedAt: 0,
    failures: 0,
    notBefore: 0,
    cutShort: false,
    requestedAt: null,
    whole: false,
    running: false,
    servedAt: null,
    walking: false,
    paused: false,
    ...over,
  }
}

describe('the schedule', () => {
  it('pulls at once when it never did, then every interval', () => {
    expect(nextPullAt(makePull({ lastEndedAt: null }))).toBe(0)
    expect(nextPullAt(makePull({ lastEndedAt: 5_000 }))).toBe(65_000)
    expect(nextPullAt(startPull(makePull()))).toBeNull()
    expect(nextPullAt(makePull({ paused: true }))).toBeNull()
  })

  it('takes first what a person waits for, then the most overdue', () => {
    const states = [
      makePull({ connectionId: id('late'), lastEndedAt: 0 }),
      makePull({ connectionId: id('later'), lastEndedAt: null }),
      requestPull(makePull({ connectionId: id('asked'), lastEndedAt: 90_000 }), 95_000),
      makePull({ connectionId: id('fresh'), lastEndedAt: 95_000 }),
    ]
    expect(chooseDuePulls(states, 100_000).map(({ connectionId }) => connectionId)).toEqual([
      'asked',
      'later',
      'late',
    ])
    expect(nextWakeAt(states.slice(3))).toBe(155_000)
    expect(nextWakeAt([])).toBeNull()
  })

  it('waits after a failure, longer when the remote asks, and for sign-in', () => {
    const rng = seededRng(3)
    const down = endPull(startPull(makePull()), issue('remote-down'), 1_000, rng)
    expect(down).toMatchObject({ failures: 1, running: false })
    const limited = endPull(
      startPull(makePull()),
      issue('rate-limited', { retryAfterMs: 90_000 }),
      1_000,
      rng,
    )
    expect(nextPullAt(requestPull(limited, 2_000, limited.notBefore))).toBeGreaterThanOrEqual(91_000)
    expect(nextPullAt(requestPull(down, 2_000))).toBe(2_000)
    expect(endPull(startPull(makePull()), issue('auth'), 1_000, rng).paused).toBe(true)
    expect(endPull(startPull(down), null, 9_000, rng)).toMatchObject({
      failures: 0,
      notBefore: 0,
      lastEndedAt: 9_000,
    })
  })

  it('goes on where a limit of the remote cut it short, without waiting for the interval', () => {
    const rng = seededRng(5)
    const limit = issue('rate-limited', { retryAfterMs: 3_000 })
    const cut = endPull(startPull(makePull({ intervalMs: 3_600_000 })), limit, 1_000, rng)
    expect(nextPullAt(cut)).toBeGreaterThanOrEqual(4_000)
    expect(nextPullAt(cut)).toBeLessThan(10_000)
    expect(nextPullAt(endPull(startPull(cut), null, 5_000, rng))).toBe(3_605_000)
  })
})

describe('a request while a pull is under way', () => {
  const rng = seededRng(4)
  const asked = (over: Partial<PullState> = {}, at = 1_000): PullState =>
    startPull(requestPull(makePull(over), at))
  const end = (state: PullState, at = 9_000): PullState => endPull(state, null, at, rng)

  it('joins it when it repeats what is being answered', () => {
    const again = requestPull(asked(), 1_000 + SAME_WISH_MS - 1)
    expect(isAsked(again)).toBe(true)
    expect(nextPullAt(end(again))).toBe(69_000)
    expect(isAsked(end(again))).toBe(false)
  })

  it('joins it when a page is still to be read', () => {
    const running = startPull(makePull())
    const joined = notePage(requestPull(running, 5_000), false)
    expect(isAsked(running)).toBe(false)
    expect(isAsked(joined)).toBe(true)
    expect(nextPullAt(end(joined))).toBe(69_000)
  })

  it('leaves one more pull, not one per press, when it came after the last page', () => {
    const late = [5_000, 6_000, 7_000].reduce((state, at) => requestPull(state, at), notePage(asked(), false))
    const first = end(late)
    expect(nextPullAt(first)).toBe(5_000)
    expect(nextPullAt(end(notePage(startPull(first), false), 9_500))).toBe(69_500)
  })

  it('however often it is asked for, a pull answers it: nothing asked for is forgotten', () => {
    const steps = fc.array(fc.constantFrom('ask', 'page', 'end', 'start'), { maxLength: 60 })
    fc.assert(
      fc.property(steps, fc.constantFrom('orders' as const, 'listings' as const), (list, what) => {
        let state = makePull({ what })
        let [asked, read, pulls, presses] = [-1, -1, 0, 0]
        for (const [n, step] of list.entries()) {
          const now = n * 3_000
          if (step === 'ask') {
            state = requestPull(state, now)
            asked = now
            presses++
          } else if (step === 'start' && !state.running && state.requestedAt !== null) {
            state = startPull(state)
            pulls++
          } else if (step === 'page' && state.running) {
            state = notePage(state, state.walking)
            read = now
          } else if (step === 'end' && state.running && read > (state.servedAt ?? 0)) {
            state = endPull(state, null, now, rng)
            if (what === 'orders' && asked > read) expect(state.requestedAt).not.toBeNull()
          }
        }
        expect(pulls).toBeLessThanOrEqual(presses)
      }),
    )
  })

  it('for the whole catalogue is not answered by what changed of it', () => {
    const changes = startPull(makePull({ what: 'listings' }))
    const after = end(notePage(requestPull(changes, 5_000), false))
    expect(after).toMatchObject({ requestedAt: 5_000, whole: true })
    expect(nextPullAt(after)).toBe(5_000)
  })

  it('during a walk asks for no second walk, only for what changed behind it', () => {
    const walk = asked({ what: 'listings' })
    expect(walk.walking).toBe(true)
    const after = end(notePage(requestPull(walk, 8_000), true))
    expect(after).toMatchObject({ requestedAt: 8_000, whole: false })
    // A walk that goes on from before a restart is known by its page.
    const resumed = requestPull(startPull(makePull({ what: 'listings' })), 5_000)
    expect(end(notePage(resumed, true))).toMatchObject({ requestedAt: 5_000, whole: false })
  })
})

describe('connectivity', () => {
  const connections = [id('a'), id('b')]
  const call = (before: Connectivity, connectionId: string, ok: boolean, at: number): Connectivity =>
    reduceConnectivity(before, {
      kind: 'outcome',
      connectionId: id(connectionId),
      outcome: ok ? 'reached' : 'unreachable',
      connections,
      at,
    })

  it('goes offline when every connection failed in a row, online at the first success', () => {
    const one = call(INITIAL_CONNECTIVITY, 'a', false, 1)
    expect(one.state).toBe('online')
    expect(call(one, 'a', false, 2).state).toBe('online')
    const both = call(one, 'b', false, 3)
    expect(both).toMatchObject({ state: 'offline', since: 3 })
    expect(call(both, 'a', false, 4)).toBe(both)
    expect(call(both, 'a', true, 5)).toEqual({
      state: 'online',
      since: 5,
      unreachable: [{ connectionId: 'b', since: 3 }],
    })
    expect(call(call(one, 'a', true, 2), 'b', false, 3).state).toBe('online')
  })

  it('believes a hint that there is no network, never one that there is', () => {
    const off = reduceConnectivity(INITIAL_CONNECTIVITY, { kind: 'hint', online: false, at: 7 })
    expect(off).toMatchObject({ state: 'offline', since: 7 })
    expect(reduceConnectivity(off, { kind: 'hint', online: true, at: 8 })).toBe(off)
  })

  it('takes a shop that answers with an error for reachable', () => {
    expect(outcomeOf(null)).toBe('reached')
    expect(outcomeOf(issue('remote-down', { reason: 'server-error' }))).toBe('reached')
    expect(outcomeOf(issue('auth'))).toBe('reached')
    expect(outcomeOf(issue('remote-down', { reason: 'no-connection' }))).toBe('unreachable')
    expect(outcomeOf(issue('outcome-unknown', { reason: 'cut-off' }))).toBe('unreachable')
    expect(outcomeOf(issue('cancelled'))).toBe('none')
    expect(outcomeOf(issue('rate-limited', { reason: 'local-limit' }))).toBe('none')
  })
})
