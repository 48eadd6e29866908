import { describe, expect, it } from 'vitest'
import { layoutPackingSlip } from '#core/documents/packing/layout-packing-slip.ts'
import { MEDIA } from '#core/documents/media.ts'
import type { PackingLine } from '#core/documents/packing/packing-model.ts'
import { compareNaturally, pickRows } from '#core/documents/packing/pick-rows.ts'
import { EN } from '#core/documents/words/en.ts'
import { FAKE_METRICS } from '#tests/support/fake-metrics.ts'
import { packingSlipOf, PAPER_ORDERS } from '#tests/support/paper-orders.ts'

const PAPER = { metrics: FAKE_METRICS, medium: MEDIA.a4, words: EN }

function line(sku: string, bin: string, quantity = 1): PackingLine {
  return { sku, title: sku, titleEn: '', variant: '', quantity, bin, price: null }
}

function order(slot: string, ...lines: PackingLine[]) {
  return { orderNumber: `SO-${slot}`, slot, destination: 'DE', lines }
}

describe('pickRows', () => {
  it('walks along the shelves once, figures as numbers, goods without a shelf last', () => {
    const orders = [
      order('A', line('M', 'A-10'), line('X', '')),
      order('B', line('C', 'A-2'), line('B', 'A-2')),
    ]
    const rows = pickRows({ batchName: 'B', madeOn: '', orders })
    expect(rows.map((row) => [row.bin, row.line.sku])).toEqual([
      ['A-2', 'B'],
      ['A-2', 'C'],
      ['A-10', 'M'],
      ['', 'X'],
    ])
  })

  it('counts what goes into each slot, and leaves out what is not to be picked', () => {
    const orders = [
      order('A1', line('M', '1', 2), line('M', '1', 1)),
      order('A2', line('M', '1', 4), line('N', '1', 0)),
    ]
    expect(pickRows({ batchName: 'B', madeOn: '', orders })).toMatchObject([
      {
        quantity: 7,
        slots: [
          { slot: 'A1', quantity: 3 },
          { slot: 'A2', quantity: 4 },
        ],
      },
    ])
  })
})

describe('compareNaturally', () => {
  it('puts 2 before 10 and letters by their codes', () => {
    expect(['b2', 'a10', 'a2', 'a', 'a2-1'].sort(compareNaturally)).toEqual(['a', 'a2', 'a2-1', 'a10', 'b2'])
  })
})

describe('layoutPackingSlip', () => {
  const words = (withPrices: boolean) => {
    const slip = packingSlipOf(PAPER_ORDERS[1]!, withPrices)
    const result = layoutPackingSlip(slip, PAPER)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    return JSON.stringify(result.value.pages)
  }

  it('tells no amount unless it is asked to', () => {
    expect(words(true)).toContain('EUR 4.51')
    expect(words(false)).not.toMatch(/EUR|4\.51|Total|Price/)
  })

  it('wants a price of every line when it shows prices', () => {
    const slip = packingSlipOf(PAPER_ORDERS[1]!, true)
    const lines = slip.lines.map((one, index) => ({ ...one, price: index === 0 ? null : one.price }))
    expect(layoutPackingSlip({ ...slip, lines }, PAPER)).toEqual({
      ok: false,
      error: [{ code: 'invalid-input', reason: 'missing', field: 'lines.0.price' }],
    })
  })
})
