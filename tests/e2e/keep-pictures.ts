import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { resize, takePicture } from '../../scripts/demo-desk.ts'
import { setLook } from '#tests/e2e/screen-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'

/**
 * Pictures of what a test brings about, for people to look at: into the folder of `CARAVEL_PICTURES`, `<name>-<language>-<theme>-<width>.png`.
 * Nothing without it.
 */
const FOLDER = process.env['CARAVEL_PICTURES']
const SIZES = [
  [1280, 800],
  [1920, 1080],
] as const

/** As the window is now. */
export async function keepPicture({ page }: LaunchedApp, name: string): Promise<void> {
  if (FOLDER === undefined) return
  mkdirSync(FOLDER, { recursive: true })
  await takePicture(page, path.join(FOLDER, `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.png`))
}

/** In both languages, light and dark, on both widths; then English and light again on the smaller one. */
export async function keepEveryLook(desk: LaunchedApp, name: string): Promise<void> {
  if (FOLDER === undefined) return
  for (const [width, height] of SIZES) {
    await resize(desk, width, height)
    for (const language of ['english', 'chinese'] as const)
      for (const theme of ['light', 'dark'] as const) {
        await setLook(desk, language, theme)
        await keepPicture(desk, `${name} ${language} ${theme} ${width}`)
      }
  }
  await resize(desk, ...SIZES[0])
  await setLook(desk, 'english', 'light')
}
