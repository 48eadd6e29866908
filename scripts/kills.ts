import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { buildApp, isBuildFresh } from './runtime/app-build.mjs'
import { ensureElectron, PROJECT_ROOT } from './runtime/electron-runtime.mjs'
import { printProgress } from './runtime/progress.mjs'
import { ensureSystemPackages } from './runtime/system-packages.mjs'

// npm run kills -- --kills 200 [--seed 4711]: the app killed at random moments of a sync with a real shop (tests/e2e/kills.e2e.ts).
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string' } },
})

const onProgress = printProgress()
await ensureSystemPackages(['electron', 'keyring'], { onProgress })
await ensureElectron({ onProgress })
if (!(await isBuildFresh(PROJECT_ROOT))) await buildApp(PROJECT_ROOT, onProgress)

const seed = values.seed === undefined ? {} : { CARAVEL_KILLS_SEED: values.seed }
const playwright = path.join(PROJECT_ROOT, 'node_modules/.bin/playwright')
const { status } = spawnSync(playwright, ['test', 'tests/e2e/kills.e2e.ts'], {
  cwd: PROJECT_ROOT,
  stdio: 'inherit',
  env: { ...process.env, CARAVEL_KILLS: values.kills, ...seed },
})
process.exit(status ?? 1)
