import { createRecorder } from '#tests/conformance/record-vendure-kit.ts'
import { recordCatalogue } from '#tests/conformance/record-vendure-catalogue.ts'
import { recordOrders } from '#tests/conformance/record-vendure-orders.ts'
import { recordOrderWrites } from '#tests/conformance/record-vendure-order-writes.ts'
import { startFaultProxy } from '#tests/support/fault-proxy.ts'
import { installVendurePeer, startVendurePeer } from '../peers/vendure/peer.ts'

// Writes core/connectors/vendure/fixtures from a real Vendure: `npx tsx tests/conformance/record-vendure-fixtures.ts`, or
// only some of them: `… record-vendure-fixtures.ts catalogue`. Each group has a shop of its own.
const groups = { orders: recordOrders, 'order-writes': recordOrderWrites, catalogue: recordCatalogue }
const wanted = process.argv.slice(2)

await installVendurePeer()
for (const [name, record] of Object.entries(groups)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const peer = await startVendurePeer()
  const proxy = await startFaultProxy(peer.baseUrl)
  try {
    await record(createRecorder(peer, proxy))
  } finally {
    await proxy.stop()
    await peer.stop()
  }
}
