import type { OperationInput } from '#core/contracts/operations.ts'
import type { FaultProxy, ProxyRequest } from '#tests/support/fault-proxy.ts'
import type { Desk } from '#tests/conformance/desk.ts'

/** A shop that speaks Vendure's admin API, with the few handles the suite needs to disturb it. */
export interface ShopUnderTest {
  /** Without `/admin-api`. */
  baseUrl: string
  username: string
  password: string
  /** So many paid orders that are not shipped yet. */
  placeOrders: (n: number) => Promise<{ id: string; code: string }[]>
  /** One order whose buyer hesitates with a full cart; `updatedAt` stays at the time before the payment. */
  placeLate: (beforePayment: () => Promise<void>) => Promise<{ id: string; code: string }>
  /** As the shop's own back office would: everything left of the order goes out, and `updatedAt` stays. */
  shipElsewhere: (code: string, trackingNumber: string) => Promise<void>
  /** As the shop's own back office would: the order changes and its `updatedAt` moves. */
  cancelOrder: (code: string) => Promise<void>
  expireSessions: () => Promise<void> | void
  listFulfilments: (code: string) => Promise<{ state: string; method: string; trackingCode: string }[]>
  stop: () => Promise<void>
}

/** The shop, the line to it, and desks that use the line. Filled before the first test of a suite runs. */
export interface ShopBench<S extends ShopUnderTest = ShopUnderTest> {
  shop: S
  proxy: FaultProxy
  /** A desk that has not signed in yet. */
  open: (secrets?: { password: string }) => Desk
}

export const named = (name: string) => (request: ProxyRequest) => request.operation === name
export const PROMPT = { timeout: 60_000 }

export function firstPage(pageSize: number): OperationInput<'pull-orders'> {
  return { checkpoint: null, pageToken: null, pageSize }
}

export function shipment(orderRemoteId: string, trackingNumber: string): OperationInput<'confirm-shipment'> {
  return { intentId: `intent-${trackingNumber}`, orderRemoteId, trackingNumber, carrier: 'Deutsche Post' }
}
