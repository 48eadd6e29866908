// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { runStep, tool } from './steps.mjs'

/** Everything that must hold: `npm test`. Sets up what is missing, then checks, unit tests, real parts, the real app. */

// Not test-results: Playwright empties that.
const results = 'test-reports'
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

/** @param {string} report @param {string[]} projects @param {string} reporter */
const vitest = (report, projects, reporter = 'default') => [
  ...[tool('vitest'), 'run', ...projects.flatMap((name) => ['--project', name])],
  ...['--reporter', reporter, '--reporter', 'json', `--outputFile.json=${results}/${report}.json`],
]

/** @typedef {[name: string, command: string[]]} Step */

/** One line after the other; the lanes of a line run beside each other, the steps of a lane one after the other. */
const lines = /** @type {Step[][][]} */ ([
  [
    [
      [
        'runtime and system packages',
        ['node', 'scripts/ensure-runtime.mjs', '--groups', 'electron,documents,keyring,printing'],
      ],
    ],
  ],
  [[['fonts', [tool('tsx'), 'scripts/fonts.ts']]]],
  [
    [
      ['static checks', ['node', 'scripts/check.mjs']],
      ['simulation', [tool('tsx'), 'scripts/simulate.ts', '--seeds', '1000']],
      ['real parts', vitest('real', ['real', 'connected'])],
    ],
    [
      ['unit tests', vitest('unit', ['unit', 'memory'], 'dot')],
      ['contracts', vitest('contracts', ['contracts'])],
    ],
    // The demo shops mostly wait for their own limits of calls.
    [['demo shops', vitest('demo', ['demo'], 'dot')]],
  ],
  [[['build', [tool('electron-vite'), 'build', '--logLevel', 'warn']]]],
  [[['the app', [tool('playwright'), 'test', '--reporter', 'list,json']]]],
])

const setUp = 2
/** @type {string[]} */
const failed = []
/** @param {Step[]} lane */
async function run(lane) {
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: `${results}/app.json` }
  for (const [name, command] of lane) if (!(await runStep(name, command, { env }))) failed.push(name)
}
for (const [index, lanes] of lines.entries()) {
  await Promise.all(lanes.map(run))
  if (failed.length > 0 && index < setUp) break
}

const count = { passed: 0, failed: 0, skipped: 0 }
for (const file of ['unit.json', 'contracts.json', 'real.json', 'demo.json']) {
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
