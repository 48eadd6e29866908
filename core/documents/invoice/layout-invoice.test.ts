import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InvoiceInput } from '#core/documents/invoice/invoice-model.ts'
import { layoutInvoice } from '#core/documents/invoice/layout-invoice.ts'
import { MEDIA } from '#core/documents/media.ts'
import { EN } from '#core/documents/words/en.ts'
import { FAKE_METRICS } from '#tests/support/fake-metrics.ts'
import { pageFaults } from '#tests/support/page-faults.ts'
import { invoiceOf, PAPER_ORDERS } from '#tests/support/paper-orders.ts'

const PAPER = { metrics: FAKE_METRICS, medium: MEDIA.a4, words: EN }

const SHORT = invoiceOf(PAPER_ORDERS[2]!)
const LONG = invoiceOf(PAPER_ORDERS[7]!)

function layout(input: InvoiceInput) {
  return layoutInvoice(input, PAPER)
}

function issuesOf(change: Partial<InvoiceInput>): string[] {
  const result = layout({ ...SHORT, ...change })
  return result.ok ? [] : result.error.map(({ reason, field }) => `${reason} ${field}`)
}

function pagesOf(input: InvoiceInput): string[][] {
  const result = layout(input)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value.pages.map((page) =>
    page.items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])),
  )
}

describe('layoutInvoice', () => {
  it('carries the sum of the lines from page to page', () => {
    const pages = pagesOf(LONG)
    expect(pages.length).toBeGreaterThan(1)
    for (const [index, texts] of pages.slice(0, -1).entries()) {
      const carried = texts.lastIndexOf(EN.invoice.carried)
      const sum = texts[carried + 1]
      const last = Number(texts.filter((text) => /^\d{1,2}$/.test(text)).at(-1))
      const minor = LONG.lines.slice(0, last).reduce((so, line) => so + line.value.minor, 0)
      expect(sum).toBe(`${LONG.currency} ${(minor / 100).toFixed(2)}`)
      expect(pages[index + 1]).toContain(sum)
      expect(texts).toContain(EN.page(index + 1, pages.length))
    }
  })

  it('refuses sums that do not add up, other currencies and what is missing', () => {
    const off = { minor: SHORT.total.minor + 1, currency: SHORT.currency }
    expect(issuesOf({ total: off })).toEqual(['total-mismatch total'])
    expect(issuesOf({ discount: null })).toEqual(['total-mismatch total'])
    expect(issuesOf({ freight: { minor: 990, currency: 'CHF' } })).toEqual(['currency-mix freight'])
    expect(issuesOf({ grossGrams: 1 })).toEqual(['net-exceeds-gross grossGrams'])
    expect(issuesOf({ invoiceNo: ' ', signer: '' })).toEqual(['missing invoiceNo', 'missing signer'])
    expect(issuesOf({ proforma: true, invoiceNo: '' })).toEqual([])
    const [line] = SHORT.lines
    expect(issuesOf({ lines: [{ ...line!, origin: '' }, ...SHORT.lines.slice(1)] })).toEqual([
      'missing lines.0.origin',
    ])
  })

  it('names the field with characters no font has', () => {
    const shipTo = {
      ...SHORT.shipTo,
      address: { ...SHORT.shipTo.address, name: 'Anna 🌸', latin: undefined },
    }
    expect(issuesOf({ shipTo })).toContain('glyph-missing shipTo.name')
  })

  it('fits whatever is written, or names the field', () => {
    const letters = fc.constantFrom(...Array.from('abc XYZ-/ñŁЖя漢字東京（）한글שלוםعربي01 9'))
    const text = (maxLength: number) => fc.array(letters, { maxLength }).map((parts) => parts.join(''))
    let fitted = 0
    fc.assert(
      fc.property(
        text(120),
        text(300),
        text(60),
        fc.integer({ min: 1, max: 40 }),
        (name, words, reference, count) => {
          const [line] = SHORT.lines
          const lines = Array.from({ length: count }, () => ({ ...line!, description: `x${words}` }))
          const minor = line!.value.minor * count
          const { currency } = SHORT
          const result = layout({
            ...SHORT,
            shipTo: { ...SHORT.shipTo, address: { ...SHORT.shipTo.address, name: `x${name}` } },
            ...{
              lines,
              shipperReference: reference,
              discount: null,
              freight: null,
              total: { minor, currency },
            },
            grossGrams: 1_000_000,
          })
          if (result.ok) {
            fitted++
            for (const page of result.value.pages) expect(pageFaults(page)).toEqual([])
          } else
            for (const found of result.error) expect(found.field).toMatch(/^(shipTo|lines|shipperReference)/)
        },
      ),
      { numRuns: 60 },
    )
    expect(fitted).toBeGreaterThan(20)
  })
})
