import { describe, expect, it } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Desk } from '#tests/conformance/desk.ts'
import { firstPage, named, shipment, type ShopBench } from '#tests/conformance/vendure-bench.ts'

/** What a broken line comes to. */
export function describeBadLine(bench: ShopBench): void {
  let desk: Desk

  describe('a bad line', () => {
    it('waits as long as the shop asks, and does not ask again before', async () => {
      desk = bench.open()
      await desk.pull()
      bench.proxy.clear()
      bench.proxy.plan({ match: named('PullOrders'), fault: { kind: 'status', status: 429, retryAfter: 7 } })
      const limited = await desk.runtime.run(desk.connectionId, 'pull-orders', firstPage(10))
      expect(limited).toMatchObject({ ok: false, error: { code: 'rate-limited', retryAfterMs: 7_000 } })
      const early = await desk.runtime.run(desk.connectionId, 'pull-orders', firstPage(10))
      expect(early).toMatchObject({ ok: false, error: { code: 'rate-limited', reason: 'local-limit' } })
      expect(bench.proxy.log).toHaveLength(1)
    })

    it('calls a shop that answers 500 down', async () => {
      desk = bench.open()
      bench.proxy.plan({ match: named('PullOrders'), fault: { kind: 'status', status: 500 } })
      const result = await desk.runtime.run(desk.connectionId, 'pull-orders', firstPage(10))
      expect(result).toMatchObject({ ok: false, error: { code: 'remote-down', reason: 'server-error' } })
    })

    it.each(['refuse', 'reset'] as const)(
      'calls a cut line (%s) down, and goes on when it heals',
      async (mode) => {
        desk = bench.open()
        await desk.pull()
        await bench.proxy.cut(mode)
        const down = await desk.runtime.run(desk.connectionId, 'pull-orders', firstPage(10))
        // A reset may hit while the connection is being made, or just after.
        const reason =
          mode === 'refuse' ? 'no-connection' : expect.stringMatching(/^(no-connection|cut-off)$/)
        expect(down).toMatchObject({ ok: false, error: { code: 'remote-down', reason } })
        const write = await desk.runtime.run(
          desk.connectionId,
          'confirm-shipment',
          shipment('1', 'RR000000011DE'),
        )
        expect(write).toMatchObject({ ok: false, error: { code: 'remote-down' } })
        await bench.proxy.heal()
        expect((await desk.runtime.run(desk.connectionId, 'pull-orders', firstPage(10))).ok).toBe(true)
      },
    )

    it('stops when it is told to', async () => {
      desk = bench.open()
      await desk.pull()
      bench.proxy.plan({ match: named('PullOrders'), fault: { kind: 'delay', ms: 5_000 } })
      const stop = new AbortController()
      const running = desk.runtime.run(desk.connectionId, 'pull-orders', firstPage(10), {
        signal: stop.signal,
      })
      await sleep(200)
      stop.abort()
      expect(await running).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    })
  })
}
