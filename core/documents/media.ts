import { dotMm, type Dpi } from '#core/documents/print-head.ts'

/** A sheet or a label of a roll, in mm. */
export interface Medium {
  width: number
  height: number
}

export const MEDIA = {
  'label-100x150': { width: 100, height: 150 },
  'label-4x6': { width: 101.6, height: 152.4 },
  /** The size of a CN 22, on its side. */
  '105x74': { width: 105, height: 74 },
  a6: { width: 105, height: 148 },
  'a6-landscape': { width: 148, height: 105 },
  'a5-landscape': { width: 210, height: 148 },
  a4: { width: 210, height: 297 },
  letter: { width: 215.9, height: 279.4 },
} as const satisfies Record<string, Medium>

/** How far everything moves so that a drawing of one size stands in the middle of another; whole dots, so that bars stay sharp. */
export function centreOn(drawing: Medium, medium: Medium, dpi: Dpi = 203): { dx: number; dy: number } {
  const dots = (free: number) => Math.floor(free / 2 / dotMm(dpi)) * dotMm(dpi)
  return { dx: dots(medium.width - drawing.width), dy: dots(medium.height - drawing.height) }
}
