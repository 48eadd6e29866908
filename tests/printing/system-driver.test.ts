import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFontShelf } from '#main/documents/open-fonts.ts'
import { createPaperRenderer } from '#main/documents/render-papers.ts'
import { createSystemDriver } from '#main/printing/drivers/system.ts'
import { labelInput, labelRequest } from '#tests/support/label-samples.ts'
import { startCups, waitFor, whyNoCups, type CupsServer } from '#tests/printing/cups-server.ts'
import { ensureSystemPackages } from '../../scripts/runtime/system-packages.mjs'

const reason = whyNoCups()
if (reason !== null) process.stderr.write(`tests/printing: skipped, ${reason}\n`)

/** Where cups-pdf puts what root prints. */
const OUTPUT = path.join(homedir(), 'PDF')
const MM = 72 / 25.4

describe.skipIf(reason !== null)('the system driver on a real CUPS', () => {
  const work = mkdtempSync(path.join(tmpdir(), 'caravel-printed-'))
  const title = `caravel-test-${process.pid}`
  let server: CupsServer
  let before: string | undefined
  beforeAll(async () => {
    await ensureSystemPackages(['printing', 'documents'])
    before = process.env['CUPS_SERVER']
    server = await startCups('LABEL', 'Packing desk')
    process.env['CUPS_SERVER'] = server.socket
  })
  afterAll(async () => {
    if (before === undefined) delete process.env['CUPS_SERVER']
    else process.env['CUPS_SERVER'] = before
    await server?.stop()
    rmSync(work, { recursive: true, force: true })
    for (const name of printed()) rmSync(path.join(OUTPUT, name))
  })
  const printed = () => (existsSync(OUTPUT) ? readdirSync(OUTPUT).filter((name) => name.includes(title)) : [])
  const papers = createPaperRenderer(createFontShelf(path.resolve('resources/fonts')))
  const label = async () => {
    const rendered = await papers.render(labelRequest(labelInput()))
    if (!rendered.ok) throw new Error(JSON.stringify(rendered.error))
    return { title, widthMm: 100, heightMm: 150, copies: 1, bytes: rendered.value.bytes }
  }

  it('lists the queue with its description', async () => {
    const expected = { name: 'LABEL', description: 'Packing desk', isDefault: false }
    expect(await createSystemDriver().list()).toEqual({ ok: true, value: [expected] })
  })

  it('prints a label at its own size, and the barcode on paper is the number', async () => {
    const spooled = await createSystemDriver().print(await label(), { driver: 'system', printer: 'LABEL' })
    expect(spooled).toEqual({ ok: true, value: { spooledAs: expect.stringMatching(/^LABEL-\d+$/) } })
    await waitFor(() => printed().length === 1)
    const file = path.join(OUTPUT, printed()[0] ?? '')
    await waitFor(() => spawnSync('pdfinfo', [file]).status === 0)

    const info = spawnSync('pdfinfo', [file], { encoding: 'utf8' }).stdout
    const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(info) ?? []
    expect(info).toMatch(/Pages:\s+1\n/)
    // The driver rounds to whole points: a third of a millimetre.
    expect(Math.abs(Number(width) - 100 * MM)).toBeLessThan(1)
    expect(Math.abs(Number(height) - 150 * MM)).toBeLessThan(1)

    spawnSync('pdftoppm', ['-r', '203', '-mono', file, path.join(work, 'page')])
    const image = readdirSync(work).find((name) => name.startsWith('page')) ?? ''
    const scanned = spawnSync('zbarimg', ['-q', '--raw', path.join(work, image)], { encoding: 'utf8' }).stdout
    expect(scanned).toContain(labelInput().tracking)
  })

  it('knows no other queue, and says when the server is gone', async () => {
    const job = await label()
    expect(await createSystemDriver().print(job, { driver: 'system', printer: 'OTHER' })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
    await server.stop()
    const result = await createSystemDriver().print(job, { driver: 'system', printer: 'LABEL' })
    expect(result).toEqual({ ok: false, error: { code: 'remote-down', reason: 'print-server-down' } })
  })
})
