import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chooseNext,
  PATIENCE_MS,
  PRIORITIES,
  priorityOfPull,
  priorityOfSend,
  type Priority,
  type Waiting,
} from '#core/sync/priority.ts'

interface Call {
  priority: Priority
  at: number
  n: number
}

const calls = fc
  .array(fc.record({ priority: fc.constantFrom(...PRIORITIES), after: fc.integer({ min: 0, max: 2_000 }) }), {
    maxLength: 80,
  })
  .map((list) => {
    let at = 0
    return list.map(({ priority, after }, n): Call => ({ priority, at: (at += after), n }))
  })

/** One line that takes `ms` per call: the calls in the order they are served, and when. */
function serve(all: readonly Call[], ms: number): (Call & { servedAt: number })[] {
  const served: (Call & { servedAt: number })[] = []
  const waiting: (Waiting & { call: Call })[] = []
  const coming = [...all]
  for (let now = 0; coming.length + waiting.length > 0; now += ms) {
    if (waiting.length === 0) now = Math.max(now, coming[0]?.at ?? 0)
    while (coming[0] !== undefined && coming[0].at <= now) {
      const call = coming.shift()!
      waiting.push({ priority: call.priority, since: call.at, call })
    }
    const [next] = waiting.splice(chooseNext(waiting), 1)
    served.push({ ...next!.call, servedAt: now })
  }
  return served
}

describe('whose turn it is', () => {
  it('is nobody when nobody waits', () => {
    expect(chooseNext([])).toBe(-1)
  })

  it('is the most urgent of those that came together, and among equals the first', () => {
    const together = [...PRIORITIES].reverse().map((priority, n): Call => ({ priority, at: 0, n }))
    expect(serve([...together, ...together], 1).map(({ priority }) => priority)).toEqual(
      PRIORITIES.flatMap((priority) => [priority, priority]),
    )
    const same = Array.from({ length: 9 }, (_, n): Call => ({ priority: 'pulling', at: n % 2, n }))
    same.sort((a, b) => a.at - b.at)
    expect(serve(same, 10).map(({ n }) => n)).toEqual(same.map(({ n }) => n))
  })

  it('nobody starves: a call is overtaken only by calls that came within the difference of their patience', () => {
    fc.assert(
      fc.property(calls, fc.integer({ min: 1, max: 5_000 }), (all, ms) => {
        const served = serve(all, ms)
        expect(served).toHaveLength(all.length)
        for (const [place, call] of served.entries())
          for (const first of served.slice(0, place)) {
            if (first.at <= call.at) continue
            const slack = PATIENCE_MS[call.priority] - PATIENCE_MS[first.priority]
            expect(first.at - call.at).toBeLessThanOrEqual(slack)
          }
      }),
    )
  })

  it('nobody starves: under a flood of urgent calls a walk goes on after its patience', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PRIORITIES),
        fc.integer({ min: 20, max: 200 }),
        fc.integer({ min: 0, max: 10_000 }),
        (priority, ms, at) => {
          // Exactly as many urgent calls as the line can take, without end.
          const flood = Array.from({ length: Math.ceil(40_000 / ms) }, (_, n): Call => ({
            priority: 'interactive',
            at: n * ms,
            n,
          }))
          const patient: Call = { priority, at, n: -1 }
          const all = [
            ...flood.filter((each) => each.at <= at),
            patient,
            ...flood.filter((each) => each.at > at),
          ]
          const { servedAt } = serve(all, ms).find(({ n }) => n === -1)!
          expect(servedAt - at).toBeLessThanOrEqual(PATIENCE_MS[priority] + 2 * ms)
        },
      ),
    )
  })
})

describe('how urgent a call is', () => {
  it('a person who asks waits for orders first, and for the catalogue after what is to be sent', () => {
    expect(priorityOfPull('orders', true)).toBe('interactive')
    expect(priorityOfPull('orders', false)).toBe('pulling')
    expect(priorityOfPull('listings', true)).toBe('pulling')
    expect(priorityOfPull('listings', false)).toBe('background')
  })

  it('changes never go behind pages of the same shop, asked for or not', () => {
    const rank = (priority: Priority): number => PRIORITIES.indexOf(priority)
    for (const isAsked of [true, false])
      for (const what of ['orders', 'listings'] as const)
        expect(rank(priorityOfSend('confirm-shipment', isAsked))).toBeLessThanOrEqual(
          rank(priorityOfPull(what, isAsked)),
        )
    expect(priorityOfSend('confirm-shipment', false)).toBe('sending')
    expect(priorityOfSend('buy-label', false)).toBe('interactive')
  })
})
