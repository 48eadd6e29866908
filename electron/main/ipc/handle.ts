import { ipc, type Channel, type ChannelOutput } from '#core/contracts/ipc.ts'
import type { Reply } from '#core/contracts/host.ts'
import type { z } from '#core/contracts/zod.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import type { Result } from '#core/shared/result.ts'
import { quickParse } from '#core/contracts/quick-parse.ts'
import { describeError, type Logger } from '#main/app/logging.ts'

export type ParsedInput<C extends Channel> = z.output<(typeof ipc)[C]['input']>
type Answer<C extends Channel> = Result<ChannelOutput<C>>
/** What runs a channel: gets parsed input, gives an expected outcome. A throw is a fault of ours. */
export type Handler<C extends Channel> = (input: ParsedInput<C>) => Answer<C> | Promise<Answer<C>>
export type Handlers = { [C in Channel]: Handler<C> }

/** What the check of a sender needs of an IPC event; null when the frame is gone. */
export interface SenderFrame {
  readonly origin: string
  readonly parent: unknown
}

/** Our page itself: a frame in it, or a page of another origin, has no business here. */
export function isTrustedSender(frame: SenderFrame | null | undefined, origin: string): boolean {
  if (frame === null || frame === undefined) return false
  try {
    return frame.origin === origin && frame.parent === null
  } catch {
    // Electron throws when the frame was disposed meanwhile.
    return false
  }
}

/**
 * One call of a channel: parse input → run → parse output. It never throws, and what went wrong inside stays in the log:
 * a page learns a code, not a stack.
 */
export async function answer<C extends Channel>(
  channel: C,
  handler: Handler<C>,
  input: unknown,
  logger: Logger,
): Promise<Reply<unknown>> {
  const parsed = quickParse(ipc[channel].input as z.ZodType, input)
  if (!parsed.success)
    return refuse(issue('invalid-input', { reason: 'bad-request', ...fieldOf(parsed.error) }))
  try {
    const result = await handler(parsed.data as ParsedInput<C>)
    if (!result.ok) return refuse(result.error)
    const output = quickParse(ipc[channel].output as z.ZodType, result.value)
    if (output.success) return { ok: true, value: output.data }
    logger.error('answer does not fit the contract', { channel, field: pathOf(output.error) })
    return refuse(issue('malformed', { reason: 'bad-answer', ...fieldOf(output.error) }))
  } catch (error) {
    logger.error('channel failed', { channel, ...describeError(error) })
    return refuse(issue('malformed', { reason: 'internal' }))
  }
}

export function refuse(problem: Issue): Reply<never> {
  return { ok: false, issue: problem }
}

function pathOf(error: z.ZodError): string {
  const first = error.issues[0]
  if (first === undefined) return ''
  // For a key that should not be there the path ends before it.
  const extra = first.code === 'unrecognized_keys' ? first.keys.slice(0, 1) : []
  return [...first.path, ...extra].map(String).join('.').slice(0, 200)
}

function fieldOf(error: z.ZodError): { field?: string } {
  const field = pathOf(error)
  return field === '' ? {} : { field }
}
