import { CHANNELS, type Channel, type ChannelInput, type ChannelOutput } from '#core/contracts/ipc.ts'
import type { Host, Reply } from '#core/contracts/host.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** Every channel as a function that answers with a Result and never rejects. */
export type HostCalls = {
  [C in Channel]: (input: ChannelInput<C>) => Promise<Result<ChannelOutput<C>>>
}

declare global {
  interface Window {
    host: Host
  }
}

/** The preload's surface as it is, for events and the worker's port. */
export function windowHost(): Host {
  return window.host
}

/** Turns the preload's replies into Results. A call that breaks off may or may not have had its effect. */
export function hostCalls(host: Host = windowHost()): HostCalls {
  const call = (channel: Channel) => (input: never) => settle<unknown>(host[channel](input))
  return Object.fromEntries(CHANNELS.map((channel) => [channel, call(channel)])) as unknown as HostCalls
}

/** A reply as a Result; a rejection as `outcome-unknown`. */
export async function settle<T>(reply: Promise<Reply<T>>): Promise<Result<T>> {
  try {
    const settled = await reply
    return settled.ok ? ok(settled.value) : err(settled.issue)
  } catch {
    return err(issue('outcome-unknown', { reason: 'call-broken-off' }))
  }
}
