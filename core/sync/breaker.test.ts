import { describe, expect, it } from 'vitest'
import {
  afterCall,
  breakerOutcome,
  breakerState,
  CLOSED_BREAKER,
  OPENS_AFTER,
  probeNow,
  type Breaker,
} from '#core/sync/breaker.ts'

const failing = (times: number, now = 0, from: Breaker = CLOSED_BREAKER): Breaker =>
  Array.from({ length: times }).reduce<Breaker>((breaker) => afterCall(breaker, 'failed', now), from)

describe('the breaker of a shop', () => {
  it('opens after failures in a row, not before', () => {
    expect(breakerState(failing(OPENS_AFTER - 1), 0)).toBe('closed')
    expect(breakerState(failing(OPENS_AFTER), 0)).toBe('open')
    expect(afterCall(failing(OPENS_AFTER - 1), 'worked', 0)).toEqual(CLOSED_BREAKER)
  })

  it('probes after its pause; a failed probe pauses longer, a good one closes it', () => {
    const open = failing(OPENS_AFTER)
    const at = open.probeAt ?? 0
    expect(breakerState(open, at)).toBe('half-open')
    const again = afterCall(open, 'failed', at)
    expect((again.probeAt ?? 0) - at).toBe(2 * at)
    expect(afterCall(again, 'worked', at + 1)).toEqual(CLOSED_BREAKER)
  })

  it('is not held open longer by calls that were under way, and never beyond its longest pause', () => {
    const open = failing(OPENS_AFTER)
    expect(failing(20, 1, open)).toBe(open)
    let [breaker, now] = [open, 0]
    for (let i = 0; i < 30; i++) {
      now = breaker.probeAt ?? 0
      breaker = afterCall(breaker, 'failed', now)
    }
    expect((breaker.probeAt ?? 0) - now).toBe(600_000)
  })

  it('lets a person probe at once, and says nothing of a refusal', () => {
    const open = failing(OPENS_AFTER)
    expect(breakerState(probeNow(open, 5), 5)).toBe('half-open')
    expect(probeNow(CLOSED_BREAKER, 5)).toBe(CLOSED_BREAKER)
    expect(breakerOutcome('reached', 'conflict')).toBe('worked')
    expect(breakerOutcome('reached', 'remote-down')).toBe('failed')
    expect(breakerOutcome('unreachable', 'outcome-unknown')).toBe('failed')
    expect(breakerOutcome('reached', 'rate-limited')).toBe('none')
    expect(breakerOutcome('reached', null)).toBe('worked')
  })
})
