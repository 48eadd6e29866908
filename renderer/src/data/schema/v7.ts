import { v6 } from '#renderer/data/schema/v6.ts'

/**
 * The seventh layout, frozen. Against v6: which orders changed is noted in the transaction of the change (`orderChanges`), so that the index in the
 * worker's memory can catch up, and its parts are kept; views that a person saved; verbs on many orders, and what each order was before.
 * Counters also count reasons.
 */
export const v7 = {
  ...v6,
  products: 'id, &sku, incomplete, *barcodes',
  orderChanges: 'seq',
  indexParts: 'key',
  savedViews: 'id',
  bulkJobs: 'id, state',
  bulkSteps: 'id, jobId',
}
