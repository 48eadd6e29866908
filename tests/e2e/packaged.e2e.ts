import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { FuseState } from '@electron/fuses/dist/constants.js'
import { expect, test } from '#tests/support/app-test.ts'
import { PROJECT_ROOT } from '../../scripts/runtime/electron-runtime.mjs'
import { startDisplay, hasDisplay } from '../../scripts/runtime/launch.mjs'
import { attachElectron, type AttachedApp } from '#tests/support/attach-electron.ts'
import { labelInput, labelRequest } from '#tests/support/label-samples.ts'
import { callHost } from '#tests/security/pages.ts'

// The package as it is shipped: its own executable, fuses set, everything in one archive. Linux only, as the path says.
const PACKAGE = path.join(PROJECT_ROOT, 'release', 'linux-unpacked')
const EXECUTABLE = path.join(PACKAGE, 'caravel')
const ASAR = path.join(PACKAGE, 'resources', 'app.asar')
/** The router has given the page its address. */
const LOADED = /^app:\/\/caravel\/.*#\//

test.skip(process.platform !== 'linux', 'the unpacked package of another system has another shape')

let home: string
let display: Awaited<ReturnType<typeof startDisplay>> | undefined
test.beforeAll(async () => {
  test.setTimeout(180_000)
  if (!isPackageFresh()) {
    const made = spawnSync(process.execPath, ['scripts/package-dir.mjs'], {
      cwd: PROJECT_ROOT,
      encoding: 'utf8',
    })
    expect(made.status, `${made.stdout}\n${made.stderr}`).toBe(0)
  }
  display = hasDisplay(process.env) ? undefined : await startDisplay()
})
test.afterAll(() => display?.stop())

test.beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'caravel-packaged-'))
})
test.afterEach(() => rm(home, { recursive: true, force: true, maxRetries: 5 }))

test('the package holds the build, the fonts and nothing of development', async () => {
  // A third of it is PDFium, which draws pages for thermal printers.
  expect(statSync(ASAR).size).toBeLessThan(20e6)
  const inside = listPackage(ASAR, { isPack: false })
  const roots = new Set(inside.map((file) => file.split('/').slice(1, 3).join('/')))
  expect([...roots].sort()).toEqual(['out', 'out/main', 'out/preload', 'out/renderer', 'package.json'])
  expect(inside.filter((file) => /\.(ts|vue|map)$|node_modules|\.test\./.test(file))).toEqual([])

  expect((await readdir(path.join(PACKAGE, 'resources'))).sort()).toEqual(['app.asar', 'fonts', 'tray.png'])
  const fonts = await readdir(path.join(PACKAGE, 'resources', 'fonts'))
  expect(fonts.filter((file) => file.endsWith('.ttf'))).toHaveLength(12)
  expect(await readdir(PACKAGE)).not.toContain('caravel-stamp.json')
})

test('the fuses are blown as configured', async () => {
  const wire = await getCurrentFuseWire(EXECUTABLE)
  const wanted: [FuseV1Options, FuseState][] = [
    [FuseV1Options.RunAsNode, FuseState.DISABLE],
    [FuseV1Options.EnableCookieEncryption, FuseState.ENABLE],
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
    [FuseV1Options.EnableNodeCliInspectArguments, FuseState.DISABLE],
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseState.ENABLE],
    [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
    [FuseV1Options.GrantFileProtocolExtraPrivileges, FuseState.DISABLE],
  ]
  // Before Electron 29 the wire ends earlier.
  for (const [fuse, state] of wanted)
    if (wire[fuse] !== undefined) expect(wire[fuse], FuseV1Options[fuse]).toBe(state)
  expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBeDefined()
})

test('it starts as packaged, shows the first-run page and draws a label with the fonts that came along', async () => {
  const app = await startPackage()
  try {
    await expect(app.page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await callHost(app.page, 'app.info', {})).toMatchObject({
      ok: true,
      value: { packaged: true, demo: false },
    })
    expect(await app.page.evaluate(() => location.origin)).toBe('app://caravel')

    const start = await app.page.evaluate(async (label) => {
      const { host } = window as unknown as { host: Record<string, (input: unknown) => Promise<Rendered>> }
      const answer = await host['documents.render']?.({ request: label })
      return answer?.ok ? new TextDecoder().decode(answer.value.bytes.slice(0, 5)) : JSON.stringify(answer)
    }, labelRequest(labelInput()))
    expect(start).toBe('%PDF-')
  } finally {
    await app.close()
  }
})

type Rendered = { ok: true; value: { bytes: Uint8Array } } | { ok: false; issue: unknown }

test('it cannot be used as Node, preloaded with a script, debugged or given another app', async () => {
  const marker = path.join(home, 'ran')
  const script = path.join(home, 'script.cjs')
  await writeFile(
    script,
    `require('node:fs').appendFileSync(${JSON.stringify(marker)}, process.argv.join(' '))\n`,
  )
  const app = await startPackage({
    args: ['--inspect=0', script],
    env: { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require=${script}` },
  })
  try {
    await expect(app.page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(existsSync(marker)).toBe(false)
    expect(app.output()).not.toContain('Debugger listening')
  } finally {
    await app.close()
  }
})

function isPackageFresh(): boolean {
  if (!existsSync(ASAR) || !existsSync(EXECUTABLE)) return false
  const parts = [
    'out/main/index.cjs',
    'out/preload/index.cjs',
    'out/renderer/index.html',
    'electron-builder.yml',
  ]
  return parts.every((part) => {
    const file = path.join(PROJECT_ROOT, part)
    return existsSync(file) && statSync(file).mtimeMs <= statSync(ASAR).mtimeMs
  })
}

function startPackage(extra: { args?: string[]; env?: NodeJS.ProcessEnv } = {}): Promise<AttachedApp> {
  // For this test run only: Chromium refuses to sandbox for root. A shipped app is never started so.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return attachElectron({
    command: EXECUTABLE,
    args: [...sandbox, `--user-data-dir=${home}`, ...(extra.args ?? [])],
    env: { ...process.env, ...display?.env, ...extra.env },
    whenAt: LOADED,
  })
}
