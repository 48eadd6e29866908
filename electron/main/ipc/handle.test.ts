import { describe, expect, it } from 'vitest'
import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { Logger } from '#main/app/logging.ts'
import { answer, isTrustedSender, type Handler } from '#main/ipc/handle.ts'

function quietLogger() {
  const lines: unknown[] = []
  const log = (...line: unknown[]) => void lines.push(line)
  const logger: Logger = { info: log, warn: log, error: log }
  return { logger, lines }
}

describe('answer', () => {
  const printers: Handler<'printing.list-printers'> = () => ok({ printers: [], folderName: 'x' })

  it('runs with parsed input and hands on the value', async () => {
    const { logger, lines } = quietLogger()
    expect(await answer('printing.list-printers', printers, {}, logger)).toEqual({
      ok: true,
      value: { printers: [], folderName: 'x' },
    })
    expect(lines).toEqual([])
  })

  it('does not run what does not fit, and names the first field at fault', async () => {
    const { logger } = quietLogger()
    let ran = false
    const handler: Handler<'demo.start'> = () => ((ran = true), ok({}))
    const reply = await answer(
      'demo.start',
      handler,
      {
        shops: [
          { connectionId: 'ok', shop: 'a' },
          { connectionId: 'NOT OK', shop: 'a' },
        ],
      },
      logger,
    )
    expect(reply).toEqual({
      ok: false,
      issue: { code: 'invalid-input', reason: 'bad-request', field: 'shops.1.connectionId' },
    })
    expect(ran).toBe(false)
  })

  it('hands on an issue as it is', async () => {
    const { logger } = quietLogger()
    const problem = issue('rate-limited', { retryAfterMs: 5 })
    expect(await answer('app.info', () => err(problem), {}, logger)).toEqual({ ok: false, issue: problem })
  })

  it('lets nothing out that the contract does not know', async () => {
    const { logger } = quietLogger()
    const leaky = (() =>
      ok({
        connections: [
          {
            connectionId: 'c1',
            connectorId: 'x',
            settings: {},
            hasSecrets: true,
            secrets: { password: 'p' },
          },
        ],
      })) as unknown as Handler<'connections.list'>
    expect(JSON.stringify(await answer('connections.list', leaky, {}, logger))).not.toContain('password')
    const wrong = (() => ok({ printers: 'none' })) as unknown as Handler<'printing.list-printers'>
    expect(await answer('printing.list-printers', wrong, {}, logger)).toMatchObject({
      ok: false,
      issue: { code: 'malformed', reason: 'bad-answer', field: 'printers' },
    })
  })

  it('keeps a failure of ours to itself and the log', async () => {
    const { logger, lines } = quietLogger()
    const failing = [
      () => Promise.reject(new Error('secret detail')),
      () => {
        throw new Error('secret detail')
      },
    ]
    for (const handler of failing) {
      expect(await answer('printing.list-printers', handler as typeof printers, {}, logger)).toEqual({
        ok: false,
        issue: { code: 'malformed', reason: 'internal' },
      })
    }
    expect(lines).toHaveLength(2)
  })
})

describe('isTrustedSender', () => {
  const page = { origin: 'app://caravel', parent: null }

  it('takes our page itself', () => {
    expect(isTrustedSender(page, 'app://caravel')).toBe(true)
  })

  it.each([
    null,
    undefined,
    { ...page, parent: {} },
    { ...page, origin: 'app://caravel.evil' },
    { ...page, origin: 'null' },
    { ...page, origin: 'https://caravel' },
  ])('refuses %j', (frame) => expect(isTrustedSender(frame, 'app://caravel')).toBe(false))

  it('refuses a frame that is gone', () => {
    const gone = {
      get origin(): string {
        throw new Error('disposed')
      },
      parent: null,
    }
    expect(isTrustedSender(gone, 'app://caravel')).toBe(false)
  })
})
