// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { runStep, tool } from './steps.mjs'

/** Everything that must hold: `npm test`. Sets up what is missing, then checks, unit tests, real parts, the real app. */

// Not test-results: Playwright empties that.
const results = 'test-reports'
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const steps = /** @type {[string, string[]][]} */ ([
  [
    'runtime and system packages',
    ['node', 'scripts/ensure-runtime.mjs', '--groups', 'electron,documents,keyring,printing'],
  ],
  ['fonts', [tool('tsx'), 'scripts/fonts.ts']],
  ['static checks', ['node', 'scripts/check.mjs']],
  [
    'unit tests',
    [
      tool('vitest'),
      'run',
      '--project',
      'unit',
      '--project',
      'memory',
      '--reporter',
      'dot',
      '--reporter',
      'json',
      '--outputFile.json',
      `${results}/unit.json`,
    ],
  ],
  [
    'contracts',
    [
      tool('vitest'),
      'run',
      '--project',
      'contracts',
      '--reporter',
      'default',
      '--reporter',
      'json',
      '--outputFile.json',
      `${results}/contracts.json`,
    ],
  ],
  ['simulation', [tool('tsx'), 'scripts/simulate.ts', '--seeds', '2000']],
  [
    'real parts',
    [
      tool('vitest'),
      'run',
      '--project',
      'real',
      '--reporter',
      'default',
      '--reporter',
      'json',
      '--outputFile.json',
      `${results}/real.json`,
    ],
  ],
  ['build', [tool('electron-vite'), 'build', '--logLevel', 'warn']],
  ['the app', [tool('playwright'), 'test', '--reporter', 'list,json']],
])

const setUp = 3
/** @type {string[]} */
const failed = []
for (const [index, [name, command]] of steps.entries()) {
  if (await runStep(name, command, { env: { PLAYWRIGHT_JSON_OUTPUT_NAME: `${results}/app.json` } })) continue
  failed.push(name)
  if (index < setUp - 1) break
}

const count = { passed: 0, failed: 0, skipped: 0 }
for (const file of ['unit.json', 'contracts.json', 'real.json']) {
  if (!existsSync(`${results}/${file}`)) continue
  const report = JSON.parse(readFileSync(`${results}/${file}`, 'utf8'))
  count.passed += report.numPassedTests
  count.failed += report.numFailedTests
  count.skipped += report.numPendingTests + report.numTodoTests
}
if (existsSync(`${results}/app.json`)) {
  const { stats } = JSON.parse(readFileSync(`${results}/app.json`, 'utf8'))
  count.passed += stats.expected + stats.flaky
  count.failed += stats.unexpected
  count.skipped += stats.skipped
}

if (failed.length > 0) console.log(`Failed steps: ${failed.join(', ')}`)
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
process.exit(failed.length > 0 || count.failed > 0 || count.passed === 0 ? 1 : 0)
