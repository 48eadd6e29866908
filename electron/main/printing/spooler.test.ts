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

const refuse = () => Promise.reject(new Error('no ZPL asked for'))

function slowDrivers() {
  const log: string[] = []
  const drive = async ({ title }: { title: string }) => {
    log.push(`start ${title}`)
    await new Promise((done) => setTimeout(done, title.includes('slow') ? 30 : 1))
    if (title.includes('broken')) throw new Error('driver')
    log.push(`end ${title}`)
    return ok({ spooledAs: title })
  }
  return { log, spooler: createSpooler({ file: drive, system: drive, raw: drive }, refuse) }
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

  it('takes only PDF, except for a folder and a raw printer', async () => {
    const { spooler } = slowDrivers()
    const zpl = job('zpl', Buffer.from('^XA^XZ'))
    expect(await spooler.print(zpl, LABEL)).toMatchObject({ ok: false, error: { reason: 'not-a-pdf' } })
    expect(await spooler.print(zpl, { driver: 'file' })).toMatchObject({ ok: true })
    expect(await spooler.print(job('x', Buffer.from('x')), { driver: 'file' })).toMatchObject({
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

  it('turns a PDF into ZPL for a printer that takes it, and leaves the ZPL of a carrier as it is', async () => {
    const sent: string[] = []
    const drive = async ({ bytes }: { bytes: Uint8Array }) => {
      sent.push(Buffer.from(bytes).toString('latin1'))
      return ok({ spooledAs: '' })
    }
    const toZpl = async (_pdf: Uint8Array, dpi: number) => ok(Buffer.from(`^XA ${dpi}`))
    const spooler = createSpooler({ file: drive, system: drive, raw: drive }, toZpl)
    const carrier = '^XA^FDÄ\r\n^XZ'
    const raw = { driver: 'raw', host: '10.0.0.1', port: 9100 } as const
    const bytes = Buffer.from(carrier, 'latin1')
    await spooler.print(job('a'), { ...raw, format: 'zpl-300' })
    await spooler.print(job('b'), { ...LABEL, format: 'zpl-203' })
    await spooler.print(job('c'), { ...raw, format: 'pdf' })
    await spooler.print(job('d', bytes), { ...raw, format: 'zpl-203' })
    await spooler.print(job('e', bytes), { ...LABEL, format: 'zpl-203' })
    expect(sent).toEqual(['^XA 300', '^XA 203', '%PDF-1.7', carrier, carrier])
    expect(
      await spooler.print(job('f', Buffer.from('GIF89a')), { ...LABEL, format: 'zpl-203' }),
    ).toMatchObject({
      error: { reason: 'not-a-pdf' },
    })
  })
})
