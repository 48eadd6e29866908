import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConnectionId } from '#core/shared/ids.ts'
import { findHealth, type ConnectionFacts, type HealthFacts, type HealthFinding } from '#core/sync/health.ts'
import { NOTHING_SHOWN, STEADY_MS, steadyHealth } from '#core/sync/steady-health.ts'

const NOW = 1_800_000_000_000
const MIN = 60_000
const SHOP = 'shop' as ConnectionId
const shop = (more: Partial<ConnectionFacts> = {}): ConnectionFacts => ({
  ...{ id: SHOP, name: 'Shop', paused: false, needsSignIn: false, pullEveryMs: 5 * MIN },
  ...{ lastSuccessAt: NOW - MIN, createdAt: NOW - 90 * MIN, checkpoint: { updatedAt: NOW - MIN } },
  ...more,
})
const row = (ageMin: number, more = {}) => ({
  ...{ connectionId: SHOP, state: 'queued' as const, held: false, createdAt: NOW - ageMin * MIN },
  ...more,
})
const kinds = (facts: Partial<HealthFacts>): string[] =>
  findHealth({
    ...{ now: NOW, connectivity: { state: 'online', since: 0 }, connections: [shop()], outbox: [] },
    ...{ quarantinedAt: [], space: null, backup: null },
    ...facts,
  }).map(({ kind }) => kind)

describe('health', () => {
  it('says nothing while all is well, or while things merely wait a little', () => {
    expect(kinds({})).toEqual([])
    expect(kinds({ outbox: [row(10), row(1)] })).toEqual([])
    expect(kinds({ outbox: [row(500, { held: true })] })).toEqual([])
    expect(kinds({ outbox: [row(500, { state: 'accepted' })] })).toEqual([])
  })

  it.each<[string, Partial<HealthFacts>]>([
    ['unsent-old', { outbox: [row(31)] }],
    ['unsent-old', { outbox: [row(1_441, { state: 'accepted' })] }],
    ['silent', { connections: [shop({ lastSuccessAt: NOW - 31 * MIN })] }],
    ['sign-in', { connections: [shop({ needsSignIn: true })] }],
    ['alarm', { connections: [shop({ alarm: { kind: 'mass-cancel', count: 20, of: 30, at: NOW } })] }],
    [
      'sending-paused',
      { connections: [shop({ breaker: { failures: 5, probeAt: NOW + 1 } })], outbox: [row(2)] },
    ],
    ['clock-behind', { connections: [shop({ checkpoint: { updatedAt: NOW + 6 * MIN } })] }],
    ['clock-off', { clockOffMs: 5 * MIN + 1 }],
    ['clock-off', { clockOffMs: -5 * MIN - 1 }],
    ['token-expiring', { connections: [shop({ tokenExpiresAt: NOW + 7 * 24 * 60 * MIN - 1 })] }],
    ['token-expiring', { connections: [shop({ tokenExpiresAt: NOW - MIN })] }],
    ['backlog-grows', { outbox: [row(16), ...Array.from({ length: 9 }, () => row(1))] }],
    ['unreadable-grows', { quarantinedAt: [NOW, NOW - 1, NOW - 2] }],
    ['space-low', { space: { used: 81, quota: 100 } }],
    ['backup-failed', { backup: { failedSince: NOW, code: 'unsupported' } }],
    ['stock-in-doubt', { copiedStock: { listings: 3, copiedAt: NOW - MIN } }],
    ['backup-failed', { backup: { failedSince: NOW - 24 * 60 * MIN, code: 'auth' } }],
    ['offline-long', { connectivity: { state: 'offline', since: NOW - 241 * MIN }, outbox: [row(200)] }],
  ])('names %s', (kind, facts) => expect(kinds(facts)).toEqual([kind]))

  it('lets a clock be a little off and a token be good for a week', () => {
    expect(kinds({ clockOffMs: 5 * MIN })).toEqual([])
    expect(kinds({ clockOffMs: null })).toEqual([])
    expect(kinds({ connections: [shop({ tokenExpiresAt: NOW + 7 * 24 * 60 * MIN })] })).toEqual([])
    expect(kinds({ connections: [shop({ tokenExpiresAt: NOW, paused: true })] })).toEqual([])
  })

  it('counts the days that a token has and the minutes that a clock is off', () => {
    const facts = {
      ...{ now: NOW, connectivity: { state: 'online' as const, since: 0 }, outbox: [] },
      ...{ quarantinedAt: [], space: null, backup: null, clockOffMs: -61 * MIN },
      connections: [shop({ tokenExpiresAt: NOW + 25 * 60 * MIN })],
    }
    expect(findHealth(facts).map(({ kind, count }) => [kind, count])).toEqual([
      ['clock-off', 61],
      ['token-expiring', 2],
    ])
  })

  it('does not count what waits on purpose for a read-only shop', () => {
    const connections = [shop({ readOnly: true })]
    const outbox = [row(500), ...Array.from({ length: 20 }, () => row(1))]
    expect(kinds({ connections, outbox })).toEqual([])
    expect(kinds({ connections: [shop({ readOnly: true, lastSuccessAt: 0 })] })).toEqual(['silent'])
    expect(kinds({ connections: [shop({ disconnectedAt: NOW - MIN, lastSuccessAt: 0 })] })).toEqual([])
  })

  it('leaves a shop alone that is paused, pulled by hand, or out of reach with everything else', () => {
    expect(kinds({ connections: [shop({ paused: true, lastSuccessAt: 0 })] })).toEqual([])
    expect(kinds({ connections: [shop({ pullEveryMs: 0, lastSuccessAt: 0 })] })).toEqual([])
    const offline = { state: 'offline' as const, since: NOW - MIN }
    expect(
      kinds({ connectivity: offline, connections: [shop({ lastSuccessAt: 0 })], outbox: [row(40)] }),
    ).toEqual([])
  })

  it('lets four fifths of the space be used, and a vault be opened in the course of the day', () => {
    expect(kinds({ space: { used: 80, quota: 100 } })).toEqual([])
    expect(kinds({ backup: { failedSince: NOW - 23 * 60 * MIN, code: 'auth' } })).toEqual([])
  })

  it('puts the most urgent first', () => {
    const connections = [
      shop({ lastSuccessAt: NOW - 99 * MIN }),
      shop({ id: 'b' as ConnectionId, needsSignIn: true }),
    ]
    expect(kinds({ connections, outbox: [row(45)], quarantinedAt: [NOW, NOW, NOW] })).toEqual([
      'sign-in',
      'unsent-old',
      'silent',
      'unreadable-grows',
    ])
  })
})

describe('the bar', () => {
  const finding = (kind: HealthFinding['kind'], count = 1): HealthFinding => ({
    ...{ kind, connectionId: SHOP, name: 'Shop', count, since: 0 },
  })

  it('shows what lasts, goes when it has been gone for as long, and follows numbers at once', () => {
    const one = steadyHealth(NOTHING_SHOWN, [finding('silent')], 0)
    expect(one.finding).toBeNull()
    const two = steadyHealth(one, [finding('silent')], STEADY_MS)
    expect(two.finding?.kind).toBe('silent')
    expect(steadyHealth(two, [finding('silent', 7)], STEADY_MS + 1).finding?.count).toBe(7)
    const three = steadyHealth(two, [], STEADY_MS + 2)
    expect(three.finding?.kind).toBe('silent')
    expect(steadyHealth(three, [], 2 * STEADY_MS + 2).finding).toBeNull()
  })

  it('never changes more often than once in its time, whatever comes', () => {
    const step = fc.record({ wait: fc.nat(3_000), kind: fc.constantFrom('silent', 'unsent-old', null) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let [state, now, changed] = [NOTHING_SHOWN, 0, -STEADY_MS]
        for (const { wait, kind } of steps) {
          now += wait
          const next = steadyHealth(state, kind === null ? [] : [finding(kind)], now)
          if (next.finding?.kind !== state.finding?.kind) {
            expect(now - changed).toBeGreaterThanOrEqual(STEADY_MS)
            changed = now
          }
          state = next
        }
      }),
    )
  })
})
