import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { openFontMetrics, type FontFiles } from '#core/documents/fonts.ts'
import { FONT_IDS, type FontMetrics } from '#core/documents/font-metrics.ts'

export interface Fonts {
  files: FontFiles
  metrics: FontMetrics
}

/** Fonts of a folder, which are read when they are first asked for and kept; null when they are not there (yet). */
export function createFontShelf(folder: string): () => Promise<Fonts | null> {
  let loading: Promise<Fonts> | undefined
  return async () => {
    loading ??= loadFonts(folder)
    const fonts = await loading.catch(() => null)
    // Perhaps they are there the next time (a build that is still running).
    if (fonts === null) loading = undefined
    return fonts
  }
}

async function loadFonts(folder: string): Promise<Fonts> {
  const read = async (id: string) =>
    [id, new Uint8Array(await readFile(path.join(folder, `${id}.ttf`)))] as const
  const files = Object.fromEntries(await Promise.all(FONT_IDS.map(read))) as unknown as FontFiles
  return { files, metrics: openFontMetrics(files) }
}
