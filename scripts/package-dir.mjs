// @ts-check
import { dirname } from 'node:path'
import { statSync } from 'node:fs'
import { ensureElectron } from './runtime/electron-runtime.mjs'
import { printProgress } from './runtime/progress.mjs'
import { runStep, tool } from './steps.mjs'

/**
 * Packages the app for this machine without archives: `npm run package:dir` leaves it in release/<platform>-unpacked.
 * Uses the Electron at hand; a release is built with the official one.
 */

const runtime = await ensureElectron({ onProgress: printProgress() })
const done =
  (await runStep('fonts', [tool('tsx'), 'scripts/fonts.ts'], { quiet: true })) &&
  (await runStep('build', [tool('electron-vite'), 'build', '--logLevel', 'warn'], { quiet: true })) &&
  (await runStep(
    'package',
    [
      tool('electron-builder'),
      '--dir',
      '--publish',
      'never',
      `-c.electronDist=${dirname(runtime.executablePath)}`,
      `-c.electronVersion=${runtime.version}`,
    ],
    { quiet: true },
  ))
if (!done) process.exit(1)
const unpacked = process.platform === 'linux' ? 'release/linux-unpacked/resources/app.asar' : null
if (unpacked) console.log(`app.asar: ${(statSync(unpacked).size / 1e6).toFixed(1)} MB`)
