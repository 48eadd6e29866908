import type { Channel, ChannelInput, ChannelOutput, EventName, EventPayload } from '#core/contracts/ipc.ts'
import type { Issue } from '#core/shared/issue.ts'

/** What a channel answers: a value, or the issue that stood in the way. */
export type Reply<T> = { ok: true; value: T } | { ok: false; issue: Issue }

/** `window.host`: one function per channel of the table, events, and the door for the data worker. */
export type Host = {
  [C in Channel]: (input: ChannelInput<C>) => Promise<Reply<ChannelOutput<C>>>
} & {
  /** Listens to an event of main; the result stops listening. */
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void
  /**
   * Asks main for a port that speaks the worker's channels. The port arrives as a window message
   * `{ kind: 'caravel-worker-port' }` with the port transferred, from this same origin.
   */
  openWorkerPort(): void
}

/** Messages on the worker's port. */
export interface PortRequest {
  id: number
  channel: string
  input: unknown
}
export interface PortResponse {
  id: number
  reply: Reply<unknown>
}
