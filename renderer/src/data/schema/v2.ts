import { v1 } from '#renderer/data/schema/v1.ts'

/**
 * The second layout, frozen. Against v1: slim rows carry their queue and are read by keyset from an index, counters
 * are kept (a queue's count is one read), open orders are found by SKU, and products that still lack customs
 * facts are found without a scan.
 */
export const v2 = {
  ...v1,
  orders: 'id, &[connectionId+remoteId], *openSkus',
  orderRows:
    'id, [queue+sortKey+id], [connectionId+queue+sortKey+id], [sortKey+id], [connectionId+sortKey+id]',
  counters: 'key',
  products: 'id, &sku, incomplete',
  printJobs: 'id, state, orderId',
}
