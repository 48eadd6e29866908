import type { Channel } from '#core/contracts/ipc.ts'
import type { OperationInput, OperationName, OperationOutput } from '#core/contracts/operations.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { Priority } from '#core/sync/priority.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { FetchedPicture } from '#main/http/picture-fetcher.ts'
import type { Handlers } from '#main/ipc/handle.ts'

/** Runs one operation of the connector behind a connection. */
export interface OperationRunner {
  run: <N extends OperationName>(
    connectionId: ConnectionId,
    operation: N,
    input: OperationInput<N>,
    options: { priority?: Priority | undefined },
  ) => Promise<Result<OperationOutput<N>>>
  fetchPicture: (connectionId: ConnectionId, url: string) => Promise<Result<FetchedPicture>>
  accessEnds: () => Promise<{ connectionId: ConnectionId; expiresAt: number }[]>
  /** How far the clock here is ahead of the shops'; null while that is not known. */
  offMs: () => number | null
}

type ConnectorHandlers = Pick<Handlers, Extract<Channel, `connector.${string}`>>

/** Operations, not requests: a page cannot make main fetch an address. */
export function connectorHandlers(runner: OperationRunner): ConnectorHandlers {
  const { run } = runner
  return {
    'connector.test-connection': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'test-connection', input, { priority }),
    'connector.pull-orders': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'pull-orders', input, { priority }),
    'connector.read-orders': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'read-orders', input, { priority }),
    'connector.confirm-shipment': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'confirm-shipment', input, { priority }),
    'connector.cancel-order': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'cancel-order', input, { priority }),
    'connector.note-order': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'note-order', input, { priority }),
    'connector.pull-listings': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'pull-listings', input, { priority }),
    'connector.read-listings': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'read-listings', input, { priority }),
    'connector.push-listing': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'push-listing', input, { priority }),
    'connector.push-price': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'push-price', input, { priority }),
    'connector.push-stock': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'push-stock', input, { priority }),
    'connector.buy-label': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'buy-label', input, { priority }),
    'connector.resolve-purchase': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'resolve-purchase', input, { priority }),
    'connector.void-label': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'void-label', input, { priority }),
    'connector.pull-rates': ({ connectionId, priority, ...input }) =>
      run(connectionId, 'pull-rates', input, { priority }),
    'connector.fetch-picture': ({ connectionId, url }) => runner.fetchPicture(connectionId, url),
    'connector.standing': async () =>
      ok({ clockOffMs: runner.offMs(), accessEnds: await runner.accessEnds() }),
  }
}
