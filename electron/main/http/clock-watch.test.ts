import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createClockWatch } from '#main/http/clock-watch.ts'
import { createHttpExecutor } from '#main/http/executor.ts'

const NOW = Date.UTC(2026, 10, 22, 8, 0, 0, 500)
const MINUTE = 60_000
const never = new AbortController().signal
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const at = (offMs: number) => ({ date: new Date(NOW - offMs).toUTCString() })

describe('the clock beside the shops', () => {
  it.each([
    ['ahead', 7 * MINUTE],
    ['behind', -7 * MINUTE],
    ['right', 0],
  ])('is %s when the server of every answer says so', async (_what, off) => {
    const url = await serve((_request, response) => {
      response.setHeader('date', at(off).date)
      response.end('{}')
    })
    const clock = createClockWatch()
    const execute = createHttpExecutor({ clock, now: () => NOW })
    for (let i = 0; i < 3; i++) {
      expect(clock.offMs()).toBeNull()
      await execute(
        { name: 'Probe', method: 'GET', url, headers: {}, timeoutMs: 5_000, effect: 'read' },
        never,
      )
    }
    expect(clock.offMs()).toBe(off)
  })

  it('believes no single answer, nothing from a cache, and no header that is none', () => {
    const clock = createClockWatch()
    const note = (headers: Record<string, string>): void => clock.note('shop', headers, NOW)
    note(at(0))
    note(at(0))
    note(at(99 * MINUTE))
    expect(clock.offMs()).toBe(0)
    for (let i = 0; i < 9; i++) {
      note({ ...at(99 * MINUTE), age: '1' })
      note({ date: 'yesterday' })
      note({})
    }
    expect(clock.offMs()).toBe(0)
  })

  it('goes by most shops, not by the busiest, and follows a clock that was put right', () => {
    const clock = createClockWatch()
    for (let i = 0; i < 9; i++) clock.note('liar', at(99 * MINUTE), NOW)
    expect(clock.offMs()).toBe(99 * MINUTE)
    for (const host of ['a', 'b']) for (let i = 0; i < 3; i++) clock.note(host, at(6 * MINUTE), NOW)
    expect(clock.offMs()).toBe(6 * MINUTE)
    for (const host of ['a', 'b']) for (let i = 0; i < 5; i++) clock.note(host, at(0), NOW)
    expect(clock.offMs()).toBe(0)
  })
})
