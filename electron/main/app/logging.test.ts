import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLogger, describeError } from '#main/app/logging.ts'

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'caravel-log-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

describe('the log', () => {
  it('writes one masked line per message', () => {
    const place = path.join(folder(), 'logs')
    const log = createLogger(place, { now: () => new Date(0) })
    log.error('failed for ana@example.com', { channel: 'app.info', token: 'abc', ms: 3 })
    const file = path.join(place, 'caravel.log')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      level: 'error',
      message: 'failed for ***@***',
      channel: 'app.info',
      token: '***',
      ms: 3,
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('turns over and keeps three parts', () => {
    const place = folder()
    const log = createLogger(place, { maxBytes: 500 })
    for (let n = 0; n < 100; n++) log.info('a line of some length to fill the file', { n })
    expect(readdirSync(place).sort()).toEqual(['caravel.1.log', 'caravel.2.log', 'caravel.log'])
    expect(readFileSync(path.join(place, 'caravel.log'), 'utf8')).toContain('"n":99')
  })

  it('never throws, also where it cannot write', () => {
    const file = path.join(folder(), 'taken')
    writeFileSync(file, '')
    expect(() => createLogger(path.join(file, 'logs')).info('x')).not.toThrow()
  })

  it('masks what an error says', () => {
    const place = folder()
    createLogger(place).error('x', describeError(new Error('bad password=hunter2 for ana@example.com')))
    expect(readFileSync(path.join(place, 'caravel.log'), 'utf8')).not.toMatch(/hunter2|ana@/)
  })
})
