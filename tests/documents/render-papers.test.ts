import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MOST_PREVIEWS } from '#core/contracts/documents.ts'
import { ipc } from '#core/contracts/ipc.ts'
import type { DocumentRequest } from '#core/documents/document-request.ts'
import { createFontShelf } from '#main/documents/open-fonts.ts'
import { createPaperRenderer } from '#main/documents/render-papers.ts'
import {
  cn23Of,
  handOverOf,
  invoiceOf,
  packingSlipOf,
  PAPER_ORDERS,
  pickListOf,
  shortDeclarationOf,
} from '#tests/support/paper-orders.ts'
import { labelInput } from '#tests/support/label-samples.ts'

const papers = createPaperRenderer(createFontShelf(resolve('resources/fonts')))
const order = PAPER_ORDERS[7]!
const all = { language: 'de', copies: 1 } as const
const cn22 = {
  orderNumber: 'SO-1',
  operator: '',
  tracking: '',
  declaration: shortDeclarationOf(order),
  draft: false,
}

const REQUESTS: DocumentRequest[] = [
  { ...all, kind: 'label', medium: 'label-4x6', items: [labelInput({ tracking: '', draft: true })] },
  { ...all, kind: 'cn22', medium: '105x74', items: [cn22] },
  { ...all, kind: 'cn23', medium: 'a5-landscape', items: [cn23Of(order)] },
  { ...all, kind: 'invoice', medium: 'letter', items: [invoiceOf(order)] },
  { ...all, kind: 'packing-slip', medium: 'a6', items: [packingSlipOf(order, true)] },
  { ...all, kind: 'pick-list', medium: 'a4', items: [pickListOf([order])] },
  { ...all, kind: 'hand-over', medium: 'a4', items: [handOverOf([order])] },
]

function slips(...names: string[]): DocumentRequest {
  const slip = packingSlipOf(order)
  const items = names.map((name) => ({ ...slip, shipTo: { ...slip.shipTo, name } }))
  return { ...all, kind: 'packing-slip', medium: 'a6', items }
}

describe('papers drawn in main', () => {
  it.each(REQUESTS.map((request) => ({ kind: request.kind, request })))(
    '$kind crosses the contract both ways, as a PDF and as pages',
    async ({ request }) => {
      const asked = ipc['documents.render'].input.parse({ request }).request
      expect(asked).toEqual(request)
      const rendered = await papers.render(asked)
      if (!rendered.ok) throw new Error(JSON.stringify(rendered.error))
      const drawn = ipc['documents.render'].output.parse(rendered.value)
      expect(new TextDecoder().decode(drawn.bytes.subarray(0, 5))).toBe('%PDF-')

      const laidOut = await papers.layout(ipc['documents.layout'].input.parse({ request }).request)
      if (!laidOut.ok) throw new Error(JSON.stringify(laidOut.error))
      expect(ipc['documents.layout'].output.parse(laidOut.value)).toEqual(laidOut.value)
      expect(laidOut.value.papers.map((paper) => paper.pages.length)).toEqual(drawn.pages)
    },
  )

  it('leaves out what cannot be drawn, and says which and why', async () => {
    const rendered = await papers.render(slips('Anna', 'Bela 🌸', 'Cecil'))
    if (!rendered.ok) throw new Error(JSON.stringify(rendered.error))
    const [first, second, third] = rendered.value.pages
    expect(second).toBe(0)
    expect([first, third].every((pages) => (pages ?? 0) > 0)).toBe(true)
    expect(rendered.value.refused).toMatchObject([
      { item: 1, issues: [{ reason: 'glyph-missing', field: 'shipTo.name', remoteMessage: 'U+1F338 🌸' }] },
    ])
  })

  it('fails when nothing can be drawn', async () => {
    expect(await papers.render(slips('🌸'))).toMatchObject({ ok: false, error: { field: 'shipTo.name' } })
  })

  it('previews a few papers at a time', async () => {
    const many = slips(...Array.from({ length: MOST_PREVIEWS + 1 }, () => 'Anna'))
    expect(await papers.layout(many)).toMatchObject({ ok: false, error: { field: 'items' } })
  })

  it('says so when the fonts are not there', async () => {
    const nowhere = createPaperRenderer(createFontShelf(resolve('resources/no-fonts')))
    expect(await nowhere.render(slips('Anna'))).toMatchObject({
      ok: false,
      error: { reason: 'fonts-missing' },
    })
  })
})
