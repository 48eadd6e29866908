import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from '#tests/support/app-test.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'
import { openBlankPage } from '#tests/security/pages.ts'

let caravel: LaunchedApp
test.beforeAll(async () => {
  caravel = await launchApp()
})
test.afterAll(() => caravel.close())

test('the page has no Node and no Electron', async () => {
  const found = await caravel.page.evaluate(() =>
    [
      'require',
      'process',
      'module',
      'exports',
      'Buffer',
      'global',
      'electron',
      'ipcRenderer',
      '__dirname',
      'setImmediate',
    ].filter((name) => name in window),
  )
  expect(found).toEqual([])
})

test('window.host is this, and nothing else', async () => {
  const surface = await caravel.page.evaluate(() => {
    const host = (window as unknown as { host: Record<string, unknown> }).host
    const replaced = Reflect.set(window, 'host', {})
    return {
      keys: Object.keys(host).sort(),
      types: [...new Set(Object.values(host).map((value) => typeof value))],
      replaced,
    }
  })
  expect(surface).toEqual({
    keys: [
      'app.copy-text',
      'app.info',
      'app.open-external',
      'app.set-menu',
      'app.set-tray',
      'backups.list',
      'connections.list',
      'connections.remove',
      'connections.save',
      'connector.buy-label',
      'connector.cancel-order',
      'connector.check-listing',
      'connector.confirm-shipment',
      'connector.fetch-picture',
      'connector.note-order',
      'connector.pull-listing-rules',
      'connector.pull-listings',
      'connector.pull-orders',
      'connector.pull-rates',
      'connector.push-listing',
      'connector.push-price',
      'connector.push-prices',
      'connector.push-stock',
      'connector.read-batch',
      'connector.read-listings',
      'connector.read-orders',
      'connector.resolve-purchase',
      'connector.standing',
      'connector.test-connection',
      'connector.void-label',
      'demo.describe',
      'demo.set-line',
      'demo.start',
      'demo.stir',
      'documents.layout',
      'documents.open-label',
      'documents.render',
      'documents.save',
      'export.begin',
      'export.cancel',
      'export.finish',
      'export.write',
      'import.choose',
      'import.close',
      'import.read',
      'import.unlock',
      'import.verify',
      'journal.append',
      'journal.read',
      'on',
      'openWorkerPort',
      'printing.list-printers',
      'printing.open-folder',
      'printing.print',
      'storage.repaired',
      'storage.report-trouble',
      'storage.status',
      'tariff.begin',
      'tariff.close',
      'tariff.read',
      'tax-ids.list',
      'tax-ids.remove',
      'tax-ids.save',
      'vault.create',
      'vault.status',
      'vault.unlock',
    ],
    types: ['function'],
    replaced: false,
  })
})

test('the window is sandboxed, isolated and has no webview', async () => {
  const preferences = await caravel.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    return (
      contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    ).getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  })
})

test('it goes nowhere else', async () => {
  const { page } = caravel
  await openBlankPage(page)
  const before = page.url()
  for (const url of [
    'https://example.com/',
    'http://127.0.0.1:9/',
    'file:///etc/hosts',
    'data:text/html,x',
    'app://other/',
    'javascript:window.pwned=1',
    'blob:null/x',
  ]) {
    await page
      .evaluate((target) => {
        location.href = target
      }, url)
      .catch(() => undefined)
    await page.waitForTimeout(150)
    expect(page.url(), url).toBe(before)
  }
  await page.evaluate(() => {
    const form = document.createElement('form')
    form.action = 'https://example.com/'
    form.method = 'post'
    document.body.append(form)
    form.submit()
    const link = document.createElement('a')
    link.href = 'https://example.com/'
    document.body.append(link)
    link.click()
  })
  await page.waitForTimeout(200)
  expect(page.url()).toBe(before)
})

test('it opens no window and embeds no page', async () => {
  const { app, page } = caravel
  const opened = await page.evaluate(() => {
    const windows = ['https://example.com/', 'about:blank', 'app://caravel/', 'file:///etc/hosts'].map(
      (url) => window.open(url) === null,
    )
    const link = document.createElement('a')
    link.href = 'app://caravel/'
    link.target = '_blank'
    document.body.append(link)
    link.click()
    for (const name of ['webview', 'iframe', 'embed', 'object']) {
      const element = document.createElement(name)
      element.setAttribute(name === 'object' ? 'data' : 'src', 'app://caravel/index.html')
      document.body.append(element)
    }
    return windows
  })
  expect(opened).toEqual([true, true, true, true])
  await page.waitForTimeout(400)
  expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1)
  const hostsInFrames = await page.evaluate(() =>
    [...document.querySelectorAll('iframe')].map((frame) => {
      try {
        return 'host' in (frame.contentWindow as object)
      } catch {
        return false
      }
    }),
  )
  expect(hostsInFrames).not.toContain(true)
  const empty = await page.evaluate(() => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    return 'host' in (frame.contentWindow as object)
  })
  expect(empty).toBe(false)
})

test('it may keep its database, which is the only permission there is', async () => {
  expect(await caravel.page.evaluate(() => navigator.storage.persist())).toBe(true)
})

test('it is given no other permission', async () => {
  const { page } = caravel
  const outcomes = await page.evaluate(async () => {
    const settle = (promise: Promise<unknown> | undefined) =>
      Promise.race([
        (promise ?? Promise.reject(new Error('absent'))).then(
          (value) => `granted ${String(value)}`,
          () => 'refused',
        ),
        new Promise<string>((resolve) => setTimeout(() => resolve('refused by silence'), 2_000)),
      ])
    const place = new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))
    const serial = (navigator as unknown as { serial?: { getPorts(): Promise<unknown[]> } }).serial
    return {
      camera: await settle(navigator.mediaDevices.getUserMedia({ video: true })),
      microphone: await settle(navigator.mediaDevices.getUserMedia({ audio: true })),
      screen: await settle(navigator.mediaDevices.getDisplayMedia()),
      place: await settle(place),
      notifications: await Notification.requestPermission(),
      clipboardRead: await settle(navigator.clipboard.readText()),
      midi: await settle(navigator.requestMIDIAccess({ sysex: true })),
      serial: String((await serial?.getPorts().catch(() => []))?.length ?? 0),
    }
  })
  expect(outcomes.notifications).toBe('denied')
  expect(outcomes.serial).toBe('0')
  for (const [name, outcome] of Object.entries(outcomes)) {
    if (name !== 'notifications' && name !== 'serial') expect(outcome, name).toMatch(/^refused/)
  }
})

test('its network ends at our own files, even on a page without a policy', async () => {
  const server = createServer((socket) => socket.destroy())
  let visits = 0
  server.on('connection', () => (visits += 1))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const outcome = await caravel.app.evaluate(async ({ BrowserWindow }, address) => {
    const window = new BrowserWindow({ show: false })
    await window.loadURL('data:text/html,<p>no policy</p>')
    const script = `Promise.all([fetch(${JSON.stringify(address)}).catch(e => 'refused'),
      new Promise(r => { const i = new Image(); i.onerror = () => r('refused'); i.onload = () => r('loaded'); i.src = ${JSON.stringify(address)} })])`
    const result: unknown = await window.webContents.executeJavaScript(script)
    window.destroy()
    return result
  }, url)
  server.close()
  expect(outcome).toEqual(['refused', 'refused'])
  expect(visits).toBe(0)
})

test('downloads do not start', async () => {
  const { app, page } = caravel
  await openBlankPage(page)
  const seen = await app.evaluate(({ session }) => {
    const done: string[] = []
    session.defaultSession.on('will-download', (event) => done.push(String(event.defaultPrevented)))
    ;(globalThis as { downloads?: string[] }).downloads = done
    return done.length
  })
  expect(seen).toBe(0)
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob(['x']))
    link.download = 'x.sh'
    document.body.append(link)
    link.click()
  })
  await page.waitForTimeout(300)
  expect(await app.evaluate(() => (globalThis as { downloads?: string[] }).downloads)).not.toContain('false')
})
