import { create, type Font } from 'fontkit'
import { MM_PER_PT, type FontId, type FontMetrics } from '#core/documents/font-metrics.ts'

/** The bytes of every font, as built into resources/fonts. */
export type FontFiles = Readonly<Record<FontId, Uint8Array>>

const MAX_CACHED_WORDS = 20_000

/** Arabic figures run from left to right, which fontkit does not know of them. */
const ARABIC_FIGURES = /^[\u0660-\u066c\u06f0-\u06f9 ]+$/

/** One glyph of these may be drawn for several letters, and keeps the first it was drawn for: each document has its own. */
const SHAPED = /^(arabic|hebrew|thai)/
const shared = new WeakMap<FontFiles, Map<FontId, Font>>()

/** The font of an id; parsing the large ones takes most of the time of a single label, so they are opened once. */
export function openFont(files: FontFiles, id: FontId): Font {
  if (SHAPED.test(id)) return openShaped(files, id)
  let opened = shared.get(files)
  if (opened === undefined) shared.set(files, (opened = new Map<FontId, Font>()))
  let font = opened.get(id)
  if (font === undefined) opened.set(id, (font = create(files[id])))
  return font
}

function openShaped(files: FontFiles, id: FontId): Font {
  const font = create(files[id])
  if (!id.startsWith('arabic')) return font
  const shape = font.layout.bind(font)
  font.layout = (text, features) =>
    ARABIC_FIGURES.test(text) ? shape(text, features, 'arab', undefined, 'ltr') : shape(text, features)
  return font
}

/**
 * FontMetrics over font bytes. It shapes with fontkit word by word, as pdfkit does (a word keeps its trailing space), so that
 * what is measured is what gets drawn.
 */
export function openFontMetrics(files: FontFiles): FontMetrics {
  const opened = new Map<FontId, Font>()
  const emWidths = new Map<string, number>()

  const fontOf = (id: FontId): Font => {
    const known = opened.get(id)
    if (known !== undefined) return known
    const font = openFont(files, id)
    opened.set(id, font)
    return font
  }

  const coverage = new Map<FontId, Map<number, boolean>>()
  const has = (id: FontId, codePoint: number): boolean => {
    let known = coverage.get(id)
    if (known === undefined) coverage.set(id, (known = new Map<number, boolean>()))
    let answer = known.get(codePoint)
    if (answer === undefined) known.set(codePoint, (answer = fontOf(id).hasGlyphForCodePoint(codePoint)))
    return answer
  }

  const wordWidth = (id: FontId, word: string): number => {
    const key = `${id}|${word}`
    const known = emWidths.get(key)
    if (known !== undefined) return known
    const font = fontOf(id)
    const width = font.layout(word).advanceWidth / font.unitsPerEm
    if (emWidths.size >= MAX_CACHED_WORDS) emWidths.clear()
    emWidths.set(key, width)
    return width
  }

  return {
    has,
    width: (id, text, sizePt) => {
      const words = text.match(/[^ ]* |[^ ]+$/g) ?? []
      return words.reduce((sum, word) => sum + wordWidth(id, word), 0) * sizePt * MM_PER_PT
    },
  }
}
