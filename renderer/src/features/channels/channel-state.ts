import type { Connection } from '#renderer/data/records.ts'
import type { Tone } from '#renderer/ui/tone.ts'

export type ChannelStateKind =
  'alarm' | 'disconnected' | 'sign-in' | 'paused' | 'pulling' | 'unreached' | 'failing' | 'kept-up' | 'new'

/** One word for how a shop is doing. What a person must do wins over what runs by itself. */
export function channelState(
  connection: Connection,
  unreached = false,
): { kind: ChannelStateKind; tone: Tone } {
  if (connection.disconnectedAt !== undefined) return { kind: 'disconnected', tone: 'quiet' }
  if (connection.needsSignIn) return { kind: 'sign-in', tone: 'waiting' }
  if (connection.alarm) return { kind: 'alarm', tone: 'refused' }
  if (connection.pulling) return { kind: 'pulling', tone: 'moving' }
  if (connection.paused) return { kind: 'paused', tone: 'quiet' }
  if (unreached) return { kind: 'unreached', tone: 'waiting' }
  if (connection.lastIssue) return { kind: 'failing', tone: 'refused' }
  if (connection.lastSuccessAt === null) return { kind: 'new', tone: 'quiet' }
  return { kind: 'kept-up', tone: 'confirmed' }
}

/** When the shop is pulled by itself again; null when only by hand. */
export function nextRunAt(connection: Connection): number | null {
  const { paused, needsSignIn, alarm, disconnectedAt } = connection
  if (paused || needsSignIn || alarm || disconnectedAt !== undefined || connection.pullEveryMs === 0)
    return null
  return (connection.lastPullAt ?? 0) + connection.pullEveryMs
}
