import { describe, expect, it } from 'vitest'
import { cn23Sheets, CONTINUATION_ROWS, FIRST_ROWS } from '#core/documents/cn23/cn23-lines.ts'
import type { Cn23Input } from '#core/documents/cn23/cn23-model.ts'
import { layoutCn23 } from '#core/documents/cn23/layout-cn23.ts'
import { FAKE_METRICS } from '#tests/support/fake-metrics.ts'
import { pageFaults } from '#tests/support/page-faults.ts'
import { cn23Of, declarationOf, PAPER_ORDERS } from '#tests/support/paper-orders.ts'

const SHORT = cn23Of(PAPER_ORDERS[0]!)
const THIRTY = declarationOf(PAPER_ORDERS[7]!)

function issuesOf(change: Partial<Cn23Input>): string[] {
  const result = layoutCn23({ ...SHORT, ...change }, FAKE_METRICS, 'a5-landscape')
  return result.ok ? [] : result.error.map(({ reason, field }) => `${reason} ${field}`)
}

describe('cn23Sheets', () => {
  const withLines = (count: number) => cn23Sheets({ ...THIRTY, lines: THIRTY.lines.slice(0, count) })

  it('needs one sheet up to four lines', () => {
    expect(withLines(FIRST_ROWS).map((rows) => rows.map((row) => row.kind))).toEqual([Array(4).fill('line')])
    expect(withLines(FIRST_ROWS + 1).map((rows) => rows.map((row) => row.kind))).toEqual([
      ['line', 'line', 'line', 'carried'],
      ['brought', 'line', 'line', 'sum'],
    ])
  })

  it.each([5, 6, 15, 16, 17, 27, 28, 30])('carries exact sums over the sheets of %i lines', (count) => {
    const sheets = withLines(count)
    const lines = sheets.flat().filter((row) => row.kind === 'line')
    expect(lines.map((row) => row.index)).toEqual(Array.from({ length: count }, (_, index) => index))
    let [net, minor] = [0, 0]
    sheets.forEach((rows, index) => {
      expect(rows.length).toBeLessThanOrEqual(index === 0 ? FIRST_ROWS : CONTINUATION_ROWS)
      for (const row of rows) {
        if (row.kind === 'line') {
          net += row.line.netGrams
          minor += row.line.value.minor
        } else expect([row.netGrams, row.valueMinor]).toEqual([net, minor])
      }
    })
    expect(sheets.at(-1)?.at(-1)?.kind).toBe('sum')
  })
})

describe('layoutCn23', () => {
  it('wants the phone of the sender, and the invoice number of goods that are sold', () => {
    expect(issuesOf({})).toEqual([])
    expect(issuesOf({ from: { ...SHORT.from, phone: '' }, invoiceNo: '' })).toEqual([
      'missing from.phone',
      'missing invoiceNo',
    ])
    expect(issuesOf({ declaration: { ...SHORT.declaration, category: 'gift' }, invoiceNo: '' })).toEqual([])
    expect(issuesOf({ declaration: { ...SHORT.declaration, category: 'other' } })).toEqual([
      'missing declaration.explanation',
    ])
  })

  it('names the line whose words are too long, and the number no barcode can say', () => {
    const [line] = SHORT.declaration.lines
    const declaration = { ...SHORT.declaration, lines: [{ ...line!, description: 'y'.repeat(300) }] }
    expect(issuesOf({ declaration })).toEqual(['text-too-long declaration.lines.0.description'])
    expect(issuesOf({ tracking: '跟踪' })).toEqual(['tracking-invalid tracking'])
  })

  it('repeats number and order on every sheet', () => {
    const result = layoutCn23(cn23Of(PAPER_ORDERS[7]!), FAKE_METRICS, 'a5-landscape')
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    expect(result.value.pages.length).toBeGreaterThan(2)
    result.value.pages.forEach((page, index) => {
      expect(pageFaults(page)).toEqual([])
      const texts = page.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []))
      expect(texts).toContain(`SO-2026-1007 · ${index + 1}/${result.value.pages.length}`)
      expect(texts).toContain('LZ 513 274 157 CN')
      expect(page.items.filter((item) => item.kind === 'bars')).toHaveLength(index === 0 ? 1 : 0)
    })
  })
})
