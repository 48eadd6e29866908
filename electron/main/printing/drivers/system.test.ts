import { describe, expect, it } from 'vitest'
import { createSystemDriver, lpArguments } from '#main/printing/drivers/system.ts'

const job = { title: 'LX123456785CN', widthMm: 100, heightMm: 150, copies: 2, bytes: Buffer.from('%PDF-1.7') }

/** CUPS as far as its commands say. */
function cups(calls: string[][] = []) {
  return async (program: string, args: readonly string[]) => {
    calls.push([program, ...args])
    if (program === 'lp') return 'request id is LABEL-12 (0 file(s))\n'
    if (args[0] === '-e') return 'LABEL\nOffice_A4\n'
    if (args[0] === '-d') return 'system default destination: LABEL\n'
    return 'printer LABEL is idle.  enabled\n\tDescription: Packing desk\nprinter Office_A4 is idle.\n\tDescription: \n'
  }
}

describe('the system driver', () => {
  it('lists what the system has', async () => {
    expect(await createSystemDriver({ platform: 'linux', run: cups() }).list()).toEqual({
      ok: true,
      value: [
        { name: 'LABEL', description: 'Packing desk', isDefault: true },
        { name: 'Office_A4', description: '', isDefault: false },
      ],
    })
  })

  it('prints at the page’s own size, from standard input', async () => {
    const calls: string[][] = []
    const driver = createSystemDriver({ platform: 'linux', run: cups(calls) })
    expect(await driver.print(job, { driver: 'system', printer: 'LABEL' })).toEqual({
      ok: true,
      value: { spooledAs: 'LABEL-12' },
    })
    expect(calls.at(-1)).toEqual(['lp', ...lpArguments('LABEL', job)])
    expect(lpArguments('LABEL', { ...job, widthMm: 101.6, title: '-o raw\n' })).toEqual([
      ...['-d', 'LABEL', '-t', '-o raw', '-n', '2', '-o', 'media=Custom.101.6x150mm'],
      ...['-o', 'fit-to-page=false', '-o', 'print-scaling=none', '-'],
    ])
  })

  it('sends ZPL past the filters of the system', () => {
    const zpl = { ...job, bytes: Buffer.from('^XA^XZ') }
    expect(lpArguments('LABEL', zpl)).toEqual(['-d', 'LABEL', '-t', job.title, '-n', '2', '-o', 'raw', '-'])
  })

  it.each(['LABEL -o raw', '-d', 'label', 'LABEL;rm', ''])(
    'gives the command no name the system did not give: %j',
    async (printer) => {
      const calls: string[][] = []
      const driver = createSystemDriver({ platform: 'linux', run: cups(calls) })
      expect(await driver.print(job, { driver: 'system', printer })).toMatchObject({
        ok: false,
        error: { code: 'not-found' },
      })
      expect(calls.some(([program]) => program === 'lp')).toBe(false)
    },
  )

  it('has no printers where there is no CUPS, and says when its server is down', async () => {
    const none = () => Promise.reject(Object.assign(new Error('spawn'), { code: 'ENOENT' }))
    expect(await createSystemDriver({ platform: 'linux', run: none }).list()).toEqual({ ok: true, value: [] })
    const down = () => Promise.reject(new Error('lpstat: Scheduler is not running.'))
    expect(await createSystemDriver({ platform: 'linux', run: down }).list()).toMatchObject({
      ok: false,
      error: { code: 'remote-down' },
    })
  })

  it('names the way out on Windows', async () => {
    const driver = createSystemDriver({ platform: 'win32', run: cups() })
    expect(await driver.list()).toEqual({ ok: true, value: [] })
    expect(await driver.print(job, { driver: 'system', printer: 'LABEL' })).toEqual({
      ok: false,
      error: { code: 'unsupported', reason: 'windows-use-folder-or-address' },
    })
  })
})
