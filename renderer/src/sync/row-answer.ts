import type { OperationOutput } from '#core/contracts/operations.ts'
import type { OutboxKind, OutboxRow } from '#core/sync/outbox.ts'

/** A row and what its remote answered; an outbox kind has the name of its operation. */
export type RowAnswer = {
  [K in OutboxKind]: { row: OutboxRow<K>; value: OperationOutput<K> }
}[OutboxKind]
