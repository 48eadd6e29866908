import { expect, it } from 'vitest'
import { issue } from '#core/shared/issue.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { channelState } from '#renderer/features/channels/channel-state.ts'
import { newConnection } from '#renderer/usecases/connect-shop.ts'

it('says what a person must do first, then that the shop is not reached, then how the last pull went', () => {
  const fresh = newConnection('c' as ConnectionId, { connectorId: 'vendure', name: 'A', settings: {} }, 1)
  const pulled = { ...fresh, lastSuccessAt: 2 }
  expect(channelState(fresh).kind).toBe('new')
  expect(channelState(pulled).kind).toBe('kept-up')
  expect(channelState(pulled, true).kind).toBe('unreached')
  expect(channelState({ ...pulled, lastIssue: issue('remote-down') }).kind).toBe('failing')
  expect(channelState({ ...pulled, lastIssue: issue('remote-down') }, true).kind).toBe('unreached')
  expect(channelState({ ...pulled, paused: true }, true).kind).toBe('paused')
  expect(channelState({ ...pulled, needsSignIn: true }, true).kind).toBe('sign-in')
})
