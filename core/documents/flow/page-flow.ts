import type { TextStyle } from '#core/documents/fit-text.ts'
import type { FontMetrics } from '#core/documents/font-metrics.ts'
import { layoutDraftMark } from '#core/documents/layout-draft.ts'
import type { Medium } from '#core/documents/media.ts'
import type { Box, PaperLayout } from '#core/documents/page-model.ts'
import { placeInRow } from '#core/documents/place-in-row.ts'
import type { Sheet } from '#core/documents/sheet.ts'
import { textTooLong } from '#core/documents/fit-text.ts'
import type { Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** Content that goes from page to page, from the top down. Lengths in mm. */
export interface Flow {
  metrics: FontMetrics
  medium: Medium
  margin: number
  /** One for each page; all collect issues into one list. */
  sheets: Sheet[]
  issues: Issue[]
  /** Where the next content begins. */
  y: number
  /** What stands on top of every page but the first. */
  continued: (flow: Flow) => void
}

const FOOT_HEIGHT = 5
const FOOT: TextStyle = { weight: 'regular', sizePt: 7.5, minPt: 5.5, maxLines: 1 }

export function openFlow(
  metrics: FontMetrics,
  medium: Medium,
  margin: number,
  continued: (flow: Flow) => void,
): Flow {
  const issues: Issue[] = []
  const first: Sheet = { metrics, items: [], issues }
  return { metrics, medium, margin, sheets: [first], issues, y: margin, continued }
}

/** The page that is being filled. */
export function sheetOf(flow: Flow): Sheet {
  const sheet = flow.sheets.at(-1)
  if (sheet === undefined) throw new Error('a flow has a page')
  return sheet
}

export function contentWidth(flow: Flow): number {
  return flow.medium.width - 2 * flow.margin
}

function bottomOf(flow: Flow): number {
  return flow.medium.height - flow.margin - FOOT_HEIGHT
}

export function roomLeft(flow: Flow): number {
  return bottomOf(flow) - flow.y
}

export function breakPage(flow: Flow): void {
  flow.sheets.push({ metrics: flow.metrics, items: [], issues: flow.issues })
  flow.y = flow.margin
  flow.continued(flow)
}

/** Takes the next `height` mm of the page, or of a new one. What is higher than a page is an issue that names `field`. */
export function takeRoom(flow: Flow, height: number, field: string): Box {
  if (height > roomLeft(flow)) breakPage(flow)
  if (height > roomLeft(flow)) flow.issues.push(textTooLong(field))
  const box = { x: flow.margin, y: flow.y, width: contentWidth(flow), height }
  flow.y += height
  return box
}

export interface FlowEnding {
  title: string
  /** At the foot of every page, e.g. the order number. */
  reference: string
  /** e.g. `Page 1/2`. */
  pageOf: (page: number, pages: number) => string
  draft: boolean
}

/** Numbers the pages, marks drafts, and gives the paper, or everything that did not fit. */
export function closeFlow(
  flow: Flow,
  { title, reference, pageOf, draft }: FlowEnding,
): Result<PaperLayout, Issue[]> {
  const { medium, margin, sheets } = flow
  const foot = { y: medium.height - margin - FOOT_HEIGHT + 1, height: FOOT_HEIGHT - 1 }
  sheets.forEach((sheet, index) => {
    const width = contentWidth(flow)
    const right = { ...foot, x: margin + width - 30, width: 30 }
    placeInRow(sheet, reference, FOOT, { ...foot, x: margin, width: width - 32 }, 'orderNumber')
    placeInRow(sheet, pageOf(index + 1, sheets.length), FOOT, right, 'page', 'right')
    if (draft)
      layoutDraftMark(sheet, medium.width / 2, medium.height / 2, Math.min(medium.width, medium.height))
  })
  if (flow.issues.length > 0) return err(flow.issues)
  return ok({
    title,
    pages: sheets.map(({ items }) => ({ width: medium.width, height: medium.height, items })),
  })
}
