import { describe, expect, it } from 'vitest'
import type { ConnectionId } from '#core/shared/ids.ts'
import {
  chooseProbes,
  nextProbeAt,
  INITIAL_CONNECTIVITY,
  PROBE_EVERY_MS,
  reduceConnectivity,
  type CallOutcome,
  type Connectivity,
  type ProbeFacts,
} from '#core/sync/connectivity.ts'

const [a, b, c] = ['a', 'b', 'c'] as unknown as [ConnectionId, ConnectionId, ConnectionId]
const all = [a, b, c]

function heard(calls: readonly [ConnectionId, CallOutcome][], connections = all): Connectivity {
  return calls.reduce(
    (state, [connectionId, outcome], at) =>
      reduceConnectivity(state, { kind: 'outcome', connectionId, outcome, connections, at: at + 1 }),
    INITIAL_CONNECTIVITY,
  )
}

describe('what is out of reach', () => {
  it('keeps the moment of the first failure of each shop, also while others are reached', () => {
    const state = heard([
      [a, 'unreachable'],
      [b, 'reached'],
      [a, 'unreachable'],
      [c, 'unreachable'],
    ])
    expect(state).toEqual({
      state: 'online',
      since: 0,
      unreachable: [
        { connectionId: a, since: 1 },
        { connectionId: c, since: 4 },
      ],
    })
  })

  it('is offline only once no shop is reached, and forgets a shop at its own next answer', () => {
    const cut = heard(all.map((id) => [id, 'unreachable']))
    expect(cut).toMatchObject({ state: 'offline', since: 3 })
    const back = reduceConnectivity(cut, {
      ...{ kind: 'outcome', connectionId: b, outcome: 'reached', connections: all, at: 9 },
    })
    expect(back).toMatchObject({ state: 'online', since: 9 })
    expect(back.unreachable.map((each) => each.connectionId)).toEqual([a, c])
  })

  it('forgets a shop that is no longer in use', () => {
    const one = heard([[a, 'unreachable']])
    const event = {
      kind: 'outcome',
      connectionId: b,
      outcome: 'unreachable',
      connections: [b, c],
      at: 9,
    } as const
    expect(reduceConnectivity(one, event).unreachable).toEqual([{ connectionId: b, since: 9 }])
  })
})

describe('chooseProbes', () => {
  const facts = (change: Partial<ProbeFacts> = {}): ProbeFacts => ({
    ...{ connections: all, busy: new Set(), lastProbeAt: new Map(), now: 100_000 },
    ...change,
  })
  /** Too early to ask again who is down already. */
  const at = (change: Partial<ProbeFacts> = {}): ProbeFacts => facts({ now: 60_000, ...change })
  const oneDown = heard([[a, 'unreachable']])

  it('asks the shops nothing bad is known of', () => {
    expect(chooseProbes(oneDown, at())).toEqual([b, c])
    expect(chooseProbes(oneDown, at({ busy: new Set([b]) }))).toEqual([c])
    expect(chooseProbes(oneDown, at({ connections: [a] }))).toEqual([])
  })

  it('asks nobody when all is well, and when all is lost each again after a minute', () => {
    expect(chooseProbes(INITIAL_CONNECTIVITY, facts())).toEqual([])
    expect(nextProbeAt(INITIAL_CONNECTIVITY, facts())).toBeNull()
    const cut = heard(all.map((id) => [id, 'unreachable']))
    expect(chooseProbes(cut, facts({ now: 50_000 }))).toEqual([])
    expect(nextProbeAt(cut, facts({ now: 50_000 }))).toBe(1 + PROBE_EVERY_MS)
    expect(chooseProbes(cut, facts({ now: 2 + PROBE_EVERY_MS }))).toEqual([a, b])
    expect(nextProbeAt(cut, facts({ now: 2 + PROBE_EVERY_MS }))).toBe(3 + PROBE_EVERY_MS)
  })

  it('asks each at most once a minute', () => {
    const lastProbeAt = new Map([
      [b, 60_000 - PROBE_EVERY_MS],
      [c, 60_001 - PROBE_EVERY_MS],
    ])
    expect(chooseProbes(oneDown, at({ lastProbeAt }))).toEqual([b])
  })
})
