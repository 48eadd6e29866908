import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '#tests/support/app-test.ts'
import { appCommand, launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'

let userDataDir: string
test.beforeEach(async () => {
  userDataDir = await mkdtemp(path.join(tmpdir(), 'caravel-window-'))
})
test.afterEach(() => rm(userDataDir, { recursive: true, force: true, maxRetries: 5 }))

const bounds = ({ app }: LaunchedApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())

test('a second start wakes the first window and ends', async () => {
  const first = await launchApp({ userDataDir })
  const display = await first.app.evaluate(() => process.env['DISPLAY'] ?? '')
  await first.app.evaluate(({ app }) => {
    app.on('second-instance', () => ((globalThis as { woken?: boolean }).woken = true))
  })
  const { command, args, env } = await appCommand({ userDataDir })
  const second = spawn(command, args, { env: { ...env, DISPLAY: display }, stdio: 'ignore' })
  const code = await new Promise((resolve) => second.once('exit', resolve))
  expect(code).toBe(0)
  await expect.poll(() => first.app.evaluate(() => (globalThis as { woken?: boolean }).woken)).toBe(true)
  expect(first.app.windows()).toHaveLength(1)
  await first.close()
})

test('a window opens where it was closed', async () => {
  const wanted = { x: 120, y: 90, width: 1200, height: 700 }
  const first = await launchApp({ userDataDir })
  await first.app.evaluate(
    ({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place),
    wanted,
  )
  await expect.poll(() => bounds(first)).toEqual(wanted)
  await first.close()
  const second = await launchApp({ userDataDir })
  expect(await bounds(second)).toEqual(wanted)
  await second.close()
})

test('a window that was on a screen that is gone comes back, and a broken state is ignored', async () => {
  for (const state of ['{"x":9000,"y":-4000,"width":1200,"height":700,"maximized":false}', '{"x":']) {
    await writeFile(path.join(userDataDir, 'window-state.json'), state)
    const caravel = await launchApp({ userDataDir })
    const place = (await bounds(caravel)) ?? { x: -1, y: -1, width: 0, height: 0 }
    expect(place.x).toBeGreaterThanOrEqual(0)
    expect(place.x + place.width).toBeLessThanOrEqual(1920)
    expect(place.y).toBeGreaterThanOrEqual(0)
    expect(place.width).toBeGreaterThanOrEqual(1024)
    await caravel.close()
  }
})
