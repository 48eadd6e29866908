import { flowColumns } from '#core/documents/flow/flow-columns.ts'
import { flowTable, type TableRow } from '#core/documents/flow/flow-table.ts'
import { flowBlocks } from '#core/documents/flow/flow-text.ts'
import { openPaper, type FlowPaper } from '#core/documents/flow/open-paper.ts'
import { flowTotals, type Total } from '#core/documents/flow/flow-totals.ts'
import {
  addressLines,
  CAPTION,
  captioned,
  contactLines,
  labelled,
  SMALL,
  STRONG,
  TEXT,
  TITLE,
} from '#core/documents/flow/paper-blocks.ts'
import { closeFlow, type Flow } from '#core/documents/flow/page-flow.ts'
import type { TextStyle } from '#core/documents/fit-text.ts'
import { checkInvoice } from '#core/documents/invoice/check-invoice.ts'
import type { InvoiceInput, InvoiceLine, InvoiceParty } from '#core/documents/invoice/invoice-model.ts'
import type { PaperLayout } from '#core/documents/page-model.ts'
import { plainKilograms, plainMoney } from '#core/documents/plain-amount.ts'
import type { Block } from '#core/documents/stack-text.ts'
import type { FlowWords } from '#core/documents/words/flow-words.ts'
import type { Money } from '#core/money/money.ts'
import { err, type Result } from '#core/shared/result.ts'
import type { Issue } from '#core/shared/issue.ts'

const MARGIN = 12
const GAP = 3
const CELL: TextStyle = { weight: 'regular', sizePt: 8, minPt: 6.5, maxLines: 10 }
const FIGURE: TextStyle = { ...CELL, maxLines: 1, minPt: 5.5 }

/** A commercial or proforma invoice over as many pages as its lines need (reference/logistics.md 5.4). */
export function layoutInvoice(input: InvoiceInput, paper: FlowPaper): Result<PaperLayout, Issue[]> {
  const faults = checkInvoice(input)
  if (faults.length > 0) return err(faults)
  const { words } = paper
  const title = input.proforma ? words.invoice.proforma : words.invoice.commercial
  const number = `${words.invoice.number} ${input.invoiceNo}`
  const flow = openPaper(
    paper,
    { text: `${title} · ${number}`, field: 'invoiceNo' },
    { margin: MARGIN, gap: GAP },
  )
  flowBlocks(flow, [{ text: title, style: TITLE, field: 'title' }], 1)
  layoutFacts(flow, input, words)
  layoutParties(flow, input, words)
  layoutLines(flow, input, words)
  flow.y += GAP / 2
  flowTotals(flow, totalsOf(input, words), 0.5)
  flow.y += GAP
  layoutEnd(flow, input, words)
  const reference = `${words.order} ${input.orderNumber}`
  return closeFlow(flow, {
    title: `${input.proforma ? 'Proforma invoice' : 'Commercial invoice'} ${input.orderNumber}`,
    ...{ reference, pageOf: words.page, draft: input.draft },
  })
}

function layoutFacts(flow: Flow, input: InvoiceInput, words: FlowWords): void {
  const { invoice } = words
  const terms = [input.incoterm, input.incotermPlace].filter((part) => part !== '').join(' ')
  const columns = [
    [
      ...captioned(invoice.number, input.invoiceNo, 'invoiceNo', STRONG),
      ...captioned(words.date, input.issuedOn, 'issuedOn'),
    ],
    [
      ...captioned(invoice.tracking, input.tracking, 'tracking', STRONG),
      ...captioned(words.order, input.orderNumber, 'orderNumber'),
    ],
    [
      ...captioned(invoice.reason, words.categories[input.reason], 'reason'),
      ...captioned(invoice.incoterm, terms, 'incoterm'),
    ],
    [
      ...captioned(invoice.shipperReference, input.shipperReference, 'shipperReference'),
      ...captioned(invoice.receiverReference, input.receiverReference, 'receiverReference'),
      ...captioned(invoice.currency, input.currency, 'currency'),
    ],
  ]
  flowColumns(
    flow,
    columns.map((blocks) => ({ blocks, share: 1 })),
    GAP,
  )
}

function layoutParties(flow: Flow, input: InvoiceInput, words: FlowWords): void {
  const { invoice } = words
  const parties: [string, string, InvoiceParty | null][] = [
    ['shipper', invoice.shipper, input.shipper],
    ['shipTo', invoice.shipTo, input.shipTo],
    ['seller', invoice.seller, input.seller],
    ['buyer', invoice.buyer, input.buyer],
    ['importer', invoice.importer, input.importer],
  ]
  const columns = parties.flatMap(([side, caption, party]) =>
    party === null ? [] : [{ share: 1, blocks: partyBlocks(flow, side, caption, party, words) }],
  )
  for (let index = 0; index < columns.length; index += 2) {
    const pair = columns.slice(index, index + 2)
    flowColumns(flow, pair, index + 2 >= columns.length ? GAP : 0)
  }
}

function partyBlocks(
  flow: Flow,
  side: string,
  caption: string,
  party: InvoiceParty,
  words: FlowWords,
): Block[] {
  return [
    { text: caption, style: CAPTION, field: 'caption' },
    ...addressLines(flow.metrics, party.address, side),
    ...contactLines(party.address, side, words),
    ...labelled(words.vat, party.vat, `${side}.vat`),
    ...labelled('EORI', party.eori, `${side}.eori`),
    ...labelled(words.taxId, party.taxId, `${side}.taxId`),
  ]
}

function layoutLines(flow: Flow, input: InvoiceInput, words: FlowWords): void {
  const { invoice } = words
  const column = (caption: string, share: number, align: 'left' | 'right', style: TextStyle) => ({
    ...{ caption, share, align, style },
  })
  const sums = runningSums(input.lines)
  flowTable(flow, {
    columns: [
      column(invoice.no, 7, 'right', FIGURE),
      column(`${invoice.description} · ${invoice.sku}`, 56, 'left', CELL),
      column(invoice.hs, 22, 'left', CELL),
      column(invoice.origin, 13, 'left', FIGURE),
      column(invoice.quantity, 17, 'right', { ...FIGURE, maxLines: 2 }),
      column(`${invoice.netKg} / ${invoice.grossKg}`, 18, 'right', { ...FIGURE, maxLines: 2 }),
      column(invoice.unitValue, 25, 'right', FIGURE),
      column(invoice.value, 27, 'right', FIGURE),
    ],
    rows: input.lines.map((line, index) => lineRow(line, index, words)),
    carry: (rows) => ({
      cells: [
        '',
        invoice.carried,
        '',
        '',
        '',
        '',
        '',
        plainMoney({ minor: sums[rows] ?? 0, currency: input.currency }),
      ].map((text) => ({ text, field: 'lines' })),
    }),
  })
}

/** What the lines before each one come to, in minor units; the last entry is the sum of all. */
function runningSums(lines: readonly InvoiceLine[]): number[] {
  const sums = [0]
  for (const line of lines) sums.push((sums.at(-1) ?? 0) + line.value.minor)
  return sums
}

function lineRow(line: InvoiceLine, index: number, words: FlowWords): TableRow {
  const weights = [line.netGrams, line.grossGrams].filter((grams) => grams !== null).map(plainKilograms)
  const description = [line.description, line.descriptionLocal, line.sku === '' ? '' : `· ${line.sku}`]
  const hsImport =
    line.hsImport === '' || line.hsImport === line.hs ? '' : `${words.invoice.hsImport} ${line.hsImport}`
  const cells: Record<string, string> = {
    number: String(index + 1),
    description: description.filter((part) => part !== '').join(' '),
    hs: [line.hs, hsImport].filter((part) => part !== '').join(' '),
    origin: line.origin,
    quantity: `${line.quantity} ${line.unit}`,
    netGrams: weights.join(' / '),
    unitValue: plainMoney(line.unitValue),
    value: plainMoney(line.value),
  }
  return { cells: Object.entries(cells).map(([name, text]) => ({ text, field: `lines.${index}.${name}` })) }
}

function totalsOf(input: InvoiceInput, { invoice }: FlowWords): Total[] {
  const subtotal = {
    minor: input.lines.reduce((sum, line) => sum + line.value.minor, 0),
    currency: input.currency,
  }
  const more = (caption: string, amount: Money | null, field: string, sign = ''): Total[] =>
    amount === null ? [] : [{ caption, value: `${sign}${plainMoney(amount)}`, field }]
  return [
    ...more(invoice.subtotal, subtotal, 'lines'),
    ...more(invoice.discount, input.discount, 'discount', '− '),
    ...more(invoice.freight, input.freight, 'freight'),
    ...more(invoice.insurance, input.insurance, 'insurance'),
    ...more(invoice.otherCharges, input.otherCharges, 'otherCharges'),
    { caption: invoice.total, value: plainMoney(input.total), field: 'total', bold: true },
  ]
}

function layoutEnd(flow: Flow, input: InvoiceInput, words: FlowWords): void {
  const { invoice } = words
  flowColumns(
    flow,
    [
      { share: 1, blocks: captioned(invoice.packages, String(input.packages), 'packages', STRONG) },
      { share: 1, blocks: captioned(invoice.netKg, plainKilograms(input.netGrams), 'netGrams', STRONG) },
      {
        share: 1,
        blocks: captioned(invoice.grossKg, plainKilograms(input.grossGrams), 'grossGrams', STRONG),
      },
      { share: 2, blocks: captioned(invoice.exportReference, input.exportReference, 'exportReference') },
    ],
    GAP,
  )
  if (input.originStatement !== '')
    flowBlocks(
      flow,
      [{ text: input.originStatement, style: { ...SMALL, maxLines: 20 }, field: 'originStatement' }],
      GAP,
    )
  flowBlocks(flow, [{ text: invoice.declaration, style: SMALL, field: 'declaration' }], GAP)
  const where = [input.place, input.signedOn].filter((part) => part !== '').join(', ')
  flowColumns(
    flow,
    [
      { share: 1, blocks: captioned(invoice.place, where, 'place') },
      { share: 1, blocks: captioned(invoice.signature, input.signer, 'signer', { ...TEXT, sizePt: 10 }) },
    ],
    0,
  )
}
