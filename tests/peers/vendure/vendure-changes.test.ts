// Relative: this folder is a package of its own, so '#tests/' would not be ours.
import { describeVendureChanges } from '../../conformance/vendure-changes.suite.ts'
import { installVendurePeer, startVendurePeer } from './peer.ts'

describeVendureChanges('changes at a real Vendure', async () => {
  await installVendurePeer()
  const peer = await startVendurePeer()
  await peer.seed({ products: 9, variantsPerProduct: 2, stock: 10_000 })
  return {
    baseUrl: peer.baseUrl,
    username: peer.adminUser,
    password: peer.adminPassword,
    placeOrder: async () => (await peer.seedOrders(1))[0]!,
    stop: () => peer.stop(),
  }
})
