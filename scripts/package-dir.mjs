// @ts-check
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { build } from 'electron-builder'
import { buildApp, isBuildFresh } from './runtime/app-build.mjs'
import { ensureElectron, PROJECT_ROOT } from './runtime/electron-runtime.mjs'
import { printProgress } from './runtime/progress.mjs'
import { runStep, tool } from './steps.mjs'

/** @typedef {import('electron-builder').AfterPackContext} PackContext */
/** @typedef {import('./runtime/electron-runtime.mjs').ElectronRuntime} ElectronRuntime */

/**
 * Packages the app for this machine without archives: `npm run package:dir` leaves it in release/<platform>-unpacked.
 * Uses the Electron at hand, needs no network for it; a release is built with the official one (docs/spec/packaging.md).
 */

/** The fuse wire of older versions ends before it, and the tool refuses fuses it cannot set. */
const FIRST_WITH_FILE_PRIVILEGES = 29

const runtime = await ensureElectron({ onProgress: printProgress() })
if (!(await runStep('fonts', [tool('tsx'), 'scripts/fonts.ts'], { quiet: true }))) process.exit(1)
if (!(await isBuildFresh(PROJECT_ROOT))) await buildApp(PROJECT_ROOT, printProgress())

/** @type {PackContext | undefined} */
let packed
await build({
  projectDir: PROJECT_ROOT,
  dir: true,
  publish: 'never',
  config: {
    electronDist: runtime.distPath,
    electronVersion: runtime.version,
    beforePack: (context) => {
      packed = context
      fitFuses(context, runtime)
    },
  },
})
if (packed === undefined) throw new Error('electron-builder packed nothing')
console.log(describePackage(packed, runtime))

/**
 * @param {PackContext} context
 * @param {ElectronRuntime} electron
 */
function fitFuses(context, electron) {
  const fuses = context.packager.config.electronFuses
  if (fuses && Number.parseInt(electron.version, 10) < FIRST_WITH_FILE_PRIVILEGES) {
    delete fuses.grantFileProtocolExtraPrivileges
    console.log(`Electron ${electron.version} has no fuse for file:// privileges: left out`)
  }
}

/**
 * @param {PackContext} context
 * @param {ElectronRuntime} electron
 */
function describePackage({ appOutDir, packager }, electron) {
  const resources = packager.getResourcesDir(appOutDir)
  // The app is started from there when no app.asar is found.
  if (existsSync(path.join(resources, 'default_app.asar')))
    throw new Error('default_app.asar is in the package')
  const size = statSync(path.join(resources, 'app.asar')).size / 1e6
  return `${path.relative(PROJECT_ROOT, appOutDir)} with Electron ${electron.version}, app.asar ${size.toFixed(1)} MB`
}
