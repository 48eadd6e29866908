import { existsSync, readFileSync } from 'node:fs'
import { FONT_IDS, type FontId } from '#core/documents/font-metrics.ts'
import { openFontMetrics, type FontFiles } from '#core/documents/fonts.ts'

/** The fonts as `npm run fonts` builds them. */
export function readFonts(): FontFiles {
  const files: Partial<Record<FontId, Uint8Array>> = {}
  for (const id of FONT_IDS) {
    const path = new URL(`../../resources/fonts/${id}.ttf`, import.meta.url)
    if (!existsSync(path)) throw new Error(`resources/fonts/${id}.ttf is missing: run "npm run fonts" first`)
    files[id] = readFileSync(path)
  }
  return files as FontFiles
}

let files: FontFiles | undefined
let metrics: ReturnType<typeof openFontMetrics> | undefined

/** Read once per test process. */
export function testFonts(): FontFiles {
  return (files ??= readFonts())
}

export function testMetrics(): ReturnType<typeof openFontMetrics> {
  return (metrics ??= openFontMetrics(testFonts()))
}
