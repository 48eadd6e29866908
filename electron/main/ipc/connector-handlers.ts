import type { Channel } from '#core/contracts/ipc.ts'
import type { OperationInput, OperationName, OperationOutput } from '#core/contracts/operations.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { FetchedPicture } from '#main/http/picture-fetcher.ts'
import type { Handlers } from '#main/ipc/handle.ts'

/** Runs one operation of the connector behind a connection. */
export interface OperationRunner {
  run: <N extends OperationName>(
    connectionId: ConnectionId,
    operation: N,
    input: OperationInput<N>,
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
    'connector.test-connection': ({ connectionId, ...input }) => run(connectionId, 'test-connection', input),
    'connector.pull-orders': ({ connectionId, ...input }) => run(connectionId, 'pull-orders', input),
    'connector.read-orders': ({ connectionId, ...input }) => run(connectionId, 'read-orders', input),
    'connector.confirm-shipment': ({ connectionId, ...input }) =>
      run(connectionId, 'confirm-shipment', input),
    'connector.cancel-order': ({ connectionId, ...input }) => run(connectionId, 'cancel-order', input),
    'connector.note-order': ({ connectionId, ...input }) => run(connectionId, 'note-order', input),
    'connector.pull-listings': ({ connectionId, ...input }) => run(connectionId, 'pull-listings', input),
    'connector.read-listings': ({ connectionId, ...input }) => run(connectionId, 'read-listings', input),
    'connector.push-listing': ({ connectionId, ...input }) => run(connectionId, 'push-listing', input),
    'connector.push-price': ({ connectionId, ...input }) => run(connectionId, 'push-price', input),
    'connector.push-stock': ({ connectionId, ...input }) => run(connectionId, 'push-stock', input),
    'connector.buy-label': ({ connectionId, ...input }) => run(connectionId, 'buy-label', input),
    'connector.resolve-purchase': ({ connectionId, ...input }) =>
      run(connectionId, 'resolve-purchase', input),
    'connector.void-label': ({ connectionId, ...input }) => run(connectionId, 'void-label', input),
    'connector.pull-rates': ({ connectionId, ...input }) => run(connectionId, 'pull-rates', input),
    'connector.fetch-picture': ({ connectionId, url }) => runner.fetchPicture(connectionId, url),
    'connector.standing': async () =>
      ok({ clockOffMs: runner.offMs(), accessEnds: await runner.accessEnds() }),
  }
}
