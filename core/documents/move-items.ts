import type { PageItem } from '#core/documents/page-model.ts'

/** The same items, to the right and down by so many mm. */
export function moveItems(items: readonly PageItem[], dx: number, dy: number): PageItem[] {
  return items.map((item) => {
    switch (item.kind) {
      case 'line':
        return { ...item, x1: item.x1 + dx, x2: item.x2 + dx, y1: item.y1 + dy, y2: item.y2 + dy }
      case 'watermark':
        return { ...item, centreX: item.centreX + dx, centreY: item.centreY + dy }
      default:
        return { ...item, x: item.x + dx, y: item.y + dy }
    }
  })
}
