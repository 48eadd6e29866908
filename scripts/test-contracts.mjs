// @ts-check
import { existsSync } from 'node:fs'
import { runStep, tool } from './steps.mjs'

/** Tests against official contracts and data, which are not part of this repository: `npm run test:contracts`. */

const specs = process.env.CARAVEL_SPECS
if (!specs || !existsSync(specs)) {
  console.error('Set CARAVEL_SPECS to the folder that holds specs/ and data/, then run this again.')
  process.exit(1)
}
process.exit((await runStep('contracts', [tool('vitest'), 'run', '--project', 'contracts'])) ? 0 : 1)
