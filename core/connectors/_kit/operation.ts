import type { Issue } from '#core/shared/issue.ts'
import type { Result } from '#core/shared/result.ts'

/** What a request does to the remote: only a lost answer to a write leaves a question open. */
export type Effect = 'read' | 'write'

/** A request as a value. The runtime checks its host, adds the session, sends it. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Starts with `/`: below the connection's base address. Or absolute, https, on a host of the manifest. */
  url: string
  headers: Readonly<Record<string, string>>
  /** Sent as JSON; without it and `form` there is no body. */
  json?: unknown
  /** Sent as a form (`application/x-www-form-urlencoded`), as OAuth asks for. */
  form?: Readonly<Record<string, string>>
  /** False: goes without the session, e.g. to an address of storage that is itself the key. */
  session?: false
  effect: Effect
  /** The answer is a file packed with gzip, whatever its headers say. */
  gunzip?: true
  timeoutMs: number
  /** Name for the trace, e.g. the GraphQL operation. */
  name: string
}

export interface HttpAnswer {
  kind: 'answer'
  status: number
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>
  text: string
  /** Local epoch ms when the answer was complete; only for Retry-After dates without a Date header. */
  receivedAt: number
}

export const FAILURE_REASONS = ['no-connection', 'tls', 'timeout', 'cut-off', 'too-large', 'aborted'] as const
export type FailureReason = (typeof FAILURE_REASONS)[number]

/** No usable answer. `not-sent`: nothing of the request left this machine; `unknown`: the remote may have acted on it. */
export interface HttpFailure {
  kind: 'failure'
  sent: 'not-sent' | 'unknown'
  reason: FailureReason
  message: string
}

export type HttpResponse = HttpAnswer | HttpFailure

export type Settings = Readonly<Record<string, string>>
export type Secrets = Readonly<Record<string, string>>

/** What an operation may know. No secrets: the session is added to its requests behind its back. */
export interface OpContext {
  settings: Settings
  /** Epoch ms when the operation began, by the clock of the remotes where it is known. */
  now: number
}

/** The whole of a connector's work: yields request descriptions, receives responses, does no I/O. */
export type Operation<I, O> = (
  input: I,
  context: OpContext,
) => Generator<HttpRequest, Result<O, Issue[]>, HttpResponse>

/** A step inside an operation; used with `yield*`. */
export type Step<T> = Generator<HttpRequest, Result<T>, HttpResponse>

/** An open session: headers that go along with every request. Kept in memory by the runtime, never shown to operations. */
export interface Session {
  headers: Readonly<Record<string, string>>
  /** When the remote says it ends, epoch ms; absent where it does not say. */
  expiresAt?: number
  /** What the remote put in place of the secrets of these names; kept before the session is used. */
  renewed?: Secrets
}

/** How a connector signs in. Only this sees secrets. */
export interface SessionScheme {
  signIn: (context: OpContext & { secrets: Secrets }) => Step<Session>
  /** True when the remote refused because the session is missing or over; the runtime signs in again, once. */
  isRefused: (response: HttpResponse) => boolean
}
