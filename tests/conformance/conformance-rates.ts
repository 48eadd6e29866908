import { describe, expect, it } from 'vitest'
import type { OperationOutput } from '#core/contracts/operations.ts'
import { describeStatuses, type Run } from '#tests/conformance/conformance-run.ts'
import type { Fixture } from '#tests/conformance/fixture.ts'

/** The recorded runs by which a source of exchange rates is judged. Its answers are text with attributes in quotes. */
export interface RateCases {
  success: string
  latest: string
  throttled: string
}

type Pulled = OperationOutput<'pull-rates'>

/** What every source of rates owes: whole days, newest first, exact texts, and a bad value costs itself alone. */
export function describeRates(cases: RateCases, get: (name: string) => Fixture, run: Run): void {
  const pull = (fixture: Fixture): Pulled => {
    const { result } = run<'pull-rates'>(fixture)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    return result.value
  }

  describe('pulling rates', () => {
    it('brings days, newest first, and one when one is asked for', () => {
      const { sets, leftOut } = pull(get(cases.success))
      expect(sets.length).toBeGreaterThan(1)
      expect(leftOut).toEqual([])
      const days = sets.map(({ date }) => date)
      expect(days).toEqual([...new Set(days)].sort().reverse())
      expect(pull(get(cases.latest)).sets.map(({ date }) => date)).toEqual(days.slice(0, 1))
    })

    it('keeps every figure as it was written', () => {
      const fixture = get(cases.success)
      const text = bodyOf(fixture)
      for (const { rates } of pull(fixture).sets)
        for (const rate of Object.values(rates)) expect(text).toContain(`"${rate}"`)
    })

    it('knows how long to wait when it is throttled', () => {
      const { result } = run(get(cases.throttled))
      expect(result).toMatchObject({
        error: [{ code: 'rate-limited', retryAfterMs: expect.any(Number) }],
      })
    })

    it('loses at most the item whose value is missing or no value', () => {
      const fixture = get(cases.success)
      const whole = flat(pull(fixture))
      const text = bodyOf(fixture)
      const values = [...text.matchAll(/ (time|currency|rate)="([^"]*)"/g)]
      expect(values.length).toBeGreaterThan(whole.size)
      for (const found of values) {
        const [match, name = ''] = found
        for (const instead of ['', ` ${name}=""`, ` ${name}="&#x31;,5"`]) {
          const changed = text.slice(0, found.index) + instead + text.slice(found.index + match.length)
          const page = pull(withBody(fixture, changed))
          const left = flat(page)
          const most = name === 'time' ? whole.size / pull(fixture).sets.length : 1
          const label = `${match} → ${instead}`
          expect(left.size, label).toBe(whole.size - most)
          for (const [key, rate] of left) expect(whole.get(key), label).toBe(rate)
          expect(page.leftOut, label).toHaveLength(1)
        }
      }
    })

    it('takes nothing of an answer that is cut off, wherever', () => {
      const fixture = get(cases.success)
      const text = bodyOf(fixture).trimEnd()
      for (let end = 0; end < text.length; end += 7) {
        const { result } = run(withBody(fixture, text.slice(0, end)))
        expect(result, String(end)).toMatchObject({ ok: false, error: [{ code: 'malformed' }] })
      }
    })

    describeStatuses(get(cases.success), run)
  })
}

function flat({ sets }: Pulled): Map<string, string> {
  return new Map(
    sets.flatMap(({ date, rates }) => Object.entries(rates).map(([code, rate]) => [`${date} ${code}`, rate])),
  )
}

function bodyOf({ exchanges: [exchange] }: Fixture): string {
  if (exchange?.response.kind !== 'answer') throw new Error('the run has no answer')
  return String(exchange.response.body)
}

function withBody(fixture: Fixture, body: string): Fixture {
  const exchanges = fixture.exchanges.map((exchange) =>
    exchange.response.kind === 'answer'
      ? { ...exchange, response: { ...exchange.response, body } }
      : exchange,
  )
  return { ...fixture, exchanges }
}
