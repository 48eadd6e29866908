import { flowTable } from '#core/documents/flow/flow-table.ts'
import { flowBlocks } from '#core/documents/flow/flow-text.ts'
import { openPaper, type FlowPaper } from '#core/documents/flow/open-paper.ts'
import { STRONG, TEXT, TITLE } from '#core/documents/flow/paper-blocks.ts'
import { closeFlow, type Flow } from '#core/documents/flow/page-flow.ts'
import type { TextStyle } from '#core/documents/fit-text.ts'
import { describePacked } from '#core/documents/packing/layout-packing-slip.ts'
import type { PickListInput } from '#core/documents/packing/packing-model.ts'
import { pickRows } from '#core/documents/packing/pick-rows.ts'
import type { Box, PaperLayout } from '#core/documents/page-model.ts'
import { drawRect, type Sheet } from '#core/documents/sheet.ts'
import type { FlowWords } from '#core/documents/words/flow-words.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, type Result } from '#core/shared/result.ts'

const MARGIN = 12
const GAP = 3
const BOX_SIZE = 3.6
const CELL: TextStyle = { weight: 'regular', sizePt: 9, minPt: 7, maxLines: 8 }
const BOLD: TextStyle = { weight: 'bold', sizePt: 10.5, minPt: 6.5, maxLines: 2 }

/** The pick list of a batch: once along the shelves, with a box to tick and the slots each thing goes into; then the orders of the slots. */
export function layoutBatchList(input: PickListInput, paper: FlowPaper): Result<PaperLayout, Issue[]> {
  const rows = pickRows(input)
  if (rows.length === 0) return err([issue('invalid-input', { reason: 'missing', field: 'orders' })])
  const { words } = paper
  const { picking } = words
  const flow = openPaper(paper, { text: picking.title, field: 'title' }, { margin: MARGIN, gap: GAP })
  const pieces = rows.reduce((sum, row) => sum + row.quantity, 0)
  const facts = [input.madeOn, picking.summary(input.orders.length, pieces)].filter((part) => part !== '')
  flowBlocks(
    flow,
    [
      { text: `${picking.title} ${input.batchName}`, style: TITLE, field: 'batchName' },
      { text: facts.join(' · '), style: TEXT, field: 'madeOn' },
    ],
    GAP,
  )
  flowTable(flow, {
    columns: [
      { caption: '', share: 5, align: 'left', style: CELL },
      { caption: picking.bin, share: 24, align: 'left', style: BOLD },
      { caption: picking.item, share: 88, align: 'left', style: CELL },
      { caption: picking.quantity, share: 14, align: 'right', style: BOLD },
      { caption: picking.slots, share: 48, align: 'left', style: CELL },
    ],
    rows: rows.map((row) => {
      const slots = row.slots.map(({ slot, quantity }) => `${slot}×${quantity}`).join(', ')
      const texts = {
        box: '',
        bin: row.bin,
        title: describePacked(paper.metrics, row.line),
        quantity: String(row.quantity),
        slots,
      }
      return {
        cells: Object.entries(texts).map(([name, text]) => ({
          text,
          field: `lines.${row.line.sku}.${name}`,
        })),
        draw: drawTickBox,
      }
    }),
  })
  flow.y += GAP
  layoutSlots(flow, input, words)
  return closeFlow(flow, {
    title: `Pick list ${input.batchName}`,
    reference: `${picking.batch} ${input.batchName}`,
    ...{ pageOf: words.page, draft: false },
  })
}

function drawTickBox(sheet: Sheet, [box]: readonly Box[]): void {
  if (box !== undefined)
    drawRect(sheet, { x: box.x + 0.4, y: box.y + 0.7, width: BOX_SIZE, height: BOX_SIZE }, 0.3)
}

function layoutSlots(flow: Flow, input: PickListInput, words: FlowWords): void {
  const { picking } = words
  flowBlocks(flow, [{ text: picking.orders, style: STRONG, field: 'orders' }], 1)
  flowTable(flow, {
    columns: [
      { caption: picking.slot, share: 20, align: 'left', style: BOLD },
      { caption: words.order, share: 80, align: 'left', style: CELL },
      { caption: picking.destination, share: 20, align: 'left', style: CELL },
      { caption: picking.quantity, share: 20, align: 'right', style: CELL },
    ],
    rows: input.orders.map(({ slot, orderNumber, destination, lines }, index) => {
      const pieces = lines.reduce((sum, line) => sum + line.quantity, 0)
      const texts = { slot, orderNumber, destination, quantity: String(pieces) }
      return {
        cells: Object.entries(texts).map(([name, text]) => ({ text, field: `orders.${index}.${name}` })),
      }
    }),
  })
}
