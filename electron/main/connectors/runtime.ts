import {
  operations,
  WRITE_OPERATIONS,
  type OperationInput,
  type OperationName,
  type OperationOutput,
} from '#core/contracts/operations.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Priority } from '#core/sync/priority.ts'
import type { Connector } from '#core/connectors/_kit/connector.ts'
import { checkSettings } from '#core/connectors/_kit/manifest.ts'
import type { Operation, Secrets, Settings } from '#core/connectors/_kit/operation.ts'
import { describeWireError } from '#core/connectors/_kit/wire.ts'
import { findConnector } from '#core/connectors/registry.ts'
import { quickParse } from '#core/contracts/quick-parse.ts'
import type { HttpExecutor } from '#main/http/executor.ts'
import type { FetchedPicture, PictureFetcher } from '#main/http/picture-fetcher.ts'
import { createCaller, drive, type SessionSlot } from '#main/connectors/connection-caller.ts'
import { createOneAtATime } from '#main/connectors/one-at-a-time.ts'
import { fetchListingPicture } from '#main/connectors/fetch-picture.ts'
import { createRateLimiter, type RateLimiter } from '#main/connectors/rate-limiter.ts'
import type { TraceEntry } from '#main/connectors/trace.ts'

/** Where settings and secrets come from. Secrets are asked for only to sign in. */
export interface CredentialSource {
  settingsOf: (id: ConnectionId) => Promise<Result<{ connectorId: string; settings: Settings }>>
  secretsOf: (id: ConnectionId) => Promise<Result<Secrets>>
  /** Secrets that the remote replaced. Without it they are lost with the session. */
  keepSecrets?: (id: ConnectionId, renewed: Secrets) => Promise<Result<unknown>>
}

export interface RuntimePorts {
  execute: HttpExecutor
  /** Without it no picture is found. */
  fetchPicture?: PictureFetcher
  credentials: CredentialSource
  now: () => number
  /** How far the clock here is ahead of the remotes', ms; null or absent while that is not known. */
  clockOffMs?: () => number | null
  /** Rejects when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>
  log?: ((entry: TraceEntry) => void) | undefined
  /** Puts redacted bodies into the trace; costs a second parse of every answer. */
  traceBodies?: boolean
  /** Tests bring their own. */
  findConnector?: (connectorId: string) => Connector | null
}

export interface CallOptions {
  signal?: AbortSignal | undefined
  /** Who goes first on this connection; without a word somebody is taken to look at the screen for it. */
  priority?: Priority | undefined
}

export interface ConnectorRuntime {
  /** Runs one operation of a connection. Never throws for what the world does. */
  run<N extends OperationName>(
    connectionId: ConnectionId,
    operation: N,
    input: OperationInput<N>,
    options?: CallOptions,
  ): Promise<Result<OperationOutput<N>>>
  /** The small picture at this address, when it is on a host of the connection. */
  fetchPicture(connectionId: ConnectionId, url: string, signal?: AbortSignal): Promise<Result<FetchedPicture>>
  /** When the access of connections ends that a person has to renew; of those with an open session. */
  accessEnds(): Promise<{ connectionId: ConnectionId; expiresAt: number }[]>
  /** The connection was changed or removed: its session is over. */
  forget(connectionId: ConnectionId): void
}

interface ConnectionState {
  connector: Connector
  /** Settings the session was opened for; other settings start anew. */
  fingerprint: string
  limiter: RateLimiter
  session: SessionSlot
}

/** Drives connectors: everything they do not do themselves. Imports no electron, so tests and the demo use the same. */
export function createConnectorRuntime(ports: RuntimePorts): ConnectorRuntime {
  const states = new Map<ConnectionId, ConnectionState>()
  const oneAtATime = createOneAtATime()
  const find = ports.findConnector ?? findConnector

  function stateOf(id: ConnectionId, connector: Connector, settings: Settings): ConnectionState {
    const fingerprint = JSON.stringify([connector.manifest.id, Object.entries(settings).sort()])
    const known = states.get(id)
    if (known?.fingerprint === fingerprint) return known
    const limiter = createRateLimiter(connector.manifest.limits, ports)
    const made = { connector, fingerprint, limiter, session: { pending: null } }
    states.set(id, made)
    return made
  }

  async function runNow<N extends OperationName>(
    id: ConnectionId,
    operation: N,
    input: OperationInput<N>,
    { signal = new AbortController().signal, priority = 'interactive' }: CallOptions,
  ): Promise<Result<OperationOutput<N>>> {
    if (signal.aborted) return err(issue('cancelled'))
    const found = await findShop(ports.credentials, find, id)
    if (!found.ok) return found
    const { connector, settings } = found.value
    const work = connector.operations[operation] as Work<N> | undefined
    if (work === undefined) return err(issue('unsupported', { reason: 'no-such-operation' }))
    const state = stateOf(id, connector, settings)
    // A test is about what was typed, not about a session from before.
    if (operation === 'test-connection') state.session.pending = null
    const about = { connectionId: id, operation, connector, settings, secrets: [] }
    const context = { ...about, limiter: state.limiter, priority, signal }
    const caller = createCaller(context, state.session, callerPorts(ports, id))
    const result = await drive(work(input, { settings, now: remoteNow(ports) }), caller.send)
    if (!result.ok) return err(result.error[0] ?? issue('malformed', { reason: 'no-issue' }))
    return checkOutput(operation, result.value)
  }

  return {
    async run(connectionId, operation, input, options = {}) {
      const parsed = quickParse<unknown>(operations[operation].input, input)
      if (!parsed.success)
        return err(
          issue('invalid-input', { reason: 'contract', remoteMessage: describeWireError(parsed.error) }),
        )
      const checked = parsed.data as typeof input
      const key = lockKey(connectionId, operation, checked)
      const task = () => runNow(connectionId, operation, checked, options)
      return key === null ? task() : oneAtATime(key, task)
    },
    async fetchPicture(id, url, signal = new AbortController().signal) {
      const found = await findShop(ports.credentials, find, id)
      if (!found.ok) return found
      const { limiter } = stateOf(id, found.value.connector, found.value.settings)
      return fetchListingPicture(url, { ...found.value, limiter, signal, fetch: ports.fetchPicture })
    },
    async accessEnds() {
      return accessEndsOf(states)
    },
    forget(connectionId) {
      states.delete(connectionId)
    },
  }
}

function remoteNow({ now, clockOffMs }: RuntimePorts): number {
  return now() - (clockOffMs?.() ?? 0)
}

function callerPorts(ports: RuntimePorts, id: ConnectionId): Parameters<typeof createCaller>[2] {
  const { execute, now, log, traceBodies = false, credentials } = ports
  return {
    ...{ execute, now, log, traceBodies },
    secretsOf: () => credentials.secretsOf(id),
    keepSecrets: async (renewed) => credentials.keepSecrets?.(id, renewed) ?? ok(null),
  }
}

/** When access ends, of connections whose access a person has to renew. */
async function accessEndsOf(
  states: ReadonlyMap<ConnectionId, ConnectionState>,
): Promise<{ connectionId: ConnectionId; expiresAt: number }[]> {
  const byHand = [...states].filter(([, { connector }]) => connector.manifest.renewedByHand === true)
  const sessions = byHand.map(async ([connectionId, { session }]) => {
    const { expiresAt } = (await session.pending?.catch(() => null)) ?? {}
    return expiresAt === undefined ? [] : [{ connectionId, expiresAt }]
  })
  return (await Promise.all(sessions)).flat()
}

type Work<N extends OperationName> = Operation<OperationInput<N>, OperationOutput<N>>

async function findShop(
  credentials: CredentialSource,
  find: (connectorId: string) => Connector | null,
  id: ConnectionId,
): Promise<Result<{ connector: Connector; settings: Settings }>> {
  const stored = await credentials.settingsOf(id)
  if (!stored.ok) return stored
  const connector = find(stored.value.connectorId)
  if (connector === null) return err(issue('unsupported', { reason: 'unknown-connector' }))
  const settings = checkSettings(connector.manifest, stored.value.settings)
  if (!settings.ok) return err(settings.error[0] ?? issue('invalid-input'))
  return ok({ connector, settings: settings.value })
}

/** An output that breaks the contract is a connector's fault; it must not reach storage. A write may have worked. */
function checkOutput<N extends OperationName>(operation: N, value: unknown): Result<OperationOutput<N>> {
  const parsed = quickParse<unknown>(operations[operation].output, value)
  if (parsed.success) return ok(parsed.data as OperationOutput<N>)
  const details: Omit<Issue, 'code'> = { reason: 'contract', remoteMessage: describeWireError(parsed.error) }
  return err(issue(isWrite(operation) ? 'outcome-unknown' : 'malformed', details))
}

/** What must not run twice at once: two pulls would fight for one checkpoint (or ask a bank twice for the same page), two writes of one entity could both go through. */
function lockKey(id: ConnectionId, operation: OperationName, input: unknown): string | null {
  if (operation === 'pull-orders' || operation === 'pull-listings' || operation === 'pull-rates')
    return `${id} ${operation}`
  // One purchase is bought, looked for and voided one after the other.
  if (isOfPurchase(operation)) return `${id} purchase ${(input as { intentId: string }).intentId}`
  if (operation === 'push-prices') return `${id} ${operation}`
  if (!isWrite(operation)) return null
  const { orderRemoteId, listingRemoteId } = input as { orderRemoteId?: string; listingRemoteId?: string }
  return `${id} ${orderRemoteId === undefined ? `listing ${listingRemoteId ?? ''}` : `order ${orderRemoteId}`}`
}

function isOfPurchase(operation: OperationName): boolean {
  return operation === 'buy-label' || operation === 'resolve-purchase' || operation === 'void-label'
}

function isWrite(operation: OperationName): boolean {
  return (WRITE_OPERATIONS as readonly OperationName[]).includes(operation)
}
