import type { PrintTarget } from '#core/contracts/ipc.ts'
import type { Dpi } from '#core/documents/print-head.ts'
import type { Result } from '#core/shared/result.ts'

/** One document on its way to a driver. */
export interface PrintJob {
  title: string
  widthMm: number
  heightMm: number
  copies: number
  bytes: Uint8Array
}

/** What a driver says once the bytes are out of our hands: the queue's job, the file's name, the printer's address. */
export type Spooled = Result<{ spooledAs: string }>

export interface Printer {
  name: string
  description: string
  isDefault: boolean
}

/** Driver names are the contract's; each takes its own kind of target. */
export type Drivers = {
  [D in PrintTarget['driver']]: (
    job: PrintJob,
    target: Extract<PrintTarget, { driver: D }>,
  ) => Promise<Spooled>
}

/** Turns a PDF into what a printer of this format takes. */
export type ToZplPort = (pdf: Uint8Array, dpi: Dpi) => Promise<Result<Uint8Array>>

export function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-'
}

/** Commands of ZPL begin with `^` or `~`; some carriers put `CT~~CD,~CC^~CT~` before the first label. */
export function isZpl(bytes: Uint8Array): boolean {
  return /^\s*(CT~~CD,|[\^~][A-Z]{2})/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'))
}
