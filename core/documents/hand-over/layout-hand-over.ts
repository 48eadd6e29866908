import { placeCode128 } from '#core/documents/codes.ts'
import { flowColumns } from '#core/documents/flow/flow-columns.ts'
import { flowTable } from '#core/documents/flow/flow-table.ts'
import { flowBlocks } from '#core/documents/flow/flow-text.ts'
import { openPaper, type FlowPaper } from '#core/documents/flow/open-paper.ts'
import { flowTotals } from '#core/documents/flow/flow-totals.ts'
import { CAPTION, captioned, SMALL, STRONG, TEXT, TITLE } from '#core/documents/flow/paper-blocks.ts'
import { closeFlow, contentWidth, sheetOf, takeRoom, type Flow } from '#core/documents/flow/page-flow.ts'
import type { TextStyle } from '#core/documents/fit-text.ts'
import type { HandOverInput } from '#core/documents/hand-over/hand-over-model.ts'
import { bagsOf, checkHandOver, handOverLines, totalGrams } from '#core/documents/hand-over/hand-over-rows.ts'
import type { PaperLayout } from '#core/documents/page-model.ts'
import { placeInRow } from '#core/documents/place-in-row.ts'
import { plainKilograms } from '#core/documents/plain-amount.ts'
import { drawRule } from '#core/documents/sheet.ts'
import type { FlowWords } from '#core/documents/words/flow-words.ts'
import type { Issue } from '#core/shared/issue.ts'
import { err, type Result } from '#core/shared/result.ts'

const MARGIN = 12
const GAP = 3
const CODE_HEIGHT = 12
const SIGN_HEIGHT = 18
const CELL: TextStyle = { weight: 'regular', sizePt: 8, minPt: 6.5, maxLines: 3 }

/** The list of parcels a driver signs for at the end of the day (reference/logistics.md 5.6). */
export function layoutHandOver(input: HandOverInput, paper: FlowPaper): Result<PaperLayout, Issue[]> {
  const faults = checkHandOver(input)
  if (faults.length > 0) return err(faults)
  const { words } = paper
  const { handOver } = words
  const number = `${handOver.sequence} ${input.sequenceNo}`
  const flow = openPaper(
    paper,
    { text: `${handOver.title} · ${number}`, field: 'title' },
    { margin: MARGIN, gap: GAP },
  )
  flowBlocks(flow, [{ text: handOver.title, style: TITLE, field: 'title' }], 1)
  layoutFacts(flow, input, words)
  layoutManifest(flow, input, words)
  layoutBags(flow, input, words)
  layoutParcels(flow, input, words)
  layoutSigning(flow, words)
  return closeFlow(flow, {
    title: `Hand-over list ${input.carrier} ${input.date} ${input.sequenceNo}`.trim(),
    reference: `${input.carrier} · ${input.date} · ${number}`,
    ...{ pageOf: words.page, draft: input.draft },
  })
}

function layoutFacts(flow: Flow, input: HandOverInput, words: FlowWords): void {
  const { handOver } = words
  const column = (blocks: ReturnType<typeof captioned>) => ({ share: 1, blocks })
  flowColumns(
    flow,
    [
      column([
        ...captioned(handOver.carrier, input.carrier, 'carrier', STRONG),
        ...captioned(handOver.account, input.account, 'account'),
      ]),
      column([
        ...captioned(handOver.origin, input.origin, 'origin'),
        ...captioned(words.date, input.date, 'date', STRONG),
      ]),
      column([
        ...captioned(handOver.sequence, input.sequenceNo, 'sequenceNo', STRONG),
        ...captioned(handOver.manifest, input.manifestId, 'manifestId'),
      ]),
    ],
    GAP,
  )
}

function layoutManifest(flow: Flow, input: HandOverInput, words: FlowWords): void {
  if (input.manifestId === '') return
  if (input.draft) {
    flowBlocks(flow, [{ text: words.draft, style: SMALL, field: 'manifestId' }], GAP)
    return
  }
  const row = { x: flow.margin, y: flow.y, width: contentWidth(flow), height: CODE_HEIGHT }
  if (placeCode128(sheetOf(flow), input.manifestId, row)) flow.y += CODE_HEIGHT + GAP
}

function layoutBags(flow: Flow, input: HandOverInput, words: FlowWords): void {
  const bags = bagsOf(input)
  if (bags.length === 0) return
  const { handOver } = words
  flowTable(flow, {
    columns: [
      { caption: handOver.bag, share: 60, align: 'left', style: { ...CELL, weight: 'bold' } },
      { caption: handOver.items, share: 20, align: 'right', style: CELL },
      { caption: handOver.weightKg, share: 25, align: 'right', style: CELL },
    ],
    rows: bags.map(({ id, parcels, grams }) => ({
      cells: [id, String(parcels), plainKilograms(grams)].map((text) => ({ text, field: 'lines' })),
    })),
  })
  flow.y += GAP
}

function layoutParcels(flow: Flow, input: HandOverInput, words: FlowWords): void {
  const { handOver } = words
  const column = (caption: string, share: number, align: 'left' | 'right' = 'left') => ({
    ...{ caption, share, align, style: CELL },
  })
  flowTable(flow, {
    columns: [
      column('', 9, 'right'),
      column(handOver.tracking, 42),
      column(handOver.order, 40),
      column(handOver.destination, 10),
      column(handOver.service, 40),
      column(handOver.bag, 22),
      column(handOver.weightKg, 20, 'right'),
    ],
    rows: handOverLines(input).map((line, index) => {
      const { tracking, orderNumber, destination, service, bag, grams } = line
      const texts = {
        no: String(index + 1),
        tracking,
        orderNumber,
        destination,
        service,
        bag,
        grams: plainKilograms(grams),
      }
      const at = input.lines.indexOf(line)
      return { cells: Object.entries(texts).map(([name, text]) => ({ text, field: `lines.${at}.${name}` })) }
    }),
  })
  flow.y += 1
  const weight = {
    caption: handOver.weightKg,
    value: plainKilograms(totalGrams(input)),
    field: 'lines',
    bold: true,
  }
  flowTotals(
    flow,
    [{ caption: handOver.total, value: handOver.summary(input.lines.length), field: 'lines' }, weight],
    0.5,
  )
  flow.y += GAP
}

/** Lines for the driver to write on. */
function layoutSigning(flow: Flow, { handOver }: FlowWords): void {
  const box = takeRoom(flow, SIGN_HEIGHT, 'signature')
  const sheet = sheetOf(flow)
  const width = (box.width - 2 * GAP) / 3
  const captions = [handOver.driver, handOver.signature, handOver.time]
  captions.forEach((caption, index) => {
    const x = box.x + index * (width + GAP)
    drawRule(sheet, x, x + width, box.y + SIGN_HEIGHT - 5, 0.25)
    placeInRow(
      sheet,
      caption,
      { ...CAPTION, sizePt: TEXT.minPt },
      { x, y: box.y + SIGN_HEIGHT - 4.6, width, height: 4 },
      'caption',
    )
  })
}
