import { afterAll, describe, expect, it } from 'vitest'
import type { DocumentRequest } from '#core/documents/document-request.ts'
import { layoutDocuments } from '#core/documents/layout-document.ts'
import type { PaperLayout } from '#core/documents/page-model.ts'
import { renderPdf } from '#core/documents/render-pdf.ts'
import { PAPER_LANGUAGES } from '#core/documents/words/flow-words.ts'
import { testFonts, testMetrics } from '#tests/support/fonts.ts'
import { labelInput } from '#tests/support/label-samples.ts'
import { pageFaults, textSpans } from '#tests/support/page-faults.ts'
import {
  cn23Of,
  handOverOf,
  invoiceOf,
  packingSlipOf,
  PAPER_ORDERS,
  pickListOf,
  shortDeclarationOf,
  type PaperOrder,
} from '#tests/support/paper-orders.ts'
import { openPaperReader, type DrawnWord } from '#tests/support/poppler.ts'

const reader = openPaperReader()
afterAll(() => reader.close())

function cn22Of(order: PaperOrder, draft = false) {
  const { number: orderNumber, tracking } = order
  return { orderNumber, operator: 'China Post', tracking, declaration: shortDeclarationOf(order), draft }
}

function labelOf(order: PaperOrder, draft = false) {
  const { number: orderNumber, tracking, to } = order
  // Every other one without a customs declaration, as within one customs area or beside a CN 23.
  const declaration = Number(orderNumber.slice(-2)) % 2 === 0 ? shortDeclarationOf(order) : null
  return labelInput({ orderNumber, tracking, to, declaration, draft })
}

/** Every kind of paper on every medium, for these orders. */
function requestsFor(orders: readonly PaperOrder[]): DocumentRequest[] {
  const all = { language: 'en', copies: 1 } as const
  return [
    ...(['label-100x150', 'label-4x6'] as const).map((medium) => ({
      ...{ ...all, kind: 'label' as const, medium, items: orders.map((order) => labelOf(order)) },
    })),
    ...(['105x74', 'a6'] as const).map((medium) => ({
      ...{ ...all, kind: 'cn22' as const, medium, items: orders.map((order) => cn22Of(order)) },
    })),
    ...(['a5-landscape', 'a6-landscape'] as const).map((medium) => ({
      ...{ ...all, kind: 'cn23' as const, medium, items: orders.map(cn23Of) },
    })),
    ...(['a4', 'letter'] as const).map((medium) => ({
      ...{ ...all, kind: 'invoice' as const, medium, items: orders.map(invoiceOf) },
    })),
    ...(['a6', 'label-100x150', 'a4', 'letter'] as const).map((medium, index) => ({
      ...{ ...all, kind: 'packing-slip' as const, medium },
      items: orders.map((order) => packingSlipOf(order, index % 2 === 1)),
    })),
    ...(['a4', 'letter'] as const).map((medium) => ({
      ...{ ...all, kind: 'pick-list' as const, medium, items: [pickListOf(orders)] },
    })),
    ...(['a4', 'letter'] as const).map((medium) => ({
      ...{ ...all, kind: 'hand-over' as const, medium, items: [handOverOf(orders)] },
    })),
  ]
}

function papersOf(request: DocumentRequest): PaperLayout[] {
  return [...layoutDocuments(request, testMetrics())].map((layout, index) => {
    if (!layout.ok) throw new Error(`${request.kind} ${index}: ${JSON.stringify(layout.error)}`)
    return layout.value
  })
}

/** What a scanner must read from all the pages of a document. */
function codesOf({ kind, medium }: DocumentRequest, orders: readonly PaperOrder[]): string[] {
  const numbers = orders.map((order) => order.tracking)
  switch (kind) {
    case 'label':
    case 'cn23':
      return numbers.sort()
    case 'cn22':
      return medium === 'a6' ? numbers.sort() : []
    case 'packing-slip':
      return orders.flatMap(({ number }) => [number, `https://example.test/returns/${number}`]).sort()
    case 'hand-over':
      return ['MAN-20261122-7']
    default:
      return []
  }
}

/** Words whose letters touch. Boxes of poppler reach from the highest to the lowest letter of a font, which is more than a line. */
function touching(words: readonly DrawnWord[]): string[] {
  const cores = words.map((word) => ({ ...word, y: word.y + word.height * 0.25, height: word.height * 0.5 }))
  return cores.flatMap((a, index) =>
    cores
      .slice(index + 1)
      .filter(
        (b) =>
          Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 0.15 &&
          Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 0.15,
      )
      .map((b) => `${a.text} on ${b.text}`),
  )
}

const name = ({ kind, medium }: DocumentRequest) => `${kind}-${medium}`
/** Drawn for all forty orders on the first medium of their kind, for every fifth on the others. */
const REQUESTS = requestsFor(PAPER_ORDERS).map((request, index, all) => {
  const isFirst = all.findIndex(({ kind }) => kind === request.kind) === index
  const orders = isFirst ? PAPER_ORDERS : PAPER_ORDERS.filter((_, at) => at % 5 === 2)
  return { name: name(request), orders, request: requestsFor(orders)[index]! }
})

describe('papers for forty orders in twelve scripts', () => {
  it.each(REQUESTS)('$name: complete, readable and nothing over anything', async ({ request, orders }) => {
    const papers = papersOf(request)
    const pages = papers.flatMap((paper) => paper.pages)
    for (const page of pages) expect(pageFaults(page)).toEqual([])

    const file = `${name(request)}.pdf`
    reader.keep(file, await renderPdf(papers, testFonts()))
    const drawn = reader.pages(file)
    expect(drawn).toHaveLength(pages.length)
    expect(pages.length).toBeGreaterThanOrEqual(request.items.length)
    const faults: string[] = []
    drawn.forEach((page, index) => {
      const planned = pages[index]!
      expect(page.width).toBeCloseTo(planned.width, 2)
      expect(page.height).toBeCloseTo(planned.height, 2)
      const spans = textSpans(planned)
      // Where poppler says a Thai text stands is not where it draws it: such a text says what it is (draw-item.ts).
      const words = page.words.filter((word) => !/\p{Script=Thai}/u.test(word.text))
      for (const word of words) {
        const isPlanned = spans.some(
          (span) =>
            word.x >= span.x - 0.4 &&
            word.x + word.width <= span.x + span.width + 0.4 &&
            word.y < span.y + span.height &&
            word.y + word.height > span.y,
        )
        if (!isPlanned) faults.push(`not where planned: ${word.text} on page ${index + 1}`)
      }
      faults.push(...touching(words))
    })
    expect(faults).toEqual([])
    for (const font of reader.fonts(file)) expect(font).toMatch(/^[A-Z]{6}\+NotoSans\S*\s.*\syes yes yes\s/)
    expect(reader.codes(file)).toEqual(codesOf(request, orders))
  })

  it('say what is on the order, in its own script and in the language of the paper', async () => {
    const texts = new Map<string, string>()
    for (const language of PAPER_LANGUAGES) {
      const request = {
        kind: 'invoice',
        medium: 'a4',
        items: [invoiceOf(PAPER_ORDERS[17]!)],
        language,
        copies: 1,
      } as const
      const papers = papersOf(request)
      for (const page of papers.flatMap((paper) => paper.pages)) expect(pageFaults(page)).toEqual([])
      reader.keep(`invoice-${language}.pdf`, await renderPdf(papers, testFonts()))
      texts.set(language, reader.text(`invoice-${language}.pdf`))
    }
    const titles = {
      en: 'COMMERCIAL INVOICE',
      fr: 'FACTURE COMMERCIALE',
      zh: '商业发票',
      de: 'HANDELSRECHNUNG',
      es: 'FACTURA COMERCIAL',
    }
    for (const [language, title] of Object.entries(titles)) {
      const text = texts.get(language)
      expect(text).toContain(title)
      expect(text).toContain('מיכל')
      expect(text).toContain('Michal Cohen-Levi')
      expect(text).toContain('ISRAEL')
      expect(text).toContain('INV-SO-2026-1017')
    }
  })

  it.each(['pick-list', 'packing-slip', 'hand-over'])('are laid out in every language: %s', (kind) => {
    for (const language of PAPER_LANGUAGES)
      for (const request of requestsFor(PAPER_ORDERS.slice(12, 20)).filter((one) => one.kind === kind))
        for (const paper of papersOf({ ...request, language }))
          for (const page of paper.pages) expect(pageFaults(page)).toEqual([])
  })

  it('are the same bytes for the same orders, and as many as there are copies', async () => {
    for (const request of requestsFor(PAPER_ORDERS.slice(13, 15))) {
      const [first, again] = [
        await renderPdf(papersOf(request), testFonts()),
        await renderPdf(papersOf(request), testFonts()),
      ]
      expect(Buffer.from(first).equals(again)).toBe(true)
      const single = papersOf(request).flatMap((paper) => paper.pages).length
      expect(papersOf({ ...request, copies: 3 }).flatMap((paper) => paper.pages)).toHaveLength(3 * single)
    }
  })
})

describe('drafts', () => {
  const order = PAPER_ORDERS[10]!
  const all = { language: 'en', copies: 1 } as const
  const drafts: DocumentRequest[] = [
    { ...all, kind: 'label', medium: 'label-4x6', items: [labelOf(order, true)] },
    { ...all, kind: 'cn22', medium: 'a6', items: [cn22Of(order, true)] },
    { ...all, kind: 'cn23', medium: 'a6-landscape', items: [{ ...cn23Of(order), draft: true }] },
    { ...all, kind: 'invoice', medium: 'letter', items: [{ ...invoiceOf(order), draft: true }] },
    { ...all, kind: 'packing-slip', medium: 'a6', items: [{ ...packingSlipOf(order), draft: true }] },
    { ...all, kind: 'hand-over', medium: 'a4', items: [{ ...handOverOf([order]), draft: true }] },
  ]

  it.each(drafts.map((request) => ({ name: name(request), request })))(
    '$name has nothing to scan and says so on every page',
    async ({ request }) => {
      const papers = papersOf(request)
      const file = `draft-${name(request)}.pdf`
      reader.keep(file, await renderPdf(papers, testFonts()))
      expect(reader.codes(file)).toEqual([])
      for (const page of papers.flatMap((paper) => paper.pages))
        expect(page.items.filter((item) => item.kind === 'watermark')).toHaveLength(2)
      // Turned letters come out one by one.
      expect(reader.text(file).replace(/\s/g, '')).toContain('TEST/DRAFTNOTVALIDFORPOSTAGE')
    },
  )
})
