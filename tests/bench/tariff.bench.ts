import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { TariffReader } from '#core/customs/hs/tariff-reader.ts'
import { benchRow, type BenchRow, type RunBench } from '#tests/bench/bench-row.ts'
import { feel, longest } from '#tests/bench/felt.ts'
import { windowMemory } from '#tests/bench/seeded-desk.ts'
import { openPage } from '#tests/support/desk-walk.ts'
import { euCodesCsv, htsJson, ukCodesCsv, ukDutiesCsv } from '#tests/support/full-tariffs.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'

/**
 * Tariffs of the official size and formats taken over by the app, from the choice of the file to the word that it is there; beside reading the same
 * file with nothing done about it. Longest gap between two frames and the most memory of the window meanwhile.
 */
const FILES: Readonly<Record<string, () => Generator<string>>> = {
  'eu-codes.csv': euCodesCsv,
  'uk-codes.csv': ukCodesCsv,
  'uk-duties.csv': ukDutiesCsv,
  'us-hts.json': htsJson,
}
const LOOK_MS = 50

const run: RunBench = async (say) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'caravel-tariff-'))
  const desk = await launchApp({ userDataDir: path.join(folder, 'profile'), args: ['--demo'] })
  const rows: BenchRow[] = []
  try {
    // tsx compiles inner functions to calls of a helper that the page does not have.
    await desk.page.evaluate('globalThis.__name = (named) => named')
    await desk.page.getByTestId('queue-all').waitFor({ timeout: 60_000 })
    await desk.page.waitForTimeout(8_000)
    await openPage(desk.page, '/customs')
    for (const [name, make] of Object.entries(FILES)) {
      const file = path.join(folder, name)
      await writeFile(file, [...make()].join(''))
      rows.push(...(await importTimed(desk, file, say)))
    }
  } finally {
    await desk.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return rows
}
export default run

async function importTimed(
  desk: LaunchedApp,
  file: string,
  say: (text: string) => void,
): Promise<BenchRow[]> {
  const { page } = desk
  const name = path.basename(file)
  const floor = await readOnly(file)
  const before = await windowMemory(desk)
  let most = before
  let ms = 0
  const felt = await feel(page, async () => {
    const from = performance.now()
    await page.locator('input[accept=".csv,.json,.txt"]').setInputFiles(file)
    const progress = page.getByTestId('tariff-progress')
    await progress.waitFor()
    while (await progress.isVisible()) {
      most = Math.max(most, await windowMemory(desk))
      await page.waitForTimeout(LOOK_MS)
    }
    ms = performance.now() - from
  })
  say(`${name}: ${Math.round(ms)} ms, reading alone ${Math.round(floor)} ms`)
  return [
    benchRow(`${name} taken over`, ms, 'ms', floor),
    benchRow(`${name}: longest gap between two frames`, longest(felt.gaps), 'ms'),
    benchRow(`${name}: most memory on top of the window's`, most - before, 'MB'),
  ]
}

async function readOnly(file: string): Promise<number> {
  const text = await readFile(file, 'utf8')
  const from = performance.now()
  const reader = new TariffReader()
  for (let at = 0; at < text.length; at += 65_536) reader.push(text.slice(at, at + 65_536))
  reader.end()
  return performance.now() - from
}
