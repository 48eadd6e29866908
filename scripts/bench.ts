import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BenchRow, RunBench } from '#tests/bench/bench-row.ts'
import { ensureElectron, PROJECT_ROOT } from './runtime/electron-runtime.mjs'

// npm run bench -- NAME [NAME…]: prints a table and writes bench-results/NAME.json. Nothing here passes or fails by time.

const FOLDER = path.join(PROJECT_ROOT, 'tests', 'bench')
const RESULTS = path.join(PROJECT_ROOT, 'bench-results')
const ENDING = '.bench.ts'

const known = readdirSync(FOLDER)
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length))
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !known.includes(name))

if (wanted.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no bench ${unknown.join(', ')}.`)
  console.error(`Usage: npm run bench -- NAME\nThere are: ${known.join(', ')}`)
  process.exit(1)
}

for (const name of wanted) {
  const { default: run } = (await import(pathToFileURL(path.join(FOLDER, name + ENDING)).href)) as {
    default: RunBench
  }
  const rows = await run((text) => console.log(`  ${text}`))
  mkdirSync(RESULTS, { recursive: true })
  const result = { name, machine: await describeMachine(), rows }
  writeFileSync(path.join(RESULTS, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`)
  console.log(toTable(name, rows))
}
process.exit(0)

/** What a reader needs to compare; nothing that names the machine or its owner. */
async function describeMachine() {
  const { version, kind } = await ensureElectron()
  const all = cpus()
  return {
    platform: process.platform,
    arch: process.arch,
    cpu: all[0]?.model ?? 'unknown',
    cores: all.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    electron: version,
    electronKind: kind,
  }
}

function toTable(name: string, rows: readonly BenchRow[]): string {
  const lines = rows.map((row) => [
    row.name,
    `${row.value} ${row.unit}`,
    row.floor === null ? '' : `${row.floor} ${row.unit}`,
    row.ratio === null ? '' : `× ${row.ratio}`,
  ])
  const table = [[name, 'value', 'floor', 'ratio'], ...lines]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((line) => line[column]?.length ?? 0)))
  return table
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n')
}
