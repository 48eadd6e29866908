/**
 * The first stored layout. Frozen: databases of this form exist on people's machines, so this text never
 * changes again; a new layout is a new file beside it (docs/spec/storage.md).
 * It had slim rows without a queue index, and counted by reading.
 */
export const v1 = {
  connections: 'id',
  orders: 'id, &[connectionId+remoteId]',
  orderRows: 'id',
  shadows: 'entityKey',
  products: 'id, &sku',
  shipments: 'id, *orderIds, &trackingNumber',
  documents: 'id, orderId',
  pools: 'id',
  printJobs: 'id, state',
  outbox: 'id, connectionId, entityKey',
  activity: 'id, entityKey',
  quarantine: 'id, connectionId',
  settings: 'key',
}
