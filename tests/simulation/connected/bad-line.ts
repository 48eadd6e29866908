import type { HttpResponse } from '#core/connectors/_kit/operation.ts'
import type { Rng } from '#core/shared/ports.ts'
import type { HttpExecutor, ReadyRequest } from '#main/http/executor.ts'
import type { Remote } from '#tests/simulation/connected/remote.ts'
import type { VirtualClock } from '#tests/simulation/virtual-clock.ts'
import type { WireAnswer, WireRequest } from '#tests/support/local-server.ts'

/** How often, per request, the line or the remote's front door misbehaves; 0 to 1. */
export interface LineMischief {
  down: number
  throttled: number
  /** HTTP 5xx, with nothing done and with everything done. */
  failedBefore: number
  failedAfter: number
  /** Nothing arrives; all is done and no answer arrives; it is done a while after its answer was given up. */
  lostRequest: number
  lostAnswer: number
  late: number
  /** A gateway sends it a second time. */
  twice: number
  /** The answer is cut off in mid-text. */
  truncated: number
  /** Items of a page come in another order, or twice. */
  shuffled: number
  /** Right before it is carried out, somebody else does something to what it is about. */
  meanwhile: number
  sessionEnds: number
  keysChange: number
}

export const GOOD_LINE: LineMischief = {
  ...{ down: 0, throttled: 0, failedBefore: 0, failedAfter: 0, lostRequest: 0, lostAnswer: 0 },
  ...{ late: 0, twice: 0, truncated: 0, shuffled: 0, meanwhile: 0, sessionEnds: 0, keysChange: 0 },
}

/** An operation makes several requests, so each of them fails less often than a call of the in-memory shop. */
export function makeLineMischief(rng: Rng): LineMischief {
  const bad = rng() < 0.7 ? 0.12 * rng() : 0
  return {
    ...{ down: rng() < 0.1 ? 1 : bad / 2, throttled: bad / 2 },
    ...{ failedBefore: bad / 4, failedAfter: bad / 4 },
    ...{ lostRequest: bad, lostAnswer: bad * 2, late: bad, twice: bad, truncated: bad / 4 },
    ...{ shuffled: 0.5, meanwhile: rng() < 0.5 ? 0.1 : 0, sessionEnds: bad / 4, keysChange: bad / 40 },
  }
}

export interface LineDeps {
  rng: Rng
  clock: VirtualClock
  pause: () => Promise<void>
  /** Somebody else does something to what this is about. */
  disturb: (signal: AbortSignal) => void
  /** Has the remote answer, one request after the other. */
  carryOut: (request: ReadyRequest, signal: AbortSignal) => Promise<WireAnswer>
  mischief: () => LineMischief
}

const WRITES_FAIL = 3
const LATEST_MS = 2_500

/** The line between main and a remote: requests as main's executor sends them, without sockets, and with all that goes wrong. */
export function createBadLine(remote: Remote, deps: LineDeps): HttpExecutor {
  const { rng, clock, pause, carryOut } = deps
  const chanceOf = (kind: keyof LineMischief, times = 1): boolean => {
    const often = deps.mischief()[kind] * times
    return often > 0 && rng() < often
  }
  const toAnswer = ({ status, headers, body }: WireAnswer): HttpResponse => ({
    ...{ kind: 'answer', status, text: body, receivedAt: clock.now() },
    headers: { date: new Date(clock.real()).toUTCString(), ...headers },
  })
  return async (request, signal) => {
    // Reads are many, and one that fails only comes again: writes are what can go wrong.
    const chance = (kind: keyof LineMischief): boolean =>
      chanceOf(kind, request.effect === 'write' ? WRITES_FAIL : 1)
    await pause()
    if (chance('down')) return fail('not-sent', 'no-connection')
    if (chance('keysChange')) remote.changeKeys()
    if (chance('sessionEnds')) remote.endSessions()
    if (chance('throttled')) return toAnswer(await remote.throttle(request.name))
    if (chance('failedBefore')) return toAnswer(BROKEN)
    if (chance('lostRequest')) return fail('unknown', 'timeout')
    if (chance('late')) {
      clock.setTimer(() => void carryOut(request, signal), Math.floor(rng() * LATEST_MS))
      return fail('unknown', 'timeout')
    }
    if (chance('meanwhile')) deps.disturb(signal)
    let answer = await carryOut(request, signal)
    if (chance('twice') && remote.knowsAgain(request.name)) answer = await carryOut(request, signal)
    await pause()
    if (chance('lostAnswer')) return fail('unknown', 'cut-off')
    if (chance('failedAfter')) return toAnswer(BROKEN)
    if (chance('truncated')) return toAnswer({ ...answer, body: answer.body.slice(0, -5) })
    return toAnswer(chance('shuffled') ? shuffle(remote, answer, rng) : answer)
  }
}

export function toWire({ method, url, headers, json, form }: ReadyRequest): WireRequest {
  const { pathname, search } = new URL(url)
  const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded'
  const body =
    form !== undefined ? new URLSearchParams(form).toString() : json === undefined ? '' : JSON.stringify(json)
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  return {
    ...{ method, path: `${pathname}${search}`, body },
    headers: { ...Object.fromEntries(named), ...(body === '' ? {} : { 'content-type': type }) },
  }
}

const BROKEN: WireAnswer = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: '<h1>Bad gateway</h1>',
}

function fail(sent: 'not-sent' | 'unknown', reason: 'no-connection' | 'timeout' | 'cut-off'): HttpResponse {
  return { kind: 'failure', sent, reason, message: 'made up' }
}

function shuffle(remote: Remote, answer: WireAnswer, rng: Rng): WireAnswer {
  if (answer.status !== 200) return answer
  const body = JSON.parse(answer.body) as unknown
  for (const list of remote.listsOf(body)) {
    const twice = list.filter(() => rng() < 0.3)
    const mixed = [...list, ...twice].map((item) => ({ item, at: rng() })).sort((a, b) => a.at - b.at)
    list.splice(0, list.length, ...mixed.map(({ item }) => item))
  }
  return { ...answer, body: JSON.stringify(body) }
}
