import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CLOCK_BITS,
  clockMask,
  clockPlaceOf,
  clockStates,
  LATE_RISK_MS,
  NO_SCAN_FORGOTTEN_MS,
  SCAN_OUT_MS,
} from '#core/order/clock.ts'
import { CLOCK_STATES } from '#core/order/order-query.ts'
import { QUEUES, type OrderRow } from '#core/order/order-row.ts'

const NOW = 1_790_000_000_000
const HOUR = 3_600_000
const DAY = 24 * HOUR
type Facts = Pick<OrderRow, 'queue' | 'shipBy' | 'printedAt' | 'handedOverAt' | 'newsAt'>
const NONE = { shipBy: null, printedAt: null, handedOverAt: null, newsAt: null }
const states = (facts: Partial<Facts> & Pick<Facts, 'queue'>, now = NOW) =>
  clockStates({ ...NONE, ...facts }, now, { noScanDays: 3 })

describe('the clock of an order', () => {
  it.each([
    ['due now is not late yet', { queue: 'to_ship', shipBy: NOW }, ['late-risk']],
    ['due a moment ago', { queue: 'to_ship', shipBy: NOW - 1 }, ['late']],
    ['due within the day', { queue: 'blocked', shipBy: NOW + LATE_RISK_MS - 1 }, ['late-risk']],
    ['due in a day', { queue: 'parked', shipBy: NOW + LATE_RISK_MS }, []],
    ['no promise', { queue: 'to_ship' }, []],
    ['not paid', { queue: 'unpaid', shipBy: NOW - DAY }, []],
    ['cancelled', { queue: 'cancelled', shipBy: NOW - DAY, handedOverAt: NOW - 9 * DAY }, []],
    ['gone in time', { queue: 'shipped', shipBy: NOW - DAY }, []],
    ['printed just now', { queue: 'label_ready', shipBy: NOW + 2 * DAY, printedAt: NOW - SCAN_OUT_MS }, []],
    [
      'printed long ago',
      { queue: 'label_ready', shipBy: NOW + 2 * DAY, printedAt: NOW - SCAN_OUT_MS - 1 },
      ['not-scanned-out'],
    ],
    [
      'printed before its cut-off, which has passed',
      { queue: 'label_ready', shipBy: NOW - 1, printedAt: NOW - HOUR },
      ['late', 'not-scanned-out'],
    ],
    [
      'printed after its cut-off',
      { queue: 'label_ready', shipBy: NOW - 2 * HOUR, printedAt: NOW - HOUR },
      ['late'],
    ],
    ['never printed', { queue: 'label_ready', shipBy: NOW - 1 }, ['late']],
    ['its label is void', { queue: 'to_ship', shipBy: NOW + 2 * DAY, printedAt: NOW - DAY }, []],
    ['left three days ago', { queue: 'handed_over', handedOverAt: NOW - 3 * DAY }, []],
    ['left longer ago', { queue: 'handed_over', handedOverAt: NOW - 3 * DAY - 1 }, ['no-scan']],
    ['the shop says so too', { queue: 'shipped', handedOverAt: NOW - 3 * DAY - 1 }, ['no-scan']],
    ['with news', { queue: 'shipped', handedOverAt: NOW - 4 * DAY, newsAt: NOW - 3 * DAY }, []],
    [
      'with news from before',
      { queue: 'shipped', handedOverAt: NOW - 4 * DAY, newsAt: NOW - 5 * DAY },
      ['no-scan'],
    ],
    ['nobody waits any longer', { queue: 'shipped', handedOverAt: NOW - NO_SCAN_FORGOTTEN_MS }, []],
    ['shipped elsewhere', { queue: 'shipped' }, []],
  ] as [string, Partial<Facts> & Pick<Facts, 'queue'>, string[]][])('%s', (_name, facts, expected) => {
    expect(states(facts)).toEqual(expected)
  })

  const moment = fc.option(fc.integer({ min: NOW - 90 * DAY, max: NOW + 9 * DAY }))
  const row = fc.record({
    queue: fc.constantFrom(...QUEUES),
    ...{ shipBy: moment, printedAt: moment, handedOverAt: moment, newsAt: moment },
  })

  it('in numbers is the same as in words', () => {
    fc.assert(
      fc.property(row, (facts) => {
        const { queue, shipBy, printedAt, handedOverAt, newsAt } = facts
        const mask = clockMask(
          {
            ...{ place: clockPlaceOf(queue), shipBy: shipBy ?? NaN, printedAt: printedAt ?? NaN },
            ...{ handedOverAt: handedOverAt ?? NaN, newsAt: newsAt ?? NaN },
          },
          NOW,
          { noScanDays: 3 },
        )
        expect(CLOCK_STATES.filter((state) => mask & CLOCK_BITS[state])).toEqual(states(facts))
      }),
    )
  })

  it('late and late risk exclude each other, no-scan all others; once late, always late while it is here', () => {
    fc.assert(
      fc.property(row, fc.nat(30 * DAY), (facts, later) => {
        const found = states(facts)
        expect(found.includes('late') && found.includes('late-risk')).toBe(false)
        if (found.includes('no-scan')) expect(found).toEqual(['no-scan'])
        if (found.includes('late')) expect(states(facts, NOW + later)).toContain('late')
        if (found.includes('not-scanned-out')) expect(states(facts, NOW + later)).toContain('not-scanned-out')
      }),
    )
  })
})
