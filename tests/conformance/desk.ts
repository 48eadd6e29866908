import { createConnectorRuntime, type ConnectorRuntime } from '#main/connectors/runtime.ts'
import type { TraceEntry } from '#main/connectors/trace.ts'
import { createHttpExecutor, type HttpExecutor } from '#main/http/executor.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationOutput } from '#core/contracts/operations.ts'
import type { RemoteOrder } from '#core/order/order.ts'

export interface Desk {
  runtime: ConnectorRuntime
  connectionId: ConnectionId
  /** The stored credentials; tests may change them. */
  stored: { connectorId: string; settings: Record<string, string>; secrets: Record<string, string> }
  trace: TraceEntry[]
  pull: (options?: PullOptions) => Promise<PulledOrders>
}

export interface PullOptions {
  checkpoint?: { updatedAt: number; id: string } | null
  pageSize?: number
  /** Called after each page, before the next is asked for. */
  betweenPages?: (page: number) => Promise<void>
}

export interface PulledOrders {
  /** Every order as it came, repeats included. */
  orders: RemoteOrder[]
  /** The last word on each order, as storage would have it. */
  byId: Map<string, RemoteOrder>
  checkpoint: { updatedAt: number; id: string } | null
  pages: number
}

/** A seller's desk reduced to its connector runtime: the real executor, and credentials from memory. */
export function openDesk(
  stored: Desk['stored'],
  options: { execute?: HttpExecutor; connectionId?: string } = {},
): Desk {
  const connectionId = (options.connectionId ?? 'connection-1') as ConnectionId
  const trace: TraceEntry[] = []
  const runtime = createConnectorRuntime({
    execute: options.execute ?? createHttpExecutor(),
    credentials: {
      settingsOf: async (id) =>
        id === connectionId
          ? ok({ connectorId: stored.connectorId, settings: stored.settings })
          : err(issue('not-found')),
      secretsOf: async () => ok(stored.secrets),
    },
    now: Date.now,
    sleep: sleepUntil,
    log: (entry) => trace.push(entry),
    traceBodies: true,
  })
  return {
    runtime,
    connectionId,
    stored,
    trace,
    pull: (pullOptions) => pullAll(runtime, connectionId, pullOptions ?? {}),
  }
}

async function pullAll(
  runtime: ConnectorRuntime,
  id: ConnectionId,
  options: PullOptions,
): Promise<PulledOrders> {
  const pulled: PulledOrders = {
    orders: [],
    byId: new Map(),
    checkpoint: options.checkpoint ?? null,
    pages: 0,
  }
  let pageToken: string | null = null
  do {
    const result = await runtime.run(id, 'pull-orders', {
      checkpoint: pulled.checkpoint,
      pageToken,
      pageSize: options.pageSize ?? 100,
    })
    if (!result.ok) throw new Error(`pull failed: ${JSON.stringify(result.error)}`)
    const page: OperationOutput<'pull-orders'> = result.value
    if (page.rejected.length > 0) throw new Error(`rejected: ${JSON.stringify(page.rejected)}`)
    for (const order of page.orders) {
      pulled.orders.push(order)
      pulled.byId.set(order.remoteId, order)
    }
    pulled.checkpoint = page.checkpoint ?? pulled.checkpoint
    pulled.pages += 1
    pageToken = page.nextPage
    if (pageToken !== null) await options.betweenPages?.(pulled.pages)
    if (pulled.pages > 500) throw new Error('the pull does not end')
  } while (pageToken !== null)
  return pulled
}

function sleepUntil(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
