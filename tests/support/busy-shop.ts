import { startVendurePeer, type SeededOrder, type VendurePeer } from '../peers/vendure/peer.ts'
import { startFaultProxy, type FaultProxy } from '#tests/support/fault-proxy.ts'

/** A real shop at the end of a line of some length, in which something goes on all the time. */
export interface BusyShop {
  peer: VendurePeer
  line: FaultProxy
  orders: SeededOrder[]
  /** Orders that the shop cancels by itself one day; nobody works on them. */
  doomed: Set<string>
  cancelled: Set<string>
  /** Something happens at the shop: a new order, now and then one that is cancelled. */
  live(round: number): Promise<void>
  /** What is open on the line right now, by operation. */
  openRequests(): string[]
  stop(): Promise<void>
}

/** How long an answer takes on its way, so that a kill often finds one there. */
const LINE_MS = 150
/** Every so many orders one is cancelled later. */
const DOOMED_EVERY = 6

export async function openBusyShop(): Promise<BusyShop> {
  const peer = await startVendurePeer()
  const line = await startFaultProxy(peer.baseUrl)
  line.plan({ times: Infinity, fault: { kind: 'delay', ms: LINE_MS, on: 'answer' } })
  const orders: SeededOrder[] = []
  const doomed = new Set<string>()
  const cancelled = new Set<string>()
  const take = (fresh: SeededOrder[]): void => {
    for (const order of fresh) {
      orders.push(order)
      if (orders.length % DOOMED_EVERY === 0) doomed.add(order.code)
    }
  }
  await peer.seed({ products: 3, variantsPerProduct: 1, stock: 1_000_000 })
  take(await peer.seedOrders(12))
  return {
    ...{ peer, line, orders, doomed, cancelled },
    async live(round) {
      take(await peer.seedOrders(round % 2 === 0 ? 1 : 2))
      const next = [...doomed].find((code) => !cancelled.has(code))
      if (next === undefined || round % DOOMED_EVERY !== 0) return
      await peer.cancelOrder(next)
      cancelled.add(next)
    },
    openRequests: () =>
      line.log.filter(({ outcome }) => outcome === 'pending').map(({ operation }) => operation ?? '?'),
    async stop() {
      await line.stop()
      await peer.stop()
    },
  }
}
