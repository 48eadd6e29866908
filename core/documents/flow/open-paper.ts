import { flowBlocks } from '#core/documents/flow/flow-text.ts'
import { openFlow, type Flow } from '#core/documents/flow/page-flow.ts'
import { STRONG } from '#core/documents/flow/paper-blocks.ts'
import type { FontMetrics } from '#core/documents/font-metrics.ts'
import type { Medium } from '#core/documents/media.ts'
import type { FlowWords } from '#core/documents/words/flow-words.ts'

/** What a paper that goes from page to page is laid out with. */
export interface FlowPaper {
  metrics: FontMetrics
  medium: Medium
  words: FlowWords
}

/** Opens such a paper; every page after the first begins with `heading`, and that it continues. Lengths in mm. */
export function openPaper(
  { metrics, medium, words }: FlowPaper,
  heading: { text: string; field: string },
  { margin, gap }: { margin: number; gap: number },
): Flow {
  const { text, field } = heading
  const continued = { text: `${text} (${words.continued})`, style: STRONG, field }
  return openFlow(metrics, medium, margin, (next) => flowBlocks(next, [continued], gap))
}
