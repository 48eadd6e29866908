import { cancelDemoOrder } from '#main/demo/cancel-demo-order.ts'
import { DEMO_SHOPS } from '#main/demo/demo-orders.ts'
import type { DemoShopWorld } from '#main/demo/demo-shop-state.ts'
import { addFulfillment, transitionFulfillment } from '#main/demo/fulfil-demo-order.ts'
import { addNote } from '#main/demo/note-demo-order.ts'
import { describeVendureChanges } from '#tests/conformance/vendure-changes.suite.ts'
import { describeOrderWrites, type ShopWithNotes } from '#tests/conformance/vendure-order-writes.suite.ts'
import { describeVendureShop } from '#tests/conformance/vendure-shop.suite.ts'
import { startDemoShop } from '#tests/demo/start-demo-shop.ts'

// The same suites as in tests/peers/vendure run against a real Vendure.
for (const spec of DEMO_SHOPS) {
  describeVendureShop(`the demo shop ${spec.name}`, () => startShop(spec))
  describeVendureShop(`what is written to ${spec.name}`, () => startShop(spec), [describeOrderWrites])
  describeVendureChanges(`the catalogue of ${spec.name}`, async () => {
    const started = await startDemoShop(spec)
    return { ...started, placeOrder: async () => started.place() }
  })
}

async function startShop(spec: (typeof DEMO_SHOPS)[number]): Promise<ShopWithNotes> {
  const { shop, world, place, ...started } = await startDemoShop(spec)
  const find = (code: string) => world.state.orders.find((order) => order.code === code)!
  return {
    ...started,
    ...noteHandles(world),
    placeOrders: async (n) => Array.from({ length: n }, place),
    placeLate: async (beforePayment) => {
      const order = Object.assign(place(), { state: 'AddingItems' })
      await beforePayment()
      return Object.assign(order, { state: 'PaymentSettled', orderPlacedAt: Date.now() })
    },
    shipElsewhere: async (code, trackingNumber) => {
      const lines = find(code).lines.map(({ id, quantity }) => ({ orderLineId: id, quantity }))
      ship(world, lines, trackingNumber)
    },
    shipOneLine: async (code, trackingNumber) => {
      ship(world, [{ orderLineId: find(code).lines[0]!.id, quantity: 1 }], trackingNumber)
    },
    cancelOrder: async (code) => {
      cancelDemoOrder(world, { orderId: find(code).id, reason: 'test' })
    },
    cancelOneLine: async (code) => {
      const { id, lines } = find(code)
      cancelDemoOrder(world, { orderId: id, lines: [{ orderLineId: lines[0]!.id, quantity: 1 }] })
    },
    expireSessions: () => shop.expireSessions(),
    listFulfilments: async (code) => find(code).fulfillments,
  }
}

function ship(
  world: DemoShopWorld,
  lines: { orderLineId: string; quantity: number }[],
  trackingCode: string,
): void {
  const values = Object.entries({ method: 'DHL', trackingCode }).map(([name, value]) => ({ name, value }))
  const added = addFulfillment(world, { lines, handler: { code: 'manual-fulfillment', arguments: values } })
  if (!('id' in added)) throw new Error(JSON.stringify(added))
  transitionFulfillment(world, { id: added.id, state: 'Shipped' })
}

function noteHandles(
  world: DemoShopWorld,
): Pick<ShopWithNotes, 'listNotes' | 'addNote' | 'readCancellations' | 'countPieces'> {
  const { state } = world
  const historyOf = (orderId: string) => state.orders.find(({ id }) => id === orderId)?.history ?? []
  return {
    listNotes: async (orderId) =>
      historyOf(orderId)
        .filter(({ type }) => type === 'ORDER_NOTE')
        .map(({ data, isPublic }) => ({ text: String(data['note']), isPublic })),
    addNote: async (id, note, isPublic) => {
      addNote(world, { id, note, isPublic })
    },
    readCancellations: async (orderId) => {
      const order = state.orders.find(({ id }) => id === orderId)!
      const entries = historyOf(orderId).filter(({ type }) => type === 'ORDER_CANCELLATION')
      const reasons = entries.map(({ data }) => (data['reason'] as string | null) ?? '')
      // Of a whole order nothing but the shipping can be left.
      return { reasons, totalWithTax: order.shippingCancelled === true ? 0 : order.shippingWithTax }
    },
    countPieces: async () => {
      const variants = state.listings.flatMap((listing) => listing.variants)
      const sum = (key: 'stockOnHand' | 'stockAllocated') => variants.reduce((all, one) => all + one[key], 0)
      return { onHand: sum('stockOnHand'), allocated: sum('stockAllocated') }
    },
  }
}
