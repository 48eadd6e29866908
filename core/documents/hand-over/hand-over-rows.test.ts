import { describe, expect, it } from 'vitest'
import type { HandOverInput, HandOverLine } from '#core/documents/hand-over/hand-over-model.ts'
import { bagsOf, checkHandOver, handOverCsv, totalGrams } from '#core/documents/hand-over/hand-over-rows.ts'
import { EN } from '#core/documents/words/en.ts'

function line(tracking: string, bag: string, parts: Partial<HandOverLine> = {}): HandOverLine {
  return { tracking, bag, orderNumber: 'SO-1', destination: 'DE', service: 'Packet', grams: 250, ...parts }
}

function list(...lines: HandOverLine[]): HandOverInput {
  return {
    ...{ carrier: 'Post', account: '', origin: '', date: '2026-11-22', sequenceNo: '1', manifestId: '' },
    ...{ lines, draft: false },
  }
}

describe('hand-over list', () => {
  it('counts and weighs the bags; loose parcels are in none', () => {
    const input = list(line('C', 'B10'), line('A', 'B2', { grams: 1000 }), line('B', ''), line('D', 'B10'))
    expect(bagsOf(input)).toEqual([
      { id: 'B2', parcels: 1, grams: 1000 },
      { id: 'B10', parcels: 2, grams: 500 },
    ])
    expect(totalGrams(input)).toBe(1750)
  })

  it('refuses a parcel twice, one without number, and an empty list', () => {
    const reasons = (input: HandOverInput) =>
      checkHandOver(input).map(({ reason, field }) => `${reason} ${field}`)
    expect(reasons(list(line('A', ''), line('A', ''), line(' ', '')))).toEqual([
      'duplicate lines.1.tracking',
      'missing lines.2.tracking',
    ])
    expect(reasons({ ...list(), carrier: '' })).toEqual(['missing carrier', 'missing lines'])
  })

  it('is the same list as CSV, in which no cell is a formula', () => {
    const input = list(line('B', 'X'), line('A', '', { orderNumber: '=HYPERLINK("x")', service: 'a,b' }))
    expect(handOverCsv(input, EN).replace('\uFEFF', '').split('\r\n')).toEqual([
      'Bag,Tracking no.,Order,To,Service,Weight kg',
      `,A,"'=HYPERLINK(""x"")",DE,"a,b",0.250`,
      'X,B,SO-1,DE,Packet,0.250',
      '',
    ])
  })
})
