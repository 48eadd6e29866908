// @ts-check
import { access, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { runStep } from './progress.mjs'
import { runCommand } from './run-command.mjs'

/** @typedef {import('./progress.mjs').OnProgress} OnProgress */

const STALL_MS = 20_000
const LIMIT_MS = 15 * 60_000
const REMEMBER_MS = 24 * 60 * 60_000

/**
 * The version of the installed `electron` package; its binary may be missing.
 * @param {string} projectRoot
 * @returns {Promise<string | undefined>}
 */
export async function officialVersion(projectRoot) {
  try {
    return JSON.parse(await readFile(path.join(packagePath(projectRoot), 'package.json'), 'utf8')).version
  } catch {
    return undefined
  }
}

/**
 * The official binary, if it is complete (path.txt is what electron's installer writes last) and of the wanted version.
 * @param {string} projectRoot
 * @param {string} version
 * @returns {Promise<{ distPath: string, executablePath: string } | undefined>}
 */
export async function findOfficial(projectRoot, version) {
  const distPath = path.join(packagePath(projectRoot), 'dist')
  try {
    const found = (await readFile(path.join(distPath, 'version'), 'utf8')).trim().replace(/^v/, '')
    const executable = (await readFile(path.join(packagePath(projectRoot), 'path.txt'), 'utf8')).trim()
    const executablePath = path.join(distPath, executable)
    await access(executablePath)
    return found === version ? { distPath, executablePath } : undefined
  } catch {
    return undefined
  }
}

/**
 * Runs electron's own installer. It is ended when nothing arrives for 20 s; without a network it fails at once.
 * @param {string} projectRoot
 * @param {string} version
 * @param {OnProgress} onProgress
 * @returns {Promise<string | undefined>} why it failed
 */
export async function downloadOfficial(projectRoot, version, onProgress) {
  try {
    await runStep(onProgress, `Electron ${version}: official download`, (report) =>
      install(projectRoot, report),
    )
    if (await findOfficial(projectRoot, version)) return undefined
    return 'the installer ended without leaving a binary'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * @param {string} projectRoot
 * @param {(facts: { detail?: string }) => void} report
 */
async function install(projectRoot, report) {
  // A temporary folder of its own shows how much has arrived.
  const temporary = await mkdtemp(path.join(tmpdir(), 'caravel-electron-'))
  const abort = new AbortController()
  const startedAt = Date.now()
  let seen = 0
  let movedAt = startedAt
  const watch = setInterval(async () => {
    const bytes = (await sizeOf(temporary)) + (await sizeOf(path.join(packagePath(projectRoot), 'dist')))
    if (bytes !== seen) {
      movedAt = Date.now()
      seen = bytes
      report({ detail: `${(bytes / 1e6).toFixed(0)} MB` })
    }
    if (Date.now() - movedAt > STALL_MS || Date.now() - startedAt > LIMIT_MS) abort.abort()
  }, 1_000)
  try {
    const { ELECTRON_OVERRIDE_DIST_PATH: _ignored, ...inherited } = process.env
    const result = await runCommand(process.execPath, [path.join(packagePath(projectRoot), 'install.js')], {
      env: {
        ...inherited,
        TMPDIR: temporary,
        TEMP: temporary,
        TMP: temporary,
        ELECTRON_GET_NO_PROGRESS: '1',
      },
      signal: abort.signal,
    })
    if (abort.signal.aborted) throw new Error('nothing arrived for 20 seconds')
    if (result.code !== 0) throw new Error(downloadFailure(result.stderr))
  } finally {
    clearInterval(watch)
    await rm(temporary, { recursive: true, force: true })
  }
}

/**
 * The one line of an installer's stack trace that says what went wrong.
 * @param {string} stderr
 * @returns {string}
 */
export function downloadFailure(stderr) {
  const code = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)\b/.exec(
    stderr,
  )?.[1]
  const line =
    stderr.split('\n').find((text) => /error|response code/i.test(text)) ?? stderr.split('\n')[0] ?? ''
  const reason = line.replace(/^\w*Error:\s*/, '').trim() || 'no reason given'
  return code && !reason.includes(code) ? `${reason} (${code})` : reason
}

/**
 * A failed download is remembered for a day, so that the next start does not wait for it again.
 * @param {string} cacheRoot
 * @param {string} version
 * @param {number} now   epoch ms
 * @returns {Promise<string | undefined>} the remembered reason
 */
export async function rememberedFailure(cacheRoot, version, now) {
  try {
    const failure = JSON.parse(await readFile(failureFile(cacheRoot), 'utf8'))
    const fresh = now >= failure.at && now - failure.at < REMEMBER_MS
    return failure.version === version && fresh ? String(failure.reason) : undefined
  } catch {
    return undefined
  }
}

/**
 * @param {string} cacheRoot
 * @param {{ version: string, reason: string, at: number }} failure
 */
export async function rememberFailure(cacheRoot, failure) {
  await writeFile(failureFile(cacheRoot), `${JSON.stringify(failure)}\n`)
}

/** @param {string} cacheRoot */
function failureFile(cacheRoot) {
  return path.join(cacheRoot, 'official-download-failed.json')
}

/** @param {string} projectRoot */
function packagePath(projectRoot) {
  return path.join(projectRoot, 'node_modules', 'electron')
}

/**
 * @param {string} folder
 * @returns {Promise<number>} bytes
 */
async function sizeOf(folder) {
  let bytes = 0
  for (const entry of await readdir(folder, { recursive: true }).catch(() => [])) {
    bytes += await stat(path.join(folder, entry)).then(
      (facts) => facts.size,
      () => 0,
    )
  }
  return bytes
}
