// @ts-check
import { parseArgs } from 'node:util'

import { describeRuntime, ensureElectron } from './runtime/electron-runtime.mjs'
import { printProgress } from './runtime/progress.mjs'
import { aptLine, ensureSystemPackages } from './runtime/system-packages.mjs'

/** @typedef {import('./runtime/system-packages.mjs').PackageGroup} PackageGroup */

const USAGE = `Usage: node scripts/ensure-runtime.mjs [--groups electron,documents,keyring,printing] [--print-path] [--retry-official]

Sees to it that an Electron and the system packages it needs are there.
  --groups          the groups of system packages, "electron" if not given
  --print-path      print only the path of the executable
  --retry-official  try the official download although it failed within the last day
`

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function main() {
  const { values } = parseArgs({
    options: {
      groups: { type: 'string', default: 'electron' },
      'print-path': { type: 'boolean', default: false },
      'retry-official': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return
  }
  const onProgress = printProgress()
  const groups = /** @type {PackageGroup[]} */ (
    (values.groups ?? '').split(',').filter((name) => name !== '')
  )
  const packages = await ensureSystemPackages(groups, { onProgress })
  if (packages.missing.length > 0) process.stderr.write(`Better with: ${aptLine(packages.missing)}\n`)
  const runtime = await ensureElectron({ onProgress, retryOfficial: values['retry-official'] ?? false })
  process.stdout.write(`${values['print-path'] ? runtime.executablePath : describeRuntime(runtime)}\n`)
}
