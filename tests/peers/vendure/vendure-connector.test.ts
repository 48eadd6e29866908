// Relative: this folder is a package of its own, so '#tests/' would not be ours.
import { describeVendureShop } from '../../conformance/vendure-shop.suite.ts'
import { installVendurePeer, startVendurePeer } from './peer.ts'

describeVendureShop('the Vendure connector against a real Vendure', async () => {
  await installVendurePeer()
  const peer = await startVendurePeer()
  await peer.seed({ products: 3, variantsPerProduct: 2, stock: 10_000 })
  return {
    baseUrl: peer.baseUrl,
    username: peer.adminUser,
    password: peer.adminPassword,
    placeOrders: (n) => peer.seedOrders(n),
    placeLate: async (beforePayment) => (await peer.seedOrders(1, { beforePayment }))[0]!,
    shipElsewhere: async (code, trackingNumber) => {
      const { lines } = await peer.readOrder(code)
      const input = {
        lines: lines.map(({ id, quantity }) => ({ orderLineId: id, quantity })),
        handler: {
          code: 'manual-fulfillment',
          arguments: [
            { name: 'method', value: 'DHL' },
            { name: 'trackingCode', value: trackingNumber },
          ],
        },
      }
      const added = await peer.admin<{ addFulfillmentToOrder: { id: string } }>(
        'mutation ($input: FulfillOrderInput!) { addFulfillmentToOrder(input: $input) { ... on Fulfillment { id } } }',
        { input },
      )
      await peer.admin(
        'mutation ($id: ID!) { transitionFulfillmentToState(id: $id, state: "Shipped") { ... on Fulfillment { id } } }',
        { id: added.addFulfillmentToOrder.id },
      )
    },
    cancelOrder: (code) => peer.cancelOrder(code),
    expireSessions: () => peer.expireSessions(),
    listFulfilments: async (code) =>
      (await peer.listFulfillments(code)).map(({ state, method, trackingCode }) => ({
        state,
        method,
        trackingCode: trackingCode ?? '',
      })),
    stop: () => peer.stop(),
  }
})
