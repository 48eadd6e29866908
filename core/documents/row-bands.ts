import { fittedHeight } from '#core/documents/fit-text.ts'
import { TIGHT_LEADING, type FontMetrics } from '#core/documents/font-metrics.ts'
import { fitStack, type Block } from '#core/documents/stack-text.ts'
import type { Issue } from '#core/shared/issue.ts'
import { ok, type Result } from '#core/shared/result.ts'

export interface RowBands {
  /** One size for the texts of all rows, so that a table looks like one. */
  sizePt: number
  bands: { y: number; height: number }[]
}

/**
 * Divides a height in mm among the rows of a table, by the lines the widest column needs. Room left over is shared, at most
 * `maxExtra` mm a row, so few rows stay together at the top.
 */
export function rowBands(
  metrics: FontMetrics,
  blocks: readonly Block[],
  width: number,
  area: { y: number; height: number },
  maxExtra: number,
): Result<RowBands, Issue[]> {
  const wanted = fitStack(metrics, blocks, width, area.height)
  if (!wanted.ok) return wanted
  const sizePt = Math.min(...wanted.value.map((text) => text.sizePt))
  const evened = blocks.map((block) => ({ ...block, style: { ...block.style, sizePt } }))
  const texts = fitStack(metrics, evened, width, area.height)
  if (!texts.ok) return texts
  const heights = texts.value.map((text) => fittedHeight(text, TIGHT_LEADING))
  const free = area.height - heights.reduce((sum, height) => sum + height, 0)
  const extra = Math.min(maxExtra, free / Math.max(1, heights.length))
  const bands: RowBands['bands'] = []
  let y = area.y
  for (const height of heights) {
    bands.push({ y, height: height + extra })
    y += height + extra
  }
  return ok({ sizePt, bands })
}
