import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '#tests/support/app-test.ts'
import type { LabelInput } from '#core/documents/label-model.ts'
import { labelInput, labelRequest } from '#tests/support/label-samples.ts'
import { invoiceOf, PAPER_ORDERS } from '#tests/support/paper-orders.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'
import { askPort, callHost, openBlankPage } from '#tests/security/pages.ts'

let caravel: LaunchedApp
test.beforeAll(async () => {
  caravel = await launchApp()
  await openBlankPage(caravel.page)
})
test.afterAll(() => caravel.close())

const PULL = { checkpoint: null, pageToken: null, pageSize: 20 }

test('demo shops answer through the real runtime, by the channel and by the port', async () => {
  const { page } = caravel
  const shops = [{ connectionId: 'demo1', shop: 'harbour' }]
  expect(await callHost(page, 'demo.start', { shops })).toEqual({ ok: true, value: {} })
  expect(await callHost(page, 'connector.test-connection', { connectionId: 'demo1' })).toMatchObject({
    ok: true,
  })
  const [answer] = await askPort(page, [
    { id: 7, channel: 'connector.pull-orders', input: { connectionId: 'demo1', ...PULL } },
  ])
  expect(answer).toMatchObject({ id: 7, reply: { ok: true } })

  expect(await callHost(page, 'demo.set-line', { online: false })).toEqual({ ok: true, value: {} })
  expect(await callHost(page, 'connector.pull-orders', { connectionId: 'demo1', ...PULL })).toMatchObject({
    ok: false,
    issue: { code: 'remote-down' },
  })
  expect(await callHost(page, 'demo.set-line', { online: true })).toEqual({ ok: true, value: {} })
  expect(await callHost(page, 'connector.pull-orders', { connectionId: 'demo1', ...PULL })).toMatchObject({
    ok: true,
  })
  // Nothing of the demo is written to the vault.
  expect(await readdir(caravel.userDataDir)).not.toContain('vault.json')
})

test('a menu of the page’s own reports its command', async () => {
  const { app, page } = caravel
  await page.evaluate(() => {
    const state = window as unknown as {
      commands: unknown[]
      host: { on(name: string, listener: (payload: unknown) => void): () => void }
    }
    state.commands = []
    state.host.on('command', (payload) => state.commands.push(payload))
  })
  const items = [
    { kind: 'command', command: 'orders.sync', label: '同步', accelerator: 'Ctrl+R' },
    { kind: 'separator' },
    { kind: 'role', role: 'quit', label: 'Quit' },
  ]
  expect(await callHost(page, 'app.set-menu', { menus: [{ label: 'Orders', items }] })).toEqual({
    ok: true,
    value: {},
  })
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.at(-1)?.submenu?.items[0]?.click())
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { commands: unknown[] }).commands))
    .toEqual([{ command: 'orders.sync' }])
})

test('text goes to the clipboard', async () => {
  const { app, page } = caravel
  expect(await callHost(page, 'app.copy-text', { text: 'LX123456785CN 标签' })).toEqual({
    ok: true,
    value: {},
  })
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('LX123456785CN 标签')
})

test('a document is saved where the person says, and nowhere when they cancel', async () => {
  const { app, page } = caravel
  const folder = await mkdtemp(path.join(tmpdir(), 'caravel-save-'))
  const file = path.join(folder, 'chosen.pdf')
  await app.evaluate(({ dialog }, place) => {
    const asked: unknown[] = []
    ;(globalThis as { asked?: unknown[] }).asked = asked
    const answers = [
      { canceled: false, filePath: place },
      { canceled: true, filePath: '' },
    ]
    dialog.showSaveDialog = ((_window: unknown, options: { defaultPath?: string }) => {
      asked.push(options.defaultPath)
      return Promise.resolve(answers.shift())
    }) as typeof dialog.showSaveDialog
  }, file)
  const save = () =>
    page.evaluate(() =>
      (window as unknown as { host: Record<string, (input: unknown) => Promise<unknown>> }).host[
        'documents.save'
      ]?.({
        kind: 'pdf',
        suggestedName: '../../evil.exe',
        bytes: new Uint8Array([37, 80, 68, 70]),
      }),
    )
  expect(await save()).toEqual({ ok: true, value: { saved: true } })
  expect(await save()).toEqual({ ok: true, value: { saved: false } })
  expect(await readFile(file, 'utf8')).toBe('%PDF')
  expect(await readdir(folder)).toEqual(['chosen.pdf'])
  await rm(folder, { recursive: true })
  const asked = (await app.evaluate(() => (globalThis as { asked?: string[] }).asked)) ?? []
  expect(path.basename(asked[0] ?? '')).toBe('evil.exe.pdf')
})

/** Renders a label and prints it, in the page; the bytes never leave it but through the host. */
function renderAndPrint(label: LabelInput, target: unknown) {
  return caravel.page.evaluate(
    async ([input, where]) => {
      const host = (
        window as unknown as {
          host: Record<string, (input: unknown) => Promise<{ ok: boolean; value: never; issue: unknown }>>
        }
      ).host
      const rendered = await host['documents.render']?.({ request: input })
      if (!rendered?.ok) return { rendered }
      const { bytes, sha256 } = rendered.value as { bytes: Uint8Array; sha256: string }
      const job = { target: where, title: '../LX/123', widthMm: 100, heightMm: 150, copies: 2, bytes }
      const printed = await host['printing.print']?.(job)
      return { isBytes: bytes instanceof Uint8Array, size: bytes.length, sha256, printed }
    },
    [labelRequest(label), target] as const,
  )
}

test('a label is drawn and written into the folder', async () => {
  const outcome = await renderAndPrint(labelInput(), { driver: 'file' })
  expect(outcome).toMatchObject({ isBytes: true, printed: { ok: true, value: { spooledAs: 'LX-123.pdf' } } })
  const file = await readFile(path.join(caravel.userDataDir, 'labels', 'LX-123.pdf'))
  expect(file.subarray(0, 5).toString()).toBe('%PDF-')
  expect(createHash('sha256').update(file).digest('hex')).toBe(outcome.sha256)
  // The same label again: the same bytes, and a file of its own.
  expect(await renderAndPrint(labelInput(), { driver: 'file' })).toMatchObject({
    sha256: outcome.sha256,
    printed: { value: { spooledAs: 'LX-123 (2).pdf' } },
  })
})

test('papers of one kind are drawn into one file, and shown as the same pages', async () => {
  const order = PAPER_ORDERS[14]!
  const request = {
    ...{ kind: 'invoice', medium: 'a4', language: 'zh', copies: 2 },
    items: [invoiceOf(order), { ...invoiceOf(order), signer: '' }],
  }
  const { rendered, laidOut } = await caravel.page.evaluate(async (input) => {
    const host = (window as unknown as { host: Record<string, (input: unknown) => Promise<unknown>> }).host
    return {
      rendered: await host['documents.render']?.({ request: input }),
      laidOut: await host['documents.layout']?.({ request: input }),
    }
  }, request)
  const refused = [{ item: 1, issues: [{ reason: 'missing', field: 'signer' }] }]
  expect(rendered).toMatchObject({ ok: true, value: { pages: [2, 0], refused } })
  expect(laidOut).toMatchObject({
    ok: true,
    value: { papers: [{ item: 0, pages: [{ width: 210 }, {}] }], refused },
  })
})

test('a label that cannot be printed in full names its field', async () => {
  const outcome = await renderAndPrint(labelInput({ serviceName: 'W'.repeat(60) }), { driver: 'file' })
  expect(outcome).toMatchObject({
    rendered: { ok: false, issue: { code: 'invalid-input', field: 'serviceName' } },
  })
})

test('a printer on the network gets every byte', async () => {
  const chunks: Buffer[] = []
  const printer = createServer((socket) => void socket.on('data', (chunk) => chunks.push(chunk)))
  await new Promise<void>((ready) => printer.listen(0, '127.0.0.1', ready))
  const { port } = printer.address() as AddressInfo
  const outcome = await renderAndPrint(labelInput(), { driver: 'raw', host: 'localhost', port })
  printer.close()
  expect(outcome).toMatchObject({ printed: { ok: true } })
  expect(Buffer.concat(chunks).length).toBe((outcome.size ?? 0) * 2)
})
