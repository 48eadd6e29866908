import type { PrintTarget } from '#core/contracts/ipc.ts'
import { headOf, type PrintFormat } from '#core/documents/print-head.ts'
import { issue } from '#core/shared/issue.ts'
import { err } from '#core/shared/result.ts'
import {
  isPdf,
  isZpl,
  type Drivers,
  type PrintJob,
  type Spooled,
  type ToZplPort,
} from '#main/printing/print-job.ts'

export interface Spooler {
  print(job: PrintJob, target: PrintTarget): Promise<Spooled>
}

/**
 * Sends jobs to drivers: one after the other per printer, so labels come out in the order they were asked for. A PDF for a printer that
 * takes ZPL is turned into it; what a carrier made as ZPL goes out byte for byte.
 */
export function createSpooler(drivers: Drivers, toZpl: ToZplPort): Spooler {
  const queues = new Map<string, Promise<unknown>>()
  return {
    print(job, target) {
      if (job.bytes.length === 0)
        return Promise.resolve(err(issue('invalid-input', { field: 'bytes', reason: 'nothing-to-print' })))
      if (!takes(target, job.bytes)) {
        return Promise.resolve(err(issue('invalid-input', { field: 'bytes', reason: 'not-a-pdf' })))
      }
      const queue = queueOf(target)
      const turn = (queues.get(queue) ?? Promise.resolve()).then(() => send(drivers, toZpl, job, target))
      const settled = turn.catch(() => undefined)
      queues.set(queue, settled)
      void settled.then(() => queues.get(queue) === settled && queues.delete(queue))
      return turn
    },
  }
}

/** A raw printer takes whatever it is sent, a folder whatever is a label. */
function takes(target: PrintTarget, bytes: Uint8Array): boolean {
  if (target.driver === 'raw' || isPdf(bytes)) return true
  return isZpl(bytes) && (target.driver === 'file' || isForZpl(target.format))
}

function isForZpl(format: PrintFormat | undefined): boolean {
  return format === 'zpl-203' || format === 'zpl-300'
}

async function send(
  drivers: Drivers,
  toZpl: ToZplPort,
  job: PrintJob,
  target: PrintTarget,
): Promise<Spooled> {
  if (target.driver === 'file') return drivers.file(job, target)
  let bytes = job.bytes
  if (isForZpl(target.format) && isPdf(bytes)) {
    const made = await toZpl(bytes, headOf(target.format))
    if (!made.ok) return made
    bytes = made.value
  }
  return target.driver === 'system'
    ? drivers.system({ ...job, bytes }, target)
    : drivers.raw({ ...job, bytes }, target)
}

function queueOf(target: PrintTarget): string {
  if (target.driver === 'file') return 'file'
  return target.driver === 'system' ? `system:${target.printer}` : `raw:${target.host}:${target.port}`
}
