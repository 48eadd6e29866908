// @ts-check
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import vm from 'node:vm'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { isBuildFresh } from './app-build.mjs'
import { defaultAppFiles } from './default-app.mjs'
import { defaultCacheRoot, describeRuntime, ensureElectron } from './electron-runtime.mjs'
import { withInstallLock } from './install-lock.mjs'
import { electronCommand, hasDisplay } from './launch.mjs'
import { downloadFailure, findOfficial, rememberedFailure, rememberFailure } from './official-electron.mjs'
import { printProgress, runStep } from './progress.mjs'
import { isRegistryElectron, REGISTRY_ELECTRON, verifyIntegrity } from './registry-electron.mjs'
import { runCommand } from './run-command.mjs'
import {
  alternativesOf,
  aptInstallArgs,
  aptLine,
  aptPercent,
  installableIn,
  missingIn,
  packagesOf,
} from './system-packages.mjs'

/** @type {string} */
let folder

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'caravel-runtime-test-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe('system packages', () => {
  it('takes the 64-bit-time name of a library for the same thing', () => {
    expect(alternativesOf('libasound2')).toEqual(['libasound2', 'libasound2t64'])
    expect(alternativesOf('xvfb')).toEqual(['xvfb'])
    const status = 'libasound2t64 installed\nlibgtk-3-0 installed\n'
    expect(missingIn(['libasound2', 'libgtk-3-0', 'xvfb'], status)).toEqual(['xvfb'])
  })

  it('does not take a removed or half-installed package for an installed one', () => {
    const status = 'gnome-keyring not-installed\nxvfb config-files\ncups half-configured\n'
    expect(missingIn(['gnome-keyring', 'xvfb', 'cups'], status)).toEqual(['gnome-keyring', 'xvfb', 'cups'])
  })

  it('picks the name that can be installed', () => {
    const policy = [
      'libasound2:',
      '  Installed: (none)',
      '  Candidate: (none)',
      'libasound2t64:',
      '  Installed: (none)',
      '  Candidate: 1.2.11-1build2',
      'xvfb:',
      '  Installed: (none)',
      '  Candidate: 2:21.1.7',
    ].join('\n')
    expect(installableIn(['libasound2', 'xvfb'], policy)).toEqual(['libasound2t64', 'xvfb'])
    expect(installableIn(['libasound2'], '')).toEqual(['libasound2'])
  })

  it('asks for a virtual display only where there is no screen', () => {
    expect(packagesOf(['electron'], {})).toContain('xvfb')
    expect(packagesOf(['electron'], { WAYLAND_DISPLAY: 'wayland-0' })).not.toContain('xvfb')
    expect(packagesOf(['documents', 'documents'], {})).toEqual(['poppler-utils', 'zbar-tools'])
    expect(() => packagesOf([/** @type {any} */ ('office')], {})).toThrow('No such package group: office')
  })

  it('writes the line to paste and the arguments to run', () => {
    expect(aptLine(['xvfb', 'xauth'])).toBe('sudo apt-get install --no-install-recommends xvfb xauth')
    expect(aptInstallArgs(['xvfb'])).toEqual(['install', '-y', '--no-install-recommends', 'xvfb'])
  })

  it('reads percentages from apt, also past colons in a package name', () => {
    expect(aptPercent('dlstatus:1:50.0:Retrieving file 1 of 2\n')).toBe(25)
    expect(aptPercent('dlstatus:1:99:x\npmstatus:libgtk-3-0:amd64:40.5:Unpacking\n')).toBe(70.25)
    expect(aptPercent('nothing to read')).toBeUndefined()
  })
})

describe('the command that starts the app', () => {
  const common = { executablePath: '/e/electron', appDir: '/app', platform: /** @type {const} */ ('linux') }

  it('switches the sandbox off for root on Linux only', () => {
    expect(electronCommand({ ...common, env: {}, root: true }).args).toEqual(['--no-sandbox', '/app'])
    expect(electronCommand({ ...common, env: {}, root: false }).args).toEqual(['/app'])
    expect(electronCommand({ ...common, env: {}, root: true, platform: 'darwin' }).args).toEqual(['/app'])
    expect(electronCommand({ ...common, env: {}, root: true, args: ['--no-sandbox'] }).args).toEqual([
      '/app',
      '--no-sandbox',
    ])
  })

  it('passes arguments on behind the folder and keeps the environment', () => {
    const env = { DISPLAY: ':1', ELECTRON_RUN_AS_NODE: '1', LANG: 'de' }
    const command = electronCommand({ ...common, env, root: false, args: ['--user-data-dir=/u'] })
    expect(command).toEqual({
      command: '/e/electron',
      args: ['/app', '--user-data-dir=/u'],
      env: { DISPLAY: ':1', LANG: 'de' },
      needsDisplay: false,
    })
    expect(env.ELECTRON_RUN_AS_NODE).toBe('1')
  })

  it('needs a display where there is none, or where one of its own is wanted', () => {
    expect(electronCommand({ ...common, env: {} }).needsDisplay).toBe(true)
    expect(electronCommand({ ...common, env: { DISPLAY: ':0' }, headless: true }).needsDisplay).toBe(true)
    expect(electronCommand({ ...common, env: {}, platform: 'win32' }).needsDisplay).toBe(false)
    expect(hasDisplay({ DISPLAY: '' })).toBe(false)
  })
})

describe('the loader', () => {
  /**
   * @param {string[]} argv
   * @param {Record<string, unknown>} modules
   */
  function load(argv, modules) {
    /** @type {unknown[]} */
    const calls = []
    const app = Object.fromEntries(
      ['setAppPath', 'setName', 'setVersion'].map((name) => [
        name,
        (/** @type {unknown} */ value) => calls.push([name, value]),
      ]),
    )
    const require = (/** @type {string} */ name) => {
      if (name === 'node:path') return path
      if (name === 'electron') return { app }
      if (name in modules) return calls.push(['require', name]) && modules[name]
      throw new Error(`Cannot find module ${name}`)
    }
    const exit = (/** @type {number} */ code) => {
      throw new Error(`exit ${code}`)
    }
    const console = { error: (/** @type {string} */ text) => calls.push(['error', text.split('\n')[0]]) }
    vm.runInNewContext(defaultAppFiles()['main.js'] ?? '', {
      require,
      console,
      process: { argv: ['electron', ...argv], exit },
    })
    return calls
  }

  it('starts the first argument without a dash', () => {
    const modules = {
      '/app/package.json': { name: 'caravel', productName: 'Caravel', version: '1.2.3', main: 'out/m.cjs' },
      '/app/out/m.cjs': {},
    }
    expect(load(['--no-sandbox', '/app', '--user-data-dir=/u', 'x'], modules)).toEqual([
      ['require', '/app/package.json'],
      ['setAppPath', '/app'],
      ['setName', 'Caravel'],
      ['setVersion', '1.2.3'],
      ['require', '/app/out/m.cjs'],
    ])
  })

  it('loads what -r names first (Playwright does so) and does not take it for the app', () => {
    const modules = { '/hook.js': {}, '/app/package.json': { name: 'caravel' }, '/app/index.js': {} }
    const calls = load(['-r', '/hook.js', '--inspect=0', '/app'], modules)
    expect(calls[0]).toEqual(['require', '/hook.js'])
    expect(calls).toContainEqual(['setName', 'caravel'])
  })

  it('ends with a message instead of a box when there is nothing to start', () => {
    expect(() => load(['--no-sandbox'], {})).toThrow('exit 1')
    expect(() => load(['/nowhere'], {})).toThrow('exit 1')
  })
})

describe('the Electron from the npm registry', () => {
  it('refuses an archive with another hash', async () => {
    const file = path.join(folder, 'a.tgz')
    await writeFile(file, 'not the archive')
    await expect(verifyIntegrity(file, REGISTRY_ELECTRON.integrity)).rejects.toThrow('not the expected one')
    const right =
      'sha512-7iaw3Ur350mqGo7jwQrpkj9hiYB3Lkc/iBml1JQODbJ6wYX4oOHV+E+IvIh/1nsUNzLDBMxfqa2Ob1f1ACio/w=='
    await writeFile(file, 'test')
    await expect(verifyIntegrity(file, right)).resolves.toBeUndefined()
  })

  it('takes a folder without its stamp, or with a truncated executable, for incomplete', async () => {
    await mkdir(path.join(folder, 'resources'))
    await writeFile(path.join(folder, 'electron'), 'short')
    await writeFile(path.join(folder, 'resources', 'default_app.asar'), '')
    expect(await isRegistryElectron(folder)).toBe(false)
    const stamp = { integrity: REGISTRY_ELECTRON.integrity, loader: 'other', executableSize: 5 }
    await writeFile(path.join(folder, 'caravel-stamp.json'), JSON.stringify(stamp))
    expect(await isRegistryElectron(folder)).toBe(false)
  })
})

describe('choosing an Electron', () => {
  it('believes CARAVEL_ELECTRON, and says so when it is no executable', async () => {
    const executable = path.join(folder, 'electron')
    await writeFile(executable, '#!/bin/sh\n', { mode: 0o755 })
    await writeFile(path.join(folder, 'version'), 'v39.0.0\n')
    const runtime = await ensureElectron({ env: { CARAVEL_ELECTRON: executable } })
    expect(runtime).toMatchObject({
      executablePath: executable,
      distPath: folder,
      version: '39.0.0',
      kind: 'official',
    })
    expect(describeRuntime(runtime)).toBe('Electron 39.0.0 (from CARAVEL_ELECTRON)')
    await expect(ensureElectron({ env: { CARAVEL_ELECTRON: folder } })).rejects.toThrow(
      'CARAVEL_ELECTRON is not an executable',
    )
  })

  it('uses the official binary only when it is complete and of the wanted version', async () => {
    const electron = path.join(folder, 'node_modules', 'electron')
    await mkdir(path.join(electron, 'dist'), { recursive: true })
    await writeFile(path.join(electron, 'package.json'), '{"version":"45.4.1"}')
    await writeFile(path.join(electron, 'dist', 'version'), '45.4.1')
    await writeFile(path.join(electron, 'dist', 'electron'), '')
    expect(await findOfficial(folder, '45.4.1')).toBeUndefined()
    await writeFile(path.join(electron, 'path.txt'), 'electron')
    expect(await findOfficial(folder, '45.4.0')).toBeUndefined()
    const runtime = await ensureElectron({
      projectRoot: folder,
      cacheRoot: path.join(folder, 'cache'),
      env: {},
    })
    expect(runtime).toMatchObject({
      kind: 'official',
      version: '45.4.1',
      distPath: path.join(electron, 'dist'),
    })
  })

  it('remembers a failed download for a day and for that version', async () => {
    const day = 24 * 60 * 60_000
    await rememberFailure(folder, { version: '45.4.1', reason: 'no network', at: 1_000 })
    expect(await rememberedFailure(folder, '45.4.1', 1_000 + day - 1)).toBe('no network')
    expect(await rememberedFailure(folder, '45.4.1', 1_000 + day)).toBeUndefined()
    expect(await rememberedFailure(folder, '45.5.0', 2_000)).toBeUndefined()
    // A clock that was set back must not keep the failure for ever.
    expect(await rememberedFailure(folder, '45.4.1', 0)).toBeUndefined()
  })

  it('names the reason of a failed download', () => {
    expect(
      downloadFailure('TypeError: fetch failed\n    at x\n  [cause]: Error: getaddrinfo ENOTFOUND host'),
    ).toBe('fetch failed (ENOTFOUND)')
    expect(downloadFailure('HTTPError: Response code 404 (Not Found) for x')).toBe(
      'Response code 404 (Not Found) for x',
    )
    expect(downloadFailure('')).toBe('no reason given')
  })

  it('keeps its cache with the user', () => {
    expect(defaultCacheRoot({ XDG_CACHE_HOME: '/c' })).toBe(path.join('/c', 'caravel'))
  })
})

describe('helpers', () => {
  it('lets one process install at a time and takes over from one that died', async () => {
    const file = path.join(folder, 'deep', 'install.lock')
    /** @type {string[]} */
    const log = []
    const work = (/** @type {string} */ name) => async () => {
      log.push(`${name} in`)
      await new Promise((resolve) => setTimeout(resolve, 20))
      log.push(`${name} out`)
    }
    await Promise.all([withInstallLock(file, work('a')), withInstallLock(file, work('b'))])
    expect(log.map((line) => line.slice(2))).toEqual(['in', 'out', 'in', 'out'])
    const { hostname } = await import('node:os')
    await writeFile(file, `999999999 ${hostname()}`)
    await withInstallLock(file, work('c'))
    expect(log.at(-1)).toBe('c out')
    await expect(stat(file)).rejects.toThrow('ENOENT')
  })

  it('releases the lock when the work fails', async () => {
    const file = path.join(folder, 'install.lock')
    await expect(withInstallLock(file, () => Promise.reject(new Error('full disk')))).rejects.toThrow(
      'full disk',
    )
    await expect(readFile(file)).rejects.toThrow('ENOENT')
  })

  it('prints the start, rare updates and the end of a step with its time', async () => {
    /** @type {string[]} */
    const lines = []
    let at = 0
    const onProgress = printProgress({ write: (line) => lines.push(line), now: () => at })
    await runStep(onProgress, 'Unpacking', async (report) => {
      at = 1_000
      report({ percent: 10 })
      at = 3_000
      report({ percent: 49.6 })
      at = 4_200
    })
    await runStep(onProgress, 'Fetching', () => Promise.reject(new Error('no network\nat x'))).catch(() => {})
    expect(lines).toEqual([
      'caravel: Unpacking …\n',
      'caravel: Unpacking (50 %, 3.0 s)\n',
      'caravel: Unpacking (done, 4.2 s)\n',
      'caravel: Fetching …\n',
      'caravel: Fetching (failed, no network, 0.0 s)\n',
    ])
  })

  it('gives a failing or missing command a code instead of throwing', async () => {
    expect(await runCommand(process.execPath, ['-e', 'process.exit(3)'])).toMatchObject({ code: 3 })
    expect(await runCommand('no-such-command-here', [])).toMatchObject({ code: 127 })
  })

  it('knows a build that is older than a source, or incomplete', async () => {
    const old = new Date('2026-01-01')
    for (const file of [
      'out/main/index.cjs',
      'out/preload/index.cjs',
      'out/renderer/index.html',
      'core/money/parse.ts',
    ]) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
      await writeFile(path.join(folder, file), '')
    }
    for (const place of ['core/money/parse.ts', 'core/money', 'core'])
      await utimes(path.join(folder, place), old, old)
    expect(await isBuildFresh(folder)).toBe(true)
    await utimes(path.join(folder, 'core/money'), new Date('2100-01-01'), new Date('2100-01-01'))
    expect(await isBuildFresh(folder)).toBe(false)
    await utimes(path.join(folder, 'core/money'), old, old)
    await rm(path.join(folder, 'out/renderer/index.html'))
    expect(await isBuildFresh(folder)).toBe(false)
  })
})
