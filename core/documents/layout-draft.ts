import { CAP_HEIGHT, MM_PER_PT, type FontId } from '#core/documents/font-metrics.ts'
import { PAPER_WORDS } from '#core/documents/paper-words.ts'
import type { Sheet } from '#core/documents/sheet.ts'

const FONT: FontId = 'sans-bold'
const DEGREES = 45
const LINE_GAP = 0.5

/**
 * Writes "TEST / DRAFT" and "NOT VALID FOR POSTAGE" on two lines across the label, in outline so that everything below stays readable on
 * a printer that knows only black. Both lines are as long as `length` mm.
 */
export function layoutDraftMark(sheet: Sheet, centreX: number, centreY: number, length: number): void {
  const { mark, warning } = PAPER_WORDS.draft
  const sizeOf = (text: string) => Math.floor(length / sheet.metrics.width(FONT, text, 1))
  const [markPt, warningPt] = [sizeOf(mark), sizeOf(warning)]
  const gap = warningPt * LINE_GAP
  const height = (CAP_HEIGHT * (markPt + warningPt) + gap) * MM_PER_PT
  /** `drop`: how far the baseline stands below the centre, at a right angle to the line of writing. */
  const place = (text: string, sizePt: number, drop: number) => {
    sheet.items.push({
      kind: 'watermark',
      font: FONT,
      sizePt,
      centreX: centreX + drop * Math.SQRT1_2,
      centreY: centreY + drop * Math.SQRT1_2,
      width: sheet.metrics.width(FONT, text, sizePt),
      degrees: DEGREES,
      lineWidth: 0.25,
      text,
    })
  }
  place(mark, markPt, CAP_HEIGHT * markPt * MM_PER_PT - height / 2)
  place(warning, warningPt, height / 2)
}
