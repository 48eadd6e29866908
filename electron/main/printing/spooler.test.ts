import { describe, expect, it } from 'vitest'
import { ok } from '#core/shared/result.ts'
import { createSpooler } from '#main/printing/spooler.ts'

const PDF = Buffer.from('%PDF-1.7')
const job = (title: string, bytes: Uint8Array = PDF) => ({
  title,
  widthMm: 100,
  heightMm: 150,
  copies: 1,
  bytes,
})
const LABEL = { driver: 'system', printer: 'LABEL' } as const

function slowDrivers() {
  const log: string[] = []
  const drive = async ({ title }: { title: string }) => {
    log.push(`start ${title}`)
    await new Promise((done) => setTimeout(done, title.includes('slow') ? 30 : 1))
    if (title.includes('broken')) throw new Error('driver')
    log.push(`end ${title}`)
    return ok({ spooledAs: title })
  }
  return { log, spooler: createSpooler({ file: drive, system: drive, raw: drive }) }
}

describe('the spooler', () => {
  it('keeps the order of one printer; printers do not wait for each other', async () => {
    const { log, spooler } = slowDrivers()
    await Promise.all([
      spooler.print(job('slow 1'), LABEL),
      spooler.print(job('2'), LABEL),
      spooler.print(job('other'), { driver: 'file' }),
    ])
    expect(log.filter((line) => !line.includes('other'))).toEqual([
      'start slow 1',
      'end slow 1',
      'start 2',
      'end 2',
    ])
    expect(log.indexOf('end other')).toBeLessThan(log.indexOf('end slow 1'))
  })

  it('goes on after a job that failed', async () => {
    const { spooler } = slowDrivers()
    await expect(spooler.print(job('broken'), LABEL)).rejects.toThrow()
    expect(await spooler.print(job('next'), LABEL)).toMatchObject({ ok: true })
  })

  it('takes only PDF, except for a raw printer', async () => {
    const { spooler } = slowDrivers()
    const zpl = job('zpl', Buffer.from('^XA^XZ'))
    expect(await spooler.print(zpl, LABEL)).toMatchObject({ ok: false, error: { reason: 'not-a-pdf' } })
    expect(await spooler.print(zpl, { driver: 'file' })).toMatchObject({
      ok: false,
      error: { reason: 'not-a-pdf' },
    })
    expect(await spooler.print(zpl, { driver: 'raw', host: '10.0.0.1', port: 9100 })).toMatchObject({
      ok: true,
    })
    expect(await spooler.print(job('empty', new Uint8Array()), LABEL)).toMatchObject({
      ok: false,
      error: { reason: 'nothing-to-print' },
    })
  })
})
