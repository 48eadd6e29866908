import { describe, expect, it } from 'vitest'
import { CHANNEL_NAMES, EVENT_NAME_LIST } from '#core/contracts/channel-names.ts'
import { CHANNELS, EVENT_NAMES } from '#core/contracts/ipc.ts'
import { APP_HOST, APP_ORIGIN, APP_SCHEME } from '#core/contracts/origin.ts'

describe('the names the preload is built from', () => {
  it('are those of the table', () => {
    expect([...CHANNEL_NAMES].sort()).toEqual([...CHANNELS].sort())
    expect([...EVENT_NAME_LIST].sort()).toEqual([...EVENT_NAMES].sort())
  })
})

describe('the origin', () => {
  it('never changes: another origin is another database', () => {
    expect(APP_ORIGIN).toBe('app://caravel')
    expect(`${APP_SCHEME}://${APP_HOST}`).toBe(APP_ORIGIN)
  })
})
