import { WORKER_CHANNELS, type WorkerChannel } from '#core/contracts/ipc.ts'
import type { PortRequest, PortResponse, Reply } from '#core/contracts/host.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import { settle } from '#renderer/platform/host.ts'

/** What the data worker may ask of main. */
export type WorkerCalls = Pick<HostCalls, WorkerChannel>

/** The part of it that talks to shops for the sync engine. */
export type ConnectorCalls = Pick<
  HostCalls,
  Exclude<Extract<WorkerChannel, `connector.${string}`>, 'connector.fetch-picture'>
>

/** The part of a MessagePort that is used. */
export interface PortLike {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent<PortResponse>) => void) | null
}

/** The worker's channels over the port that main opened. Answers come in any order; each finds its call by id. */
export function workerCalls(port: PortLike): WorkerCalls {
  const waiting = new Map<number, (reply: Reply<unknown>) => void>()
  let next = 1
  port.onmessage = (event) => {
    const response = event.data
    waiting.get(response.id)?.(response.reply)
    waiting.delete(response.id)
  }
  const call = (channel: WorkerChannel) => (input: unknown) => {
    const id = next++
    const reply = new Promise<Reply<unknown>>((resolve) => waiting.set(id, resolve))
    port.postMessage({ id, channel, input } satisfies PortRequest)
    return settle(reply)
  }
  return Object.fromEntries(
    WORKER_CHANNELS.map((channel) => [channel, call(channel)]),
  ) as unknown as WorkerCalls
}
