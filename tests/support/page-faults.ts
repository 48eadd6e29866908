import { MM_PER_PT } from '#core/documents/font-metrics.ts'
import { textBox, type Box, type Page, type PageItem } from '#core/documents/page-model.ts'
import { QUIET_MODULES } from '#core/documents/tracking-bars.ts'

/** What every printer reaches, in mm from the edge. */
const SAFE = 2
/** Boxes may touch; a hundredth of a millimetre is rounding. */
const SLACK = 0.01
/** Quiet zone of a square code, in dots. */
const QR_QUIET = 4

interface NamedBox extends Box {
  name: string
}

function overlap(a: Box, b: Box): boolean {
  const apart = (from: number, size: number, other: number, otherSize: number) =>
    from + size <= other + SLACK || other + otherSize <= from + SLACK
  return !apart(a.x, a.width, b.x, b.width) && !apart(a.y, a.height, b.y, b.height)
}

/** The room that texts take, and codes with their quiet zones; lines and marks across a paper may be anywhere. */
function roomOf(item: PageItem): NamedBox[] {
  switch (item.kind) {
    case 'text':
      return [{ name: item.text, ...textBox(item) }]
    case 'bars': {
      const quiet = QUIET_MODULES * item.module
      const width = item.widths.reduce((sum, modules) => sum + modules, 0) * item.module
      return [{ name: '(bars)', x: item.x - quiet, y: item.y, width: width + 2 * quiet, height: item.height }]
    }
    case 'matrix': {
      const quiet = QR_QUIET * item.module
      const size = item.rows.length * item.module + 2 * quiet
      return [{ name: '(dots)', x: item.x - quiet, y: item.y - quiet, width: size, height: size }]
    }
    default:
      return []
  }
}

/** What stands outside of the safe area of a page, or in the room of something else. */
export function pageFaults(page: Page): string[] {
  const boxes = page.items.flatMap(roomOf)
  const faults: string[] = []
  boxes.forEach((box, index) => {
    const inside =
      box.x >= SAFE - SLACK &&
      box.y >= SAFE - SLACK &&
      box.x + box.width <= page.width - SAFE + SLACK &&
      box.y + box.height <= page.height - SAFE + SLACK
    if (!inside) faults.push(`outside: ${box.name}`)
    for (const other of boxes.slice(index + 1))
      if (overlap(box, other)) faults.push(`${box.name} over ${other.name}`)
  })
  return faults
}

/** Stretches of one baseline that texts fill without a gap of more than a word's space. */
export function textSpans(page: Page): Box[] {
  const boxes = page.items.filter((item) => item.kind === 'text')
  const spans: Box[] = []
  for (const item of [...boxes].sort((a, b) => a.y - b.y || a.x - b.x)) {
    const box = textBox(item)
    const space = 0.35 * item.sizePt * MM_PER_PT
    const last = spans.at(-1)
    const goesOn =
      last !== undefined && Math.abs(last.y - box.y) < 0.001 && box.x - (last.x + last.width) < space
    if (goesOn) last.width = box.x + box.width - last.x
    else spans.push({ ...box })
  }
  return spans
}
