import { MEDIA, type Medium } from '#core/documents/media.ts'
import type { Box } from '#core/documents/page-model.ts'

/** Where on a carrier's sheet its label is. */
export interface MediaPreset {
  /** The sheet as it is looked at; null takes any. */
  sheet: Medium | null
  /** The part that is the label, in mm from the top left corner; null is the whole page. */
  cut: Box | null
}

const quarter = { width: MEDIA.a4.width / 2, height: MEDIA.a4.height / 2 }
const half = (sheet: Medium) => ({ x: 0, y: 0, width: sheet.width, height: sheet.height / 2 })

/** Ways in which carriers put a label on a page. Sheets are told apart by their size alone. */
export const MEDIA_PRESETS = {
  whole: { sheet: null, cut: null },
  'a4-top-left': { sheet: MEDIA.a4, cut: { x: 0, y: 0, ...quarter } },
  'a4-top-right': { sheet: MEDIA.a4, cut: { x: quarter.width, y: 0, ...quarter } },
  'a4-bottom-left': { sheet: MEDIA.a4, cut: { x: 0, y: quarter.height, ...quarter } },
  'a4-bottom-right': { sheet: MEDIA.a4, cut: { x: quarter.width, y: quarter.height, ...quarter } },
  'a4-top-half': { sheet: MEDIA.a4, cut: half(MEDIA.a4) },
  'letter-top-half': { sheet: MEDIA.letter, cut: half(MEDIA.letter) },
} as const satisfies Record<string, MediaPreset>
export type MediaPresetId = keyof typeof MEDIA_PRESETS
