import { asNotReadBack } from '#core/connectors/_kit/after-write.ts'
import type { Issue } from '#core/shared/issue.ts'
import { err, type Result } from '#core/shared/result.ts'
import type { HttpRequest, HttpResponse, Secrets, Session } from '#core/connectors/_kit/operation.ts'
import {
  OperationStopped,
  sendRequest,
  type SendContext,
  type SenderPorts,
} from '#main/connectors/request-sender.ts'

/** A session in memory, shared by the operations of a connection; a promise, so that it is opened once. */
export interface SessionSlot {
  pending: Promise<Session> | null
}

export interface CallerPorts extends SenderPorts {
  secretsOf: () => Promise<Result<Secrets>>
  /** Keeps these beside the secrets that are there, in place of those of the same names. */
  keepSecrets: (renewed: Secrets) => Promise<Result<unknown>>
}

/** Sends an operation's requests in the connection's session. One per run; signs in again at most once. */
export function createCaller(context: SendContext, slot: SessionSlot, ports: CallerPorts) {
  const scheme = context.connector.session
  let signedInAgain = false

  async function send(request: HttpRequest): Promise<HttpResponse> {
    if (scheme === null || request.session === false) return sendRequest(request, {}, context, ports)
    const isKnown = slot.pending !== null
    let used = openSession(slot, () => signIn(context, ports))
    let session = await used
    if (isKnown && isEnding(session, ports.now())) session = await (used = reopen(used))
    const response = await sendRequest(request, session.headers, context, ports)
    if (!scheme.isRefused(response) || signedInAgain) return response
    signedInAgain = true
    const fresh = await reopen(used)
    return sendRequest(request, fresh.headers, context, ports)
  }

  /** Another operation may have signed in meanwhile; then its session is tried. */
  function reopen(used: Promise<Session>): Promise<Session> {
    if (slot.pending === used) slot.pending = null
    return openSession(slot, () => signIn(context, ports))
  }

  return { send }
}

/** A token that is about to end is asked for anew before a request, not after one was refused. */
const RENEW_BEFORE_MS = 120_000

function isEnding({ expiresAt }: Session, now: number): boolean {
  return expiresAt !== undefined && expiresAt - now < RENEW_BEFORE_MS
}

function openSession(slot: SessionSlot, open: () => Promise<Session>): Promise<Session> {
  if (slot.pending !== null) return slot.pending
  const opening = open()
  slot.pending = opening
  opening.catch(() => {
    if (slot.pending === opening) slot.pending = null
  })
  return opening
}

async function signIn(context: SendContext, ports: CallerPorts): Promise<Session> {
  const { connector, settings } = context
  const found = await ports.secretsOf()
  if (!found.ok) throw new OperationStopped(found.error)
  context.secrets.push(...Object.values(found.value))
  const work = connector.session?.signIn({ settings, now: ports.now(), secrets: found.value })
  if (work === undefined) throw new Error(`${connector.manifest.id} has no way to sign in`)
  let step = work.next()
  while (step.done !== true) step = work.next(await sendRequest(step.value, {}, context, ports))
  if (!step.value.ok) throw new OperationStopped(step.value.error)
  const { renewed } = step.value.value
  if (renewed !== undefined) {
    context.secrets.push(...Object.values(renewed))
    const kept = await ports.keepSecrets(renewed)
    if (!kept.ok) throw new OperationStopped(kept.error)
  }
  return step.value.value
}

/**
 * Runs a generator to its end over `send`. One that is stopped from outside (no turn, no session, no more wish for it) after a write has left
 * may have done what it was to do.
 */
export async function drive<T>(
  work: Generator<HttpRequest, Result<T, Issue[]>, HttpResponse>,
  send: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<Result<T, Issue[]>> {
  let hasWritten = false
  try {
    let step = work.next()
    while (step.done !== true) {
      const response = await send(step.value)
      hasWritten ||= step.value.effect === 'write' && mayHaveArrived(response)
      step = work.next(response)
    }
    return step.value
  } catch (error) {
    if (error instanceof OperationStopped) return err([hasWritten ? asNotReadBack(error.issue) : error.issue])
    throw error
  }
}

function mayHaveArrived(response: HttpResponse): boolean {
  return response.kind === 'answer' || response.sent === 'unknown'
}
