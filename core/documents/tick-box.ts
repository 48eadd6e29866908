import { drawLine, drawRect, type Sheet } from '#core/documents/sheet.ts'

/** A box drawn as lines: no font on paper has ☐ and ☒. Lengths in mm. */
export function placeTickBox(sheet: Sheet, x: number, y: number, size: number, ticked: boolean): void {
  drawRect(sheet, { x, y, width: size, height: size }, 0.2)
  if (!ticked) return
  drawLine(sheet, x, y, x + size, y + size, 0.3)
  drawLine(sheet, x, y + size, x + size, y, 0.3)
}
