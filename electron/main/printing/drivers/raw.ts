import { lookup as dnsLookup } from 'node:dns/promises'
import { connect, type Socket } from 'node:net'
import type { PrintTarget } from '#core/contracts/ipc.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { isPrivateAddress } from '#main/printing/drivers/private-address.ts'
import type { PrintJob, Spooled } from '#main/printing/print-job.ts'

type RawTarget = Extract<PrintTarget, { driver: 'raw' }>

export interface RawDriverOptions {
  lookup?: (host: string) => Promise<readonly { address: string }[]>
  connectMs?: number
  /** How long the printer may take nothing, or keep the line open after everything was sent. */
  silenceMs?: number
}

const LOWEST_PORT = 1024

/**
 * Sends bytes as they are to a printer that listens on TCP (usually 9100). Only to addresses of the house, and to the
 * very address that was checked: a name could mean another machine a moment later.
 */
export function createRawDriver(
  options: RawDriverOptions = {},
): (job: PrintJob, target: RawTarget) => Promise<Spooled> {
  const {
    lookup = (host: string) => dnsLookup(host, { all: true }),
    connectMs = 5_000,
    silenceMs = 15_000,
  } = options
  return async (job, target) => {
    if (target.port < LOWEST_PORT)
      return err(issue('invalid-input', { field: 'target.port', reason: 'port-not-a-printer' }))
    const address = await resolvePrivate(target.host, lookup)
    if (!address.ok) return address
    const payload = Buffer.concat(Array.from({ length: job.copies }, () => job.bytes))
    const sent = await deliver(address.value, target.port, payload, { connectMs, silenceMs })
    return sent.ok ? ok({ spooledAs: `${target.host}:${target.port}` }) : sent
  }
}

async function resolvePrivate(
  host: string,
  lookup: NonNullable<RawDriverOptions['lookup']>,
): Promise<Result<string>> {
  const found = await lookup(host).catch(() => [])
  const first = found[0]
  if (first === undefined)
    return err(issue('remote-down', { field: 'target.host', reason: 'printer-not-found' }))
  if (!found.every(({ address }) => isPrivateAddress(address))) {
    return err(issue('invalid-input', { field: 'target.host', reason: 'address-not-private' }))
  }
  return ok(first.address)
}

/**
 * Sends, says it is done (half-close) and waits until the printer has closed too: only then has its side taken every
 * byte. When it falls silent after everything left, nobody knows whether the label came out.
 */
function deliver(
  host: string,
  port: number,
  payload: Buffer,
  limits: { connectMs: number; silenceMs: number },
): Promise<Result<object>> {
  return new Promise((resolve) => {
    const socket: Socket = connect({ host, port, allowHalfOpen: true })
    const down = (reason: string) => err(issue('remote-down', { reason }))
    let result: Result<object> = down('printer-refused')
    let flushed = false
    let ended = false
    socket.setTimeout(limits.connectMs)
    socket.once('connect', () => {
      result = down('printer-broke-off')
      socket.setTimeout(limits.silenceMs)
      socket.end(payload, () => (flushed = true))
    })
    // Status messages are of no use yet, but unread they would keep the line from closing.
    socket.resume()
    socket.once('end', () => (ended = true))
    socket.once('timeout', () => {
      if (flushed) result = err(issue('outcome-unknown', { reason: 'printer-silent' }))
      else if (!result.ok && result.error.reason === 'printer-refused') result = down('printer-not-reached')
      else result = down('printer-stalled')
      socket.destroy()
    })
    socket.on('error', () => undefined)
    socket.once('close', (failed) => resolve(!failed && flushed && ended ? ok({}) : result))
  })
}
