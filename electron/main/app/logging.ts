import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { maskText } from '#core/shared/mask.ts'
import { maskFields, type LogFields } from '#main/app/log-mask.ts'

export interface Logger {
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

const MAX_BYTES = 512 * 1024
const KEPT_FILES = 3

/**
 * A small log in `folder`/caravel.log, older parts in caravel.1.log and so on. Every line is masked before it is
 * written. A log that cannot be written is no reason to fail.
 */
export function createLogger(folder: string, options: { now?: () => Date; maxBytes?: number } = {}): Logger {
  const { now = () => new Date(), maxBytes = MAX_BYTES } = options
  const file = path.join(folder, 'caravel.log')
  const write =
    (level: string) =>
    (message: string, fields: LogFields = {}) => {
      const line = { at: now().toISOString(), level, message: maskText(message), ...maskFields(fields) }
      try {
        mkdirSync(folder, { recursive: true })
        rotate(file, maxBytes)
        appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 })
      } catch {
        // A full disk must not take the app down with it.
      }
    }
  return { info: write('info'), warn: write('warn'), error: write('error') }
}

/** Name and stack of a failure, without the message's private parts; for the log only, never for a page. */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: String(error) }
  return { error: `${error.name}: ${error.message}`, stack: error.stack?.split('\n').slice(1, 8).join('\n') }
}

function rotate(file: string, maxBytes: number): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size < maxBytes) return
  const part = (n: number) => (n === 0 ? file : file.replace(/\.log$/, `.${n}.log`))
  rmSync(part(KEPT_FILES - 1), { force: true })
  for (let n = KEPT_FILES - 2; n >= 0; n--) {
    if (statSync(part(n), { throwIfNoEntry: false })) renameSync(part(n), part(n + 1))
  }
}
