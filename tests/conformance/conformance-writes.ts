import { describe, expect, it } from 'vitest'
import { WRITE_OPERATIONS } from '#core/contracts/operations.ts'
import type { Exchange, Fixture } from '#tests/conformance/fixture.ts'
import type { Run } from '#tests/conformance/conformance-run.ts'

/** Outcomes that say that this attempt changed nothing at the remote. */
const UNTOUCHED = ['already', 'moved']

/** What every write owes: it reads first, writes only when it says so, and never calls a lost answer a failure. */
export function describeWrites(fixtures: Readonly<Record<string, Fixture>>, run: Run): void {
  const writes = Object.entries(fixtures).filter(([, { operation }]) =>
    (WRITE_OPERATIONS as readonly string[]).includes(operation),
  )

  describe.each(writes)('writing, %s', (_name, fixture) => {
    it('reads before it writes, and writes only when it says so', () => {
      const { result, requests } = run(fixture)
      expect(requests[0]?.effect).toBe('read')
      if (!result.ok) return
      const { outcome = 'batched', batch } = result.value as { outcome?: string; batch?: unknown }
      const wrote = requests.some(({ effect }) => effect === 'write')
      if (batch === null) {
        expect(wrote).toBe(false)
        return
      }
      // Somebody else may have done the same after our reading: then a refused write comes to "already" too.
      const raced = requests.filter(({ effect }) => effect === 'read').length > 1
      // What is compared and set in one step is refused by the remote itself, and read again.
      if (outcome === 'moved' && raced) return
      if (UNTOUCHED.includes(outcome)) expect(wrote).toBe(false)
      else if (outcome.startsWith('already')) expect(wrote && !raced).toBe(false)
      else expect(wrote).toBe(true)
    })

    it('leaves the outcome open when any answer to a write does not come', () => {
      const names = new Set(
        run(fixture)
          .requests.filter(({ effect }) => effect === 'write')
          .map(({ name }) => name),
      )
      for (const name of names)
        for (const response of LOST) {
          const exchanges = fixture.exchanges.map((exchange): Exchange =>
            exchange.name === name ? { ...exchange, response } : exchange,
          )
          const { result } = run({ ...fixture, exchanges } satisfies Fixture)
          expect(result, name).toMatchObject({ ok: false, error: [{ code: 'outcome-unknown' }] })
        }
    })
  })
}

const LOST: Exchange['response'][] = [
  { kind: 'failure', sent: 'unknown', reason: 'timeout' },
  { kind: 'failure', sent: 'unknown', reason: 'cut-off' },
  { kind: 'answer', status: 502, headers: {}, body: '<html>bad gateway</html>' },
  { kind: 'answer', status: 200, headers: {}, body: '{"data":' },
]
