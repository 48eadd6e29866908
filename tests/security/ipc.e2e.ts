import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '#tests/support/app-test.ts'
import { CHANNELS, WORKER_CHANNELS } from '#core/contracts/ipc.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'
import { askPort, callHost, openBlankPage } from '#tests/security/pages.ts'

let caravel: LaunchedApp
test.beforeAll(async () => {
  caravel = await launchApp()
  await openBlankPage(caravel.page)
})
test.afterAll(() => caravel.close())

test('input that does not fit is refused, and its field is named', async () => {
  const { page } = caravel
  const refused = (field: string) => ({
    ok: false,
    issue: { code: 'invalid-input', reason: 'bad-request', field },
  })
  expect(await callHost(page, 'app.open-external', { url: 5 })).toEqual(refused('url'))
  expect(await callHost(page, 'app.info', { extra: 1 })).toEqual(refused('extra'))
  expect(
    await callHost(page, 'connections.save', {
      connectionId: '../x',
      connectorId: 'a',
      settings: {},
      secrets: {},
    }),
  ).toEqual(refused('connectionId'))
  expect(
    await callHost(page, 'connections.save', {
      connectionId: 'c1',
      connectorId: 'a',
      settings: { x: 1 },
      secrets: {},
    }),
  ).toEqual(refused('settings.x'))
  expect(
    await callHost(page, 'printing.print', { target: { driver: 'raw', host: 'a', port: 70_000 } }),
  ).toEqual(refused('target.port'))
  expect(
    await callHost(page, 'app.set-menu', {
      menus: [{ label: 'x', items: [{ kind: 'role', role: 'toggleDevTools', label: 'x' }] }],
    }),
  ).toEqual(refused('menus.0.items.0.role'))
})

test('whatever it is sent, a channel answers with a value or an issue', async () => {
  const hostile: unknown[] = [
    undefined,
    null,
    0,
    '',
    [],
    'x'.repeat(100_000),
    { __proto__: { a: 1 } },
    { connectionId: { $ne: 1 } },
    new Uint8Array(10),
  ]
  for (const channel of CHANNELS) {
    for (const input of hostile) {
      const reply = (await callHost(caravel.page, channel, input)) as { ok: boolean; issue?: object }
      expect([true, false], channel).toContain(reply.ok)
      expect(JSON.stringify(reply)).not.toMatch(/\bat .+:\d+:\d+|node:internal|\/out\/main/)
    }
  }
})

test('a page that is not ours gets nothing, preload or not', async () => {
  const outcome = await caravel.app.evaluate(async ({ BrowserWindow, app }) => {
    const preload = `${app.getAppPath()}/out/preload/index.cjs`
    const window = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, contextIsolation: true },
    })
    await window.loadURL('data:text/html,<p>foreign</p>')
    const script = `(async () => {
      let port = 'none'
      window.addEventListener('message', () => { port = 'arrived' })
      host.openWorkerPort()
      const replies = await Promise.all([host['app.info']({}), host['vault.status']({}), host['connections.list']({})])
      await new Promise((done) => setTimeout(done, 300))
      return { replies, port }
    })()`
    const result: unknown = await window.webContents.executeJavaScript(script)
    window.destroy()
    return result
  })
  const refused = { ok: false, issue: { code: 'unsupported', reason: 'foreign-sender' } }
  expect(outcome).toEqual({ replies: [refused, refused, refused], port: 'none' })
})

test('the worker’s port takes its own channels only, by the same rules', async () => {
  const answers = await askPort(caravel.page, [
    ...CHANNELS.filter((channel) => !WORKER_CHANNELS.some((known) => known === channel)).map(
      (channel, id) => ({
        id,
        channel,
        input: {},
      }),
    ),
    { id: 100, channel: 'constructor', input: {} },
    { id: 101, channel: '__proto__', input: {} },
    {
      id: 102,
      channel: 'connector.pull-orders',
      input: { connectionId: 'c1', checkpoint: null, pageToken: null, pageSize: 0 },
    },
    { id: 103, channel: 'connector.test-connection', input: { connectionId: 'unknown' } },
  ])
  for (const { id, reply } of answers) {
    if (id < 102)
      expect(reply).toEqual({
        ok: false,
        issue: { code: 'unsupported', reason: 'unknown-channel', field: 'channel' },
      })
  }
  expect(answers.find(({ id }) => id === 102)?.reply).toMatchObject({
    ok: false,
    issue: { code: 'invalid-input', field: 'pageSize' },
  })
  expect(answers.find(({ id }) => id === 103)?.reply).toMatchObject({ ok: false })
})

test('rubbish on the port is dropped and does not stop it', async () => {
  const rubbish = [
    null,
    5,
    'x',
    [],
    { id: -1, channel: 'app.info' },
    { id: '1', channel: 'x' },
    { channel: 'x' },
    { id: 1, channel: 7 },
  ]
  const answers = await askPort(caravel.page, [...rubbish, { id: 9, channel: 'app.info', input: {} }], 1)
  expect(answers.map(({ id }) => id)).toEqual([9])
})

test('a port closes with the page it was given to', async () => {
  const { page, app } = caravel
  await askPort(page, [{ id: 1, channel: 'app.info', input: {} }])
  await page.reload()
  await openBlankPage(page)
  const answers = await askPort(page, [{ id: 2, channel: 'app.info', input: {} }])
  expect(answers).toHaveLength(1)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('secrets go in and never come out: by no channel, no file, no log', async () => {
  const { page, userDataDir } = caravel
  const marker = 'MARKER-s3cr3t-9f81c2'
  expect(await callHost(page, 'vault.create', { passphrase: 'a long passphrase MARKER-passphrase' })).toEqual(
    { ok: true, value: {} },
  )
  const settings = { baseUrl: 'https://shop.invalid', username: 'desk' }
  const saved = { connectionId: 'c1', connectorId: 'vendure', settings, secrets: { password: marker } }
  expect(await callHost(page, 'connections.save', saved)).toEqual({ ok: true, value: {} })
  const listed = { connectionId: 'c1', connectorId: 'vendure', settings, hasSecrets: true }
  expect(await callHost(page, 'connections.list', {})).toEqual({ ok: true, value: { connections: [listed] } })

  const inputs: unknown[] = [
    {},
    { connectionId: 'c1' },
    { connectionId: 'c1', checkpoint: null, pageToken: null, pageSize: 10 },
    { shops: [{ connectionId: 'c1', shop: 'harbour' }] },
  ]
  const replies: unknown[] = []
  for (const channel of CHANNELS.filter(
    (name) => name !== 'connections.remove' && name !== 'printing.open-folder',
  )) {
    for (const input of inputs) replies.push(await callHost(page, channel, input))
  }
  replies.push(
    await askPort(page, [{ id: 1, channel: 'connector.test-connection', input: { connectionId: 'c1' } }]),
  )
  expect(replies.length).toBeGreaterThan(60)
  expect(JSON.stringify(replies)).not.toContain('MARKER')
  expect(await filesContaining(userDataDir, 'MARKER')).toEqual([])
})

async function filesContaining(folder: string, text: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const bytes = await readFile(file).catch(() => Buffer.alloc(0))
    if (bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))) found.push(file)
  }
  return found
}
