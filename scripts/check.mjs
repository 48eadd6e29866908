// @ts-check
import { runStep, tool } from './steps.mjs'

/** All static checks: `npm run check`. Runs every one, then fails if any failed. Linting takes as long as the others together, beside them. */

const checks = /** @type {[string, string[]][]} */ ([
  ['format', [tool('prettier'), '--check', '--log-level', 'warn', '.']],
  ['types: core', [tool('tsc'), '-p', 'core']],
  ['types: electron', [tool('tsc'), '-p', 'electron']],
  ['types: renderer', [tool('vue-tsc'), '-p', 'renderer']],
  ['types: tests and scripts', [tool('vue-tsc'), '-p', 'tests']],
  [
    'map',
    [
      tool('depcruise'),
      '--config',
      '.dependency-cruiser.cjs',
      'core',
      'electron',
      'renderer/src',
      'tests',
      'scripts',
    ],
  ],
  ['unused code and packages', [tool('knip'), '--no-progress']],
  ['locales', [tool('tsx'), 'scripts/check-locales.ts']],
])

const lint = /** @type {[string, string[]]} */ ([
  'lint',
  [tool('eslint'), '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '.'],
])

/** @type {string[]} */
const failed = []
/** One after the other. @param {[string, string[]][]} lane */
async function run(lane) {
  for (const [name, command] of lane) {
    if (!(await runStep(name, command, { quiet: true }))) failed.push(name)
  }
}
await Promise.all([run([lint]), run(checks)])
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`)
  process.exit(1)
}
