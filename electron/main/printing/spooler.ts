import type { PrintTarget } from '#core/contracts/ipc.ts'
import { issue } from '#core/shared/issue.ts'
import { err } from '#core/shared/result.ts'
import { isPdf, type Drivers, type PrintJob, type Spooled } from '#main/printing/print-job.ts'

export interface Spooler {
  print(job: PrintJob, target: PrintTarget): Promise<Spooled>
}

/** Sends jobs to drivers: one after the other per printer, so labels come out in the order they were asked for. */
export function createSpooler(drivers: Drivers): Spooler {
  const queues = new Map<string, Promise<unknown>>()
  return {
    print(job, target) {
      if (job.bytes.length === 0)
        return Promise.resolve(err(issue('invalid-input', { field: 'bytes', reason: 'nothing-to-print' })))
      if (target.driver !== 'raw' && !isPdf(job.bytes)) {
        return Promise.resolve(err(issue('invalid-input', { field: 'bytes', reason: 'not-a-pdf' })))
      }
      const queue = queueOf(target)
      const turn = (queues.get(queue) ?? Promise.resolve()).then(() => send(drivers, job, target))
      const settled = turn.catch(() => undefined)
      queues.set(queue, settled)
      void settled.then(() => queues.get(queue) === settled && queues.delete(queue))
      return turn
    },
  }
}

function send(drivers: Drivers, job: PrintJob, target: PrintTarget): Promise<Spooled> {
  if (target.driver === 'file') return drivers.file(job, target)
  return target.driver === 'system' ? drivers.system(job, target) : drivers.raw(job, target)
}

function queueOf(target: PrintTarget): string {
  if (target.driver === 'file') return 'file'
  return target.driver === 'system' ? `system:${target.printer}` : `raw:${target.host}:${target.port}`
}
