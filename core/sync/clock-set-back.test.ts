import { describe, expect, it } from 'vitest'
import { breakerState } from '#core/sync/breaker.ts'
import { planEarlier, withoutStrayWait } from '#core/sync/clock-set-back.ts'
import { isLeaseOver, LEASE_MS } from '#core/sync/outbox-machine.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { nextPullAt, type PullState } from '#core/sync/schedule.ts'
import type { ConnectionId } from '#core/shared/ids.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 22, 8)

const state: PullState = {
  connectionId: '0000000000shop001' as ConnectionId,
  what: 'orders',
  ...{
    intervalMs: 60_000,
    lastEndedAt: null,
    failures: 0,
    notBefore: 0,
    cutShort: false,
    requestedAt: null,
    whole: false,
  },
  ...{ servedAt: null, walking: false },
  ...{ running: false, paused: false },
}
const row = (change: Partial<OutboxRow>) =>
  ({ state: 'waiting', nextAttemptAt: NOW, leaseUntil: 0, lastIssue: null, ...change }) as OutboxRow

describe('a clock that is set back by a day', () => {
  it.each([
    { lastEndedAt: NOW + DAY },
    { requestedAt: NOW + DAY },
    { lastEndedAt: NOW + DAY, notBefore: NOW + DAY + 30_000 },
  ])('does not keep a pull for a day: %o', (planned) => {
    const before = nextPullAt({ ...state, ...planned }) ?? 0
    expect(nextPullAt(planEarlier({ ...state, ...planned }, DAY))).toBe(before - DAY)
  })

  it('does not make a pull due that never was', () => {
    expect(planEarlier(state, DAY)).toMatchObject({ lastEndedAt: null, requestedAt: null })
  })

  it('does not keep a change for a day, nor let it break a pause that the shop asked for', () => {
    expect(withoutStrayWait(row({ nextAttemptAt: NOW + DAY }), NOW).nextAttemptAt).toBe(NOW)
    const waits = row({ nextAttemptAt: NOW + 200_000 })
    expect(withoutStrayWait(waits, NOW)).toBe(waits)
    const asked = row({
      nextAttemptAt: NOW + 3_600_000,
      lastIssue: { code: 'rate-limited', retryAfterMs: 3_600_000 },
    })
    expect(withoutStrayWait(asked, NOW)).toBe(asked)
  })

  it('does not keep a lease or an open breaker for a day', () => {
    const leased = row({ state: 'leased', leaseUntil: NOW + DAY })
    expect(isLeaseOver(leased, NOW, 0)).toBe(true)
    expect(isLeaseOver({ ...leased, leaseUntil: NOW + LEASE_MS + 500 }, NOW, 0)).toBe(false)
    expect(breakerState({ failures: 9, probeAt: NOW + DAY }, NOW)).toBe('half-open')
    expect(breakerState({ failures: 9, probeAt: NOW + 600_000 }, NOW)).toBe('open')
  })
})
