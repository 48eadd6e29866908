import { placeCode128, placeQr } from '#core/documents/codes.ts'
import { flowColumns } from '#core/documents/flow/flow-columns.ts'
import { flowTable, type TableRow } from '#core/documents/flow/flow-table.ts'
import { flowBlocks } from '#core/documents/flow/flow-text.ts'
import { openPaper, type FlowPaper } from '#core/documents/flow/open-paper.ts'
import { flowTotals } from '#core/documents/flow/flow-totals.ts'
import {
  addressIssues,
  addressLines,
  CAPTION,
  captioned,
  SMALL,
  STRONG,
  TITLE,
} from '#core/documents/flow/paper-blocks.ts'
import { closeFlow, contentWidth, sheetOf, takeRoom, type Flow } from '#core/documents/flow/page-flow.ts'
import type { TextStyle } from '#core/documents/fit-text.ts'
import type { FontMetrics } from '#core/documents/font-metrics.ts'
import type { PackingLine, PackingSlipInput } from '#core/documents/packing/packing-model.ts'
import type { PaperLayout } from '#core/documents/page-model.ts'
import { placeInRow } from '#core/documents/place-in-row.ts'
import { plainMoney } from '#core/documents/plain-amount.ts'
import { cleanText, isPrintable } from '#core/documents/text-runs.ts'
import type { FlowWords } from '#core/documents/words/flow-words.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, type Result } from '#core/shared/result.ts'

const GAP = 2.4
const CODE_HEIGHT = 9
const QR_SIZE = 24
const CELL: TextStyle = { weight: 'regular', sizePt: 8.5, minPt: 7, maxLines: 8 }
const FIGURE: TextStyle = { ...CELL, weight: 'bold', minPt: 5.5, maxLines: 1 }
const BIN: TextStyle = { ...CELL, minPt: 5.5, maxLines: 2 }

/**
 * The paper that lies in the parcel, from A6 to A4 (reference/logistics.md 5.5). Without prices nothing on it tells an amount, so the parcel
 * can be a gift.
 */
export function layoutPackingSlip(input: PackingSlipInput, paper: FlowPaper): Result<PaperLayout, Issue[]> {
  const faults = checkSlip(input)
  if (faults.length > 0) return err(faults)
  const { words } = paper
  const title = words.packing.title
  const margin = paper.medium.width < 150 ? 4 : 14
  const flow = openPaper(paper, { text: title, field: 'title' }, { margin, gap: GAP })
  const shop = { text: input.shopName, style: { ...TITLE, sizePt: 12, minPt: 8 }, field: 'shopName' }
  flowBlocks(flow, [shop, { text: title, style: { ...STRONG, sizePt: 10 }, field: 'title' }], 1)
  layoutOrder(flow, input, words)
  layoutItems(flow, input, words)
  layoutThanks(flow, input, words)
  return closeFlow(flow, {
    title: `Packing slip ${input.orderNumber}`,
    reference: `${words.order} ${input.orderNumber}`,
    ...{ pageOf: words.page, draft: input.draft },
  })
}

function checkSlip({ lines, shipTo, withPrices, total }: PackingSlipInput): Issue[] {
  const issues = addressIssues(shipTo, 'shipTo')
  if (lines.length === 0) issues.push(issue('invalid-input', { reason: 'missing', field: 'lines' }))
  if (!withPrices) return issues
  if (total === null) return [...issues, issue('invalid-input', { reason: 'missing', field: 'total' })]
  lines.forEach(({ price }, index) => {
    const reason = price === null ? 'missing' : price.currency === total.currency ? null : 'currency-mix'
    if (reason !== null) issues.push(issue('invalid-input', { reason, field: `lines.${index}.price` }))
  })
  return issues
}

function layoutOrder(flow: Flow, input: PackingSlipInput, words: FlowWords): void {
  const { packing } = words
  flowColumns(
    flow,
    [
      {
        share: 3,
        blocks: [
          { text: packing.shipTo, style: CAPTION, field: 'caption' },
          ...addressLines(flow.metrics, input.shipTo, 'shipTo'),
        ],
      },
      {
        share: 2,
        blocks: [
          ...captioned(words.order, input.orderNumber, 'orderNumber', STRONG),
          ...captioned(packing.shipDate, input.shipOn, 'shipOn'),
        ],
      },
    ],
    GAP,
  )
  const row = { x: flow.margin, y: flow.y, width: contentWidth(flow), height: CODE_HEIGHT }
  if (input.draft) return
  if (placeCode128(sheetOf(flow), input.orderNumber, row)) flow.y += CODE_HEIGHT + GAP
}

function layoutItems(flow: Flow, input: PackingSlipInput, words: FlowWords): void {
  const { packing } = words
  const columns = [
    { caption: packing.item, share: 60, align: 'left' as const, style: CELL },
    { caption: packing.bin, share: 18, align: 'left' as const, style: BIN },
    { caption: packing.quantity, share: 12, align: 'right' as const, style: FIGURE },
    {
      caption: packing.price,
      share: 24,
      align: 'right' as const,
      style: { ...FIGURE, weight: 'regular' as const },
    },
  ]
  flowTable(flow, {
    columns: input.withPrices ? columns : columns.slice(0, 3),
    rows: input.lines.map((line, index): TableRow => {
      const price = line.price === null ? '' : plainMoney(line.price)
      const cells: Record<string, string> = {
        ...{
          title: describePacked(flow.metrics, line),
          bin: line.bin,
          quantity: `${line.quantity} ×`,
          price,
        },
      }
      return {
        cells: Object.entries(cells).map(([name, text]) => ({ text, field: `lines.${index}.${name}` })),
      }
    }),
  })
  const pieces = input.lines.reduce((sum, line) => sum + line.quantity, 0)
  flow.y += 1
  flowTotals(
    flow,
    [
      { caption: '', value: packing.pieces(pieces), field: 'lines' },
      ...(input.withPrices && input.total !== null
        ? [{ caption: packing.total, value: plainMoney(input.total), field: 'total', bold: true }]
        : []),
    ],
    0.6,
  )
  flow.y += GAP
}

/**
 * The title, and below it English title, variant and SKU: a title may be written from right to left. One with characters no font has (emoji)
 * is left out, for the SKU says what it is.
 */
export function describePacked(metrics: FontMetrics, line: PackingLine): string {
  const isShown = (part: string) => cleanText(part) !== '' && isPrintable(metrics, part, 'regular')
  const title = isShown(line.title) ? cleanText(line.title) : ''
  const details = [line.titleEn === line.title ? '' : line.titleEn, line.variant].filter(isShown)
  const second = [...details, line.sku].filter((part) => part !== '').join(' · ')
  return [title, second].filter((part) => part !== '').join('\n')
}

/** The seller's note, and the way back for what does not please. */
function layoutThanks(flow: Flow, input: PackingSlipInput, words: FlowWords): void {
  flowBlocks(flow, captioned(words.packing.note, input.note, 'note', { ...CELL, maxLines: 30 }), GAP)
  if (input.returnsUrl === '') return
  if (input.draft) {
    flowBlocks(flow, [{ text: words.draft, style: SMALL, field: 'returnsUrl' }], 0)
    return
  }
  const box = takeRoom(flow, QR_SIZE, 'returnsUrl')
  const sheet = sheetOf(flow)
  if (!placeQr(sheet, input.returnsUrl, box.x, box.y, QR_SIZE))
    flow.issues.push(issue('invalid-input', { reason: 'text-too-long', field: 'returnsUrl' }))
  const beside = { ...box, x: box.x + QR_SIZE + 2, width: box.width - QR_SIZE - 2 }
  placeInRow(sheet, `${words.packing.returns}: ${input.returnsUrl}`, SMALL, beside, 'returnsUrl')
}
