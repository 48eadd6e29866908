import type { MediaPreset } from '#core/documents/media-presets.ts'
import type { Medium } from '#core/documents/media.ts'
import type { Box } from '#core/documents/page-model.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** How a part of a page stands on other paper. */
export interface Placement {
  /** The part of the page, in mm from its top left corner. */
  cut: Box
  /** Degrees clockwise. */
  turn: 0 | 90
  /** The same in both directions; 1 keeps the size. */
  scale: number
  /** Where it stands on the medium, in mm from the top left corner. */
  box: Box
}

/** Smaller, and bars of a barcode get too thin for the scanners of a sorting hall. */
const LEAST_SCALE = 0.95
/** What a page's size may differ from its sheet's name: A4 is also 595 × 842 points. */
const SHEET_TOLERANCE = 2
const ROUNDING = 1e-9

/**
 * Puts the label of a carrier's page in the middle of the medium: never larger, never smaller than 95 %, never out of shape, turned by a
 * quarter where it stands larger like that. Issues: `sheet-not-as-preset` when the page is another sheet than the preset is for,
 * `label-larger-than-medium`.
 */
export function placeOnMedium(page: Medium, preset: MediaPreset, medium: Medium): Result<Placement> {
  if (preset.sheet !== null && !isSheet(page, preset.sheet))
    return err(issue('unsupported', { field: 'preset', reason: 'sheet-not-as-preset' }))
  const cut = preset.cut ?? { x: 0, y: 0, width: page.width, height: page.height }
  const upright = fit(cut.width, cut.height, medium)
  const lying = fit(cut.height, cut.width, medium)
  const turn = lying > upright + ROUNDING ? 90 : 0
  const scale = Math.max(upright, lying)
  if (scale < LEAST_SCALE - ROUNDING)
    return err(issue('unsupported', { field: 'preset', reason: 'label-larger-than-medium' }))
  const [wide, high] = turn === 90 ? [cut.height, cut.width] : [cut.width, cut.height]
  const [width, height] = [wide * scale, high * scale]
  const box = { x: (medium.width - width) / 2, y: (medium.height - height) / 2, width, height }
  return ok({ cut, turn, scale, box })
}

function isSheet(page: Medium, sheet: Medium): boolean {
  return (
    Math.abs(page.width - sheet.width) <= SHEET_TOLERANCE &&
    Math.abs(page.height - sheet.height) <= SHEET_TOLERANCE
  )
}

function fit(width: number, height: number, medium: Medium): number {
  return Math.min(1, medium.width / width, medium.height / height)
}
