import { describe, expect, it } from 'vitest'
import { PAPER_MEDIA, type PaperKind, type PaperMedia } from '#core/documents/document-request.ts'
import { layoutDocuments } from '#core/documents/layout-document.ts'
import { ORDER_PAPERS, requestPapers, whyNoPaper } from '#core/documents/of-order/order-papers.ts'
import type { PaperFacts } from '#core/documents/of-order/paper-facts.ts'
import { labelOf, packingLinesOf } from '#core/documents/of-order/parcel-papers.ts'
import type { TextItem } from '#core/documents/page-model.ts'
import type { OrderLine } from '#core/order/order.ts'
import { testMetrics } from '#tests/support/fonts.ts'
import { address, DECLARATION, SENDER } from '#tests/support/label-samples.ts'

const line = (sku: string, quantity: number): OrderLine => ({
  ...{ remoteLineId: sku, sku, title: `Title of ${sku}`, quantity, customs: null },
  unitPrice: { minor: 900, currency: 'USD' },
})

function facts(parts: Partial<PaperFacts> = {}): PaperFacts {
  return {
    order: {
      ...{ number: 'SO-7', lines: [line('TEE', 2), line('GONE', 0)] },
      consigneeId: 'P123456789012',
    },
    to: address({ name: 'Ada', line1: 'Street 1', city: 'Oslo', postcode: '0150', country: 'NO' }),
    ...{ from: SENDER, shopName: 'Hafen', shipment: null, declaration: DECLARATION },
    ...{ grossGrams: 700, bins: new Map([['TEE', 'A-07']]), day: '2026-11-22' },
    ...parts,
  }
}

it('names the bin of each thing to pick, on the slip and on the label', () => {
  expect(packingLinesOf(facts()).map(({ sku, bin }) => [sku, bin])).toEqual([['TEE', 'A-07']])
  expect(labelOf(facts()).pickLines).toMatchObject([{ sku: 'TEE', bin: 'A-07' }])
  expect(packingLinesOf(facts({ bins: new Map() }))).toMatchObject([{ bin: '' }])
})

const media = Object.fromEntries(
  (Object.keys(PAPER_MEDIA) as PaperKind[]).map((kind) => [kind, PAPER_MEDIA[kind][0]]),
) as PaperMedia
const wishes = { media, language: 'en', copies: 1 } as const

function textOf(paper: (typeof ORDER_PAPERS)[number], given: PaperFacts): string {
  const [layout] = [...layoutDocuments(requestPapers(paper, [given], wishes), testMetrics())]
  if (!layout?.ok) throw new Error(JSON.stringify(layout))
  const items = layout.value.pages.flatMap((page) => page.items)
  return items
    .filter((item): item is TextItem => item.kind === 'text')
    .map(({ text }) => text)
    .join(' ')
}

describe('papers of an order', () => {
  it.each(ORDER_PAPERS)('%s is drawn before there is a label, and names the order', (paper) => {
    expect(textOf(paper, facts())).toContain('SO-7')
  })

  it('list what is sent, and nothing of which nothing is', () => {
    const text = textOf('packing-slip', facts())
    expect(text).toContain('TEE')
    expect(text).not.toContain('GONE')
    expect(text).not.toContain('USD')
  })

  it('add freight and insurance to the invoice, and take its number from the declaration', () => {
    const particulars = {
      ...{ incoterm: 'DAP' as const, incotermPlace: 'Oslo', nonDelivery: 'return' as const, comments: '' },
      ...{ invoiceNo: 'INV-9', licenceNo: '', certificateNo: '', exportReference: '', taxIds: [] },
      ...{ freight: { minor: 500, currency: 'USD' }, insurance: { minor: 50, currency: 'USD' } },
    }
    const request = requestPapers(
      'invoice',
      [facts({ declaration: { ...DECLARATION, particulars } })],
      wishes,
    )
    expect(request.items[0]).toMatchObject({
      ...{ invoiceNo: 'INV-9', incoterm: 'DAP', incotermPlace: 'Oslo', proforma: false },
      total: { minor: DECLARATION.total.minor + 550, currency: 'USD' },
    })
    expect(textOf('invoice', facts())).toContain('COMMERCIAL INVOICE')
    expect(textOf('proforma', facts())).toContain('PROFORMA INVOICE')
  })

  it('of customs name the recipient’s number, and no other paper does', () => {
    const named = ORDER_PAPERS.filter((paper) => textOf(paper, facts()).includes('P123456789012'))
    expect(named).toEqual(['cn23', 'invoice', 'proforma'])
  })

  it('of customs are refused to parcels without declaration', () => {
    const inside = facts({ declaration: null })
    expect(ORDER_PAPERS.filter((paper) => whyNoPaper(paper, inside) === null)).toEqual([
      'label',
      'packing-slip',
    ])
  })

  it('are asked for in the medium and as often as somebody wishes', () => {
    const asked = requestPapers('cn23', [facts(), facts()], {
      ...{ language: 'de', copies: 3, media: { ...media, cn23: 'a6-landscape' } },
    })
    expect(asked).toMatchObject({ kind: 'cn23', medium: 'a6-landscape', copies: 3, language: 'de' })
    expect(asked.items).toHaveLength(2)
  })
})
