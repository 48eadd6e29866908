// @ts-check
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'

import { runStep } from './progress.mjs'
import { failureText, runCommand } from './run-command.mjs'

/** @typedef {import('./progress.mjs').OnProgress} OnProgress */

/** What electron-vite reads. */
const SOURCES = ['core', 'electron', 'renderer', 'locales', 'resources']
const SOURCE_FILE = /^(package(-lock)?\.json|electron\.vite\.config\..+|tsconfig.*\.json)$/
/** One for each of its three builds, which end one after the other. */
const OUTPUTS = ['out/main/index.cjs', 'out/preload', 'out/renderer/index.html']
const NOT_BUILT = /\.(test|bench|md)\b|^\.|^node_modules$/

/**
 * @param {string} projectRoot
 * @returns {Promise<boolean>} whether the build is there and not older than any source
 */
export async function isBuildFresh(projectRoot) {
  const builtAt = await Promise.all(OUTPUTS.map((output) => newestIn(path.join(projectRoot, output))))
  const oldest = Math.min(...builtAt)
  if (oldest === 0) return false
  const files = (await readdir(projectRoot)).filter((name) => SOURCE_FILE.test(name))
  for (const name of [...SOURCES, ...files]) {
    if ((await newestIn(path.join(projectRoot, name))) > oldest) return false
  }
  return true
}

/**
 * @param {string} projectRoot
 * @param {OnProgress} onProgress
 * @returns {Promise<void>}
 */
export async function buildApp(projectRoot, onProgress) {
  const folder = path.join(projectRoot, 'node_modules', 'electron-vite')
  const manifest = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => {
    throw new Error('electron-vite is not installed. Run `npm ci` in the project folder first.')
  })
  const { bin } = JSON.parse(manifest)
  const script = path.join(folder, typeof bin === 'string' ? bin : bin['electron-vite'])
  await runStep(onProgress, 'Building the app', async () => {
    const result = await runCommand(process.execPath, [script, 'build'], { cwd: projectRoot })
    if (result.code !== 0) throw new Error(`electron-vite build failed:\n${failureText(result, 60)}`)
  })
}

/**
 * @param {string} place   a file or a folder; a folder counts itself, so a deleted file is noticed
 * @returns {Promise<number>} the newest change in it, epoch ms; 0 when it does not exist
 */
async function newestIn(place) {
  const facts = await stat(place).catch(() => undefined)
  if (!facts) return 0
  if (!facts.isDirectory()) return facts.mtimeMs
  const names = (await readdir(place)).filter((name) => !NOT_BUILT.test(name))
  const inside = await Promise.all(names.map((name) => newestIn(path.join(place, name))))
  return Math.max(facts.mtimeMs, ...inside)
}
