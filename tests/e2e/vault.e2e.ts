import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '#tests/support/app-test.ts'
import { callHost } from '#tests/security/pages.ts'
import { appCommand, launchApp, type LaunchedApp, type LaunchOptions } from '#tests/support/launch-app.ts'

const CONNECTION = {
  connectionId: 'c1',
  connectorId: 'vendure',
  settings: { baseUrl: 'https://shop.invalid', username: 'desk' },
  secrets: { password: 'MARKER-password' },
}
const LISTED = { connectionId: 'c1', connectorId: 'vendure', settings: CONNECTION.settings, hasSecrets: true }
const PASSPHRASE = 'correct horse 馬 battery'
const done = { ok: true, value: {} }
const status = (backend: string, state: string) => ({ ok: true, value: { backend, state } })
const auth = (reason: string) => ({ ok: false, issue: expect.objectContaining({ code: 'auth', reason }) })

let home: string
test.beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'caravel-vault-'))
})
test.afterEach(() => rm(home, { recursive: true, force: true, maxRetries: 5 }))

async function withApp(
  options: LaunchOptions,
  use: (call: (channel: string, input: unknown) => Promise<unknown>, caravel: LaunchedApp) => Promise<void>,
) {
  const caravel = await launchApp({ userDataDir: path.join(home, 'data'), ...options })
  try {
    await use((channel, input) => callHost(caravel.page, channel, input), caravel)
  } finally {
    await caravel.close()
  }
}

test('without a keyring a passphrase keeps the vault, from one start to the next', async () => {
  await withApp({}, async (call) => {
    expect(await call('vault.status', {})).toEqual(status('passphrase', 'new'))
    expect(await call('connections.save', CONNECTION)).toEqual(auth('vault-new'))
    expect(await call('vault.create', { passphrase: 'short' })).toMatchObject({
      ok: false,
      issue: { code: 'invalid-input', field: 'passphrase' },
    })
    expect(await call('vault.create', { passphrase: PASSPHRASE })).toEqual(done)
    expect(await call('connections.save', CONNECTION)).toEqual(done)
  })
  await withApp({}, async (call) => {
    expect(await call('vault.status', {})).toEqual(status('passphrase', 'locked'))
    expect(await call('connections.list', {})).toEqual(auth('vault-locked'))
    expect(await call('connector.test-connection', { connectionId: 'c1' })).toEqual(auth('vault-locked'))
    expect(await call('vault.create', { passphrase: 'another passphrase' })).toMatchObject({
      ok: false,
      issue: { code: 'conflict' },
    })
    expect(await call('vault.unlock', { passphrase: 'not the passphrase' })).toEqual(auth('wrong-passphrase'))
    expect(await call('vault.unlock', { passphrase: PASSPHRASE })).toEqual(done)
    expect(await call('connections.list', {})).toEqual({ ok: true, value: { connections: [LISTED] } })
    expect(await call('connections.remove', { connectionId: 'c1' })).toEqual(done)
    expect(await call('connections.list', {})).toEqual({ ok: true, value: { connections: [] } })
  })
})

test('a kill right after saving loses nothing that was answered', async () => {
  const caravel = await launchApp({ userDataDir: path.join(home, 'data') })
  expect(await callHost(caravel.page, 'vault.create', { passphrase: PASSPHRASE })).toEqual(done)
  expect(await callHost(caravel.page, 'connections.save', CONNECTION)).toEqual(done)
  await caravel.kill()
  await withApp({}, async (call) => {
    expect(await call('vault.unlock', { passphrase: PASSPHRASE })).toEqual(done)
    expect(await call('connections.list', {})).toEqual({ ok: true, value: { connections: [LISTED] } })
  })
})

test('a damaged vault is set aside and said so', async () => {
  const file = path.join(home, 'data', 'vault.json')
  await withApp({}, async (call) => {
    await call('vault.create', { passphrase: PASSPHRASE })
    await call('connections.save', CONNECTION)
  })
  const vault = JSON.parse(await readFile(file, 'utf8')) as { sealed: { data: string } }
  vault.sealed.data = Buffer.from('rubbish').toString('base64')
  await writeFile(file, JSON.stringify(vault))
  await withApp({}, async (call) => {
    expect(await call('vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({
      ok: false,
      issue: { code: 'malformed', reason: 'vault-damaged' },
    })
    expect(await call('vault.status', {})).toEqual(status('passphrase', 'new'))
  })
  expect(JSON.parse(await readFile(`${file}.set-aside-1`, 'utf8'))).toEqual(vault)
})

test.describe('with gnome-keyring', () => {
  const missing = ['dbus-run-session', 'gnome-keyring-daemon'].filter(
    (program) => spawnSync('which', [program]).status !== 0,
  )
  test.skip(
    missing.length > 0,
    `not on this machine: ${missing.join(', ')} (apt-get install gnome-keyring libsecret-1-0 dbus-x11)`,
  )

  /** A program in Electron's place that first opens a session bus and a keyring of its own. */
  async function keyringSession(): Promise<LaunchOptions> {
    const { command } = await appCommand({ userDataDir: home })
    const script = path.join(home, 'electron-with-keyring.sh')
    const inner = `printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec '${command}' "$@"`
    await writeFile(
      script,
      `#!/bin/sh\nexec dbus-run-session -- sh -c '${inner.replaceAll("'", `'\\''`)}' electron "$@"\n`,
    )
    await chmod(script, 0o755)
    const env = { HOME: home, XDG_DATA_HOME: path.join(home, 'share'), XDG_RUNTIME_DIR: home }
    return { executablePath: script, env, args: ['--password-store=gnome-libsecret'] }
  }

  test('no passphrase is asked for, and the vault opens at the next start', async () => {
    const session = await keyringSession()
    await withApp(session, async (call) => {
      expect(await call('vault.status', {})).toEqual(status('system', 'ready'))
      expect(await call('connections.save', CONNECTION)).toEqual(done)
    })
    expect(await readFile(path.join(home, 'data', 'vault.json'), 'utf8')).not.toContain('MARKER')
    await withApp(session, async (call) => {
      expect(await call('connections.list', {})).toEqual({ ok: true, value: { connections: [LISTED] } })
    })
    // The same folder without the keyring: locked, not empty, not in plain text.
    await withApp({}, async (call) => {
      expect(await call('vault.status', {})).toEqual(status('system', 'locked'))
      expect(await call('connections.list', {})).toEqual(auth('system-key-unavailable'))
    })
  })

  test('a passphrase vault stays one', async () => {
    await withApp({}, async (call) => {
      await call('vault.create', { passphrase: PASSPHRASE })
      await call('connections.save', CONNECTION)
    })
    await withApp(await keyringSession(), async (call) => {
      expect(await call('vault.status', {})).toEqual(status('passphrase', 'locked'))
      expect(await call('vault.unlock', { passphrase: PASSPHRASE })).toEqual(done)
      expect(await call('connections.list', {})).toEqual({ ok: true, value: { connections: [LISTED] } })
    })
  })
})
