import { describe, expect, it } from 'vitest'
import type { Desk } from '#tests/conformance/desk.ts'
import { firstPage, named, type ShopBench } from '#tests/conformance/vendure-bench.ts'

/** How a desk signs in, and how it does so again. */
export function describeSigningIn(bench: ShopBench): void {
  let desk: Desk

  describe('signing in', () => {
    it('tests the connection', async () => {
      desk = bench.open()
      const result = await desk.runtime.run(desk.connectionId, 'test-connection', {})
      expect(result).toMatchObject({ ok: true, value: { apiVersion: '3.7' } })
      expect(result.ok && result.value.accountName).not.toBe('')
    })

    it('takes an address with /admin-api and a slash at the end', async () => {
      desk = bench.open()
      desk.stored.settings['baseUrl'] = `${bench.proxy.baseUrl}/admin-api/`
      expect((await desk.runtime.run(desk.connectionId, 'test-connection', {})).ok).toBe(true)
    })

    it('says that the password is wrong', async () => {
      desk = bench.open({ password: 'not-the-password' })
      const result = await desk.runtime.run(desk.connectionId, 'test-connection', {})
      expect(result).toMatchObject({ ok: false, error: { code: 'auth', reason: 'wrong-credentials' } })
    })

    it('signs in once for many operations, and once more when the session ended', async () => {
      desk = bench.open()
      await Promise.all([desk.pull(), desk.pull()])
      expect(bench.proxy.effects('Login')).toBe(1)
      await bench.shop.expireSessions()
      await desk.pull()
      expect(bench.proxy.effects('Login')).toBe(2)
    })

    it('gives up after one more sign-in when the shop goes on refusing', async () => {
      desk = bench.open()
      await desk.pull()
      bench.proxy.clear()
      const forbidden = { errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }], data: null }
      bench.proxy.plan({
        match: named('PullOrders'),
        times: Infinity,
        fault: { kind: 'status', status: 200, body: forbidden },
      })
      const result = await desk.runtime.run(desk.connectionId, 'pull-orders', firstPage(10))
      expect(result).toMatchObject({ ok: false, error: { code: 'auth', reason: 'not-allowed' } })
      expect(bench.proxy.effects('Login')).toBe(1)
    })

    it('keeps secrets and buyers out of the trace', async () => {
      await bench.shop.placeOrders(1)
      desk = bench.open({ password: bench.shop.password })
      const { orders } = await desk.pull()
      const text = JSON.stringify(desk.trace)
      const order = orders.find(({ shipTo }) => shipTo !== null)!
      expect(desk.trace.map(({ name }) => name)).toEqual(['Login', 'PullOrders', 'PullOrders'])
      expect(text).not.toContain(`"${bench.shop.password}"`)
      expect(text).not.toMatch(/Bearer (?!\*)/)
      for (const personal of [order.buyerName, order.buyerEmail, order.shipTo!.line1, order.shipTo!.postcode])
        if (personal !== '') expect(text).not.toMatch(onItsOwn(personal))
    })
  })
}

/** Not inside a longer number: the postcode 06000 is no part of the price 206000. */
function onItsOwn(text: string): RegExp {
  return new RegExp(`(?<!\\d)${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\d)`)
}
