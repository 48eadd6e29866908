import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { startFaultProxy } from '#tests/support/fault-proxy.ts'
import { openDesk } from '#tests/conformance/desk.ts'
import type { ShopBench, ShopUnderTest } from '#tests/conformance/vendure-bench.ts'
import { describeConfirming } from '#tests/conformance/vendure-confirm.suite.ts'
import { describeBadLine } from '#tests/conformance/vendure-line.suite.ts'
import { describeOrders } from '#tests/conformance/vendure-orders.suite.ts'
import { describeSigningIn } from '#tests/conformance/vendure-sign-in.suite.ts'

const ALL = [describeSigningIn, describeOrders, describeConfirming, describeBadLine]

/**
 * What the desk relies on in a Vendure shop, through the real runtime and executor and a proxy that breaks the line.
 * Runs against a real Vendure and against the demo shops, so that the two cannot drift apart.
 */
export function describeVendureShop<S extends ShopUnderTest>(
  name: string,
  startShop: () => Promise<S>,
  suites: readonly ((bench: ShopBench<S>) => void)[] = ALL,
): void {
  describe(name, () => {
    const bench = {
      open: (secrets = { password: bench.shop.password }) =>
        openDesk({
          connectorId: 'vendure',
          settings: { baseUrl: bench.proxy.baseUrl, username: bench.shop.username },
          secrets,
        }),
    } as ShopBench<S>

    beforeAll(async () => {
      bench.shop = await startShop()
      bench.proxy = await startFaultProxy(bench.shop.baseUrl)
    }, 300_000)
    afterAll(async () => {
      await bench.proxy?.stop()
      await bench.shop?.stop()
    })
    afterEach(async () => {
      await bench.proxy.heal()
      bench.proxy.clear()
    })

    // Each in a group of its own, so that what one prepares before its tests is not prepared for all.
    for (const suite of suites) describe(suite.name, () => suite(bench))
  })
}
