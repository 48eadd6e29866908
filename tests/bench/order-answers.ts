import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { build, type Rolldown } from 'vite'
import { PROJECT_ROOT } from '../../scripts/runtime/electron-runtime.mjs'
import type { BareReads } from '#tests/bench/bare-orders.ts'
import { benchRow, median, type BenchRow } from '#tests/bench/bench-row.ts'
import { percentile } from '#tests/bench/felt.ts'
import type { Answered, Asked } from '#tests/bench/orders-in-page.ts'
import type { SeededDesk } from '#tests/bench/seeded-desk.ts'

/** The goals that are told without the drawing: what the page asks of the store and of the worker, beside the same reads bare. */
export async function answerRows(
  { caravel, name }: Pick<SeededDesk, 'caravel' | 'name'>,
  { bare, size, turns, say }: { bare: BareReads; size: number; turns: number; say: (text: string) => void },
): Promise<BenchRow[]> {
  const asked: Asked = { name, workerUrl: await workerUrl(), turns }
  const script = `${await bundle()};ordersBench.askWithoutDrawing(${JSON.stringify(asked)})`
  const answered = (await caravel.app.evaluate(
    ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
    script,
  )) as Answered
  const p95 = (times: readonly number[]) => percentile(times, 0.95)
  const row = (what: string, times: readonly number[], floor?: readonly number[]) => {
    say(
      `${what}: median ${median(times).toFixed(1)} ms${floor === undefined ? '' : `, bare ${median(floor).toFixed(1)}`}`,
    )
    const beside = floor === undefined ? null : p95(floor)
    return benchRow(`${what}, p95, without drawing, ${size}`, p95(times), 'ms', beside)
  }
  return [
    row('first page', answered.firstPage, bare.page),
    row('deep page', answered.deepPage, answered.firstPage),
    row('counts', answered.counts, bare.counts),
    row('ids of a search', answered.searchIds),
    row('a search with 50 rows', answered.searchRows, bare.keys),
    row('a search while 500 orders at a time are taken over', answered.searchWhilePulled),
    row('insights of a year', answered.insights),
    row('one verb until it is committed', answered.oneVerb.committed, bare.write),
    row("one verb until main's journal has it too", answered.oneVerb.kept, bare.write),
    benchRow(`first search after the worker's start, ${size}`, answered.firstSearch, 'ms'),
    benchRow(`index ready after the worker's start, ${size}`, answered.readyMs, 'ms'),
  ]
}

async function workerUrl(): Promise<string> {
  // Of the very build that runs (tests/support/launch-app.ts).
  const appDir = process.env.CARAVEL_APP_DIR ?? PROJECT_ROOT
  const files = await readdir(path.join(appDir, 'out/renderer/assets'))
  return `/assets/${files.find((file) => /^data-worker-.*\.js$/.test(file)) ?? ''}`
}

async function bundle(): Promise<string> {
  const entry = path.join(import.meta.dirname, 'orders-in-page.ts')
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'chrome114',
      lib: { entry, formats: ['iife'], name: 'ordersBench' },
    },
  })) as Rolldown.RolldownOutput[]
  return built[0]?.output[0].code ?? ''
}
