import type { TextStyle } from '#core/documents/fit-text.ts'
import type { LabelInput } from '#core/documents/label-model.ts'
import { placeInRow } from '#core/documents/place-in-row.ts'
import { drawRule, type Sheet } from '#core/documents/sheet.ts'

const SERVICE: TextStyle = { weight: 'bold', sizePt: 10, minPt: 6.5, maxLines: 2 }
const PRIORITY: TextStyle = { weight: 'regular', sizePt: 7.5, minPt: 5.5, maxLines: 2 }
const DESTINATION: TextStyle = { weight: 'bold', sizePt: 15, minPt: 13, maxLines: 1 }

/** Draws the top row: service, priority mark, two-letter destination. */
export function layoutHeader(sheet: Sheet, input: LabelInput, top: number, bottom: number): void {
  const row = { y: top, height: bottom - top }
  const padded = { y: top + 0.6, height: bottom - top - 1.2 }
  placeInRow(sheet, input.serviceName, SERVICE, { ...padded, x: 4, width: 50 }, 'serviceName')
  placeInRow(sheet, input.priorityMark, PRIORITY, { ...padded, x: 56, width: 29 }, 'priorityMark', 'right')
  placeInRow(sheet, input.to.country, DESTINATION, { ...row, x: 86, width: 10 }, 'to.country', 'right')
  drawRule(sheet, 2, 98, bottom, 0.25)
}
