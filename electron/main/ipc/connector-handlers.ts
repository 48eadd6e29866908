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

/** A call of an operation; what is left of it is the operation's input, as the contract table has checked. */
interface Call {
  connectionId: ConnectionId
  priority?: Priority | undefined
}

/** Operations, not requests: a page cannot make main fetch an address. */
export function connectorHandlers(runner: OperationRunner): ConnectorHandlers {
  const forward =
    <N extends OperationName>(name: N) =>
    ({ connectionId, priority, ...input }: Call) =>
      runner.run(connectionId, name, input as unknown as OperationInput<N>, { priority })
  return {
    'connector.test-connection': forward('test-connection'),
    'connector.pull-orders': forward('pull-orders'),
    'connector.read-orders': forward('read-orders'),
    'connector.confirm-shipment': forward('confirm-shipment'),
    'connector.cancel-order': forward('cancel-order'),
    'connector.note-order': forward('note-order'),
    'connector.pull-listings': forward('pull-listings'),
    'connector.read-listings': forward('read-listings'),
    'connector.check-listing': forward('check-listing'),
    'connector.pull-listing-rules': forward('pull-listing-rules'),
    'connector.push-listing': forward('push-listing'),
    'connector.push-price': forward('push-price'),
    'connector.push-prices': forward('push-prices'),
    'connector.read-batch': forward('read-batch'),
    'connector.push-stock': forward('push-stock'),
    'connector.buy-label': forward('buy-label'),
    'connector.resolve-purchase': forward('resolve-purchase'),
    'connector.void-label': forward('void-label'),
    'connector.pull-rates': forward('pull-rates'),
    'connector.fetch-picture': ({ connectionId, url }) => runner.fetchPicture(connectionId, url),
    'connector.standing': async () =>
      ok({ clockOffMs: runner.offMs(), accessEnds: await runner.accessEnds() }),
  }
}
