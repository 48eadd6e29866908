// @ts-check
import { runStep, tool } from './steps.mjs'

/** All static checks: `npm run check`. Runs every one, then fails if any failed. */

const checks = /** @type {[string, string[]][]} */ ([
  ['format', [tool('prettier'), '--check', '--log-level', 'warn', '.']],
  ['types: core', [tool('tsc'), '-p', 'core']],
  ['types: electron', [tool('tsc'), '-p', 'electron']],
  ['types: renderer', [tool('vue-tsc'), '-p', 'renderer']],
  ['types: tests and scripts', [tool('vue-tsc'), '-p', 'tests']],
  [
    'lint',
    [
      tool('eslint'),
      '--max-warnings',
      '0',
      '--cache',
      '--cache-location',
      'node_modules/.cache/eslint/',
      '.',
    ],
  ],
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

/** @type {string[]} */
const failed = []
for (const [name, command] of checks) {
  if (!(await runStep(name, command, { quiet: true }))) failed.push(name)
}
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`)
  process.exit(1)
}
