import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  textBox,
  type Box,
  type LabelInput,
  type LabelLayout,
  type TextItem,
} from '#core/documents/label-model.ts'
import { layoutLabel } from '#core/documents/layout-label.ts'
import { DOT_203, QUIET_MODULES } from '#core/documents/tracking-bars.ts'
import { FAKE_METRICS } from '#tests/support/fake-metrics.ts'
import { address, DECLARATION, labelInput, RECIPIENTS, SENDER } from '#tests/support/label-samples.ts'

function layout(parts: Partial<LabelInput> = {}): LabelLayout {
  const result = layoutLabel(labelInput(parts), FAKE_METRICS)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

function issuesOf(parts: Partial<LabelInput>): string[] {
  const result = layoutLabel(labelInput(parts), FAKE_METRICS)
  return result.ok ? [] : result.error.map(({ reason, field }) => `${reason} ${field}`)
}

const texts = (label: LabelLayout) => label.items.filter((item): item is TextItem => item.kind === 'text')
const words = (label: LabelLayout) =>
  texts(label)
    .map((item) => item.text)
    .join('\n')
const barsOf = (label: LabelLayout) => label.items.filter((item) => item.kind === 'bars')
const to = (parts: Parameters<typeof address>[0]) => address({ ...RECIPIENTS.DE, ...parts })

/** Boxes may touch; a hundredth of a millimetre is rounding. */
function overlap(a: Box, b: Box): boolean {
  const slack = 0.01
  const apart = (from: number, size: number, other: number, otherSize: number) =>
    from + size <= other + slack || other + otherSize <= from + slack
  return !apart(a.x, a.width, b.x, b.width) && !apart(a.y, a.height, b.y, b.height)
}

function expectClear(label: LabelLayout): void {
  const boxes = texts(label).map((item) => ({ text: item.text, ...textBox(item) }))
  for (const bars of barsOf(label)) {
    const width = bars.widths.reduce((sum, modules) => sum + modules, 0) * bars.module
    const quiet = QUIET_MODULES * bars.module
    boxes.push({
      text: '(bars)',
      x: bars.x - quiet,
      y: bars.y,
      width: width + 2 * quiet,
      height: bars.height,
    })
  }
  const faults: string[] = []
  boxes.forEach((box, index) => {
    const inside = box.x >= 2 && box.y >= 2 && box.x + box.width <= 98 && box.y + box.height <= 148
    if (!inside) faults.push(`outside: ${box.text}`)
    for (const other of boxes.slice(index + 1))
      if (overlap(box, other)) faults.push(`${box.text} over ${other.text}`)
  })
  expect(faults).toEqual([])
}

describe('layoutLabel', () => {
  it('says everything that is on the order', () => {
    const label = layout()
    for (const text of [
      'Олена Ковальчук / Olena Kovalchuk',
      'UKRAINE',
      'LZ 473 124 829 CN',
      'CUSTOMS DECLARATION',
      'CN 22',
      'USD 25.70',
      'SO-2026-100000',
    ]) {
      expect(words(label)).toContain(text)
    }
    expect(label).toMatchObject({ title: 'Label SO-2026-100000', width: 100, height: 150 })
  })

  it.each(Object.keys(RECIPIENTS).filter((code) => code !== 'TH'))(
    'keeps its texts apart for %s, with and without CN 22',
    (code) => {
      for (const declaration of [DECLARATION, null])
        expectClear(layout({ to: address({ ...RECIPIENTS[code] }), declaration }))
    },
  )

  it('draws the barcode on the dot grid, centred, with quiet zones', () => {
    const [bars] = barsOf(layout())
    if (bars === undefined) throw new Error('no bars')
    const modules = bars.widths.reduce((sum, width) => sum + width, 0)
    expect(modules).toBe(156)
    expect(bars.module).toBeCloseTo(0.375, 3)
    expect(bars.height).toBe(15)
    expect((bars.x / DOT_203) % 1).toBeCloseTo(0, 6)
    expect(Math.abs(bars.x + (modules * bars.module) / 2 - 50)).toBeLessThan(DOT_203)
  })

  it('marks a draft and gives it no bars', () => {
    const label = layout({ draft: true })
    expect(barsOf(label)).toEqual([])
    const marks = label.items.filter((item) => item.kind === 'watermark')
    expect(marks.map((mark) => [mark.text, mark.degrees])).toEqual([
      ['TEST / DRAFT', 45],
      ['NOT VALID FOR POSTAGE', 45],
    ])
    expect(issuesOf({ draft: true, tracking: '' })).toEqual([])
  })

  it('refuses a final label without an item number', () => {
    expect(issuesOf({ tracking: '' })).toEqual(['tracking-invalid tracking'])
    expect(issuesOf({ tracking: 'LZ 473 124 829 CN' })).toEqual(['tracking-invalid tracking'])
  })

  it('names the field that is too long or cannot be printed', () => {
    expect(issuesOf({ to: to({ line1: 'x'.repeat(90) }) })).toEqual(['text-too-long to.line1'])
    expect(issuesOf({ to: to({ city: 'word '.repeat(60) }) })).toEqual(['text-too-long to.city'])
    expect(issuesOf({ from: { ...SENDER, latin: undefined, line1: '字'.repeat(300) } })).toEqual([
      'text-too-long from.line1',
    ])
    expect(issuesOf({ to: to({ name: 'Anna 🌸' }) })).toEqual(['glyph-missing to.name'])
    expect(issuesOf({ to: to({ country: 'ZZ', line1: ' ' }) })).toEqual([
      'missing to.line1',
      'country-unknown to.country',
    ])
    const [line] = DECLARATION.lines
    if (line === undefined) throw new Error('no line')
    const long = { ...DECLARATION, lines: [{ ...line, description: 'y'.repeat(200) }], total: line.value }
    expect(issuesOf({ declaration: long })).toEqual(['text-too-long declaration.lines.0.description'])
  })

  it('uses the Latin form where the script cannot be printed', () => {
    const label = words(layout({ to: address({ ...RECIPIENTS.TH }) }))
    expect(label).toContain('Somchai Jaidee')
    expect(label).toContain('Bangkok')
    expect(issuesOf({ to: { ...address({ ...RECIPIENTS.TH }), latin: undefined } })).toEqual([
      'glyph-missing to.name',
      'glyph-missing to.line1',
      'glyph-missing to.city',
    ])
  })

  it('counts picks that find no room and leaves out titles with emoji', () => {
    const pickLines = Array.from({ length: 40 }, (_, index) => ({
      sku: `SKU-${1000 + index}`,
      title: '🔥 sale',
      quantity: 1,
      bin: 'A-1',
    }))
    for (const declaration of [DECLARATION, null]) {
      const label = layout({ pickLines, declaration })
      expect(words(label)).toMatch(/\+ \d+ more/)
      expectClear(label)
    }
  })

  it('never overlaps, whatever the texts: it fits or it is an issue', () => {
    const letters = fc.constantFrom(...Array.from('abc XYZ-/.,ñßŁЖяїΩ漢字東京都、（）한글서울01 9'))
    const text = (maxLength: number) => fc.array(letters, { maxLength }).map((parts) => parts.join(''))
    const person = fc.record({
      name: text(45),
      company: text(30),
      line1: text(70),
      line2: text(40),
      city: text(25),
      region: text(15),
      postcode: text(9),
      phone: text(18),
      country: fc.constantFrom('DE', 'JP', 'KR', 'US', 'GB', 'BR'),
    })
    const goods = fc.record({
      minor: fc.integer({ min: 1, max: 9_999_999_999 }),
      currency: fc.constantFrom('USD', 'KWD', 'JPY'),
      netGrams: fc.integer({ min: 1, max: 30_000 }),
    })
    let fitted = 0
    fc.assert(
      fc.property(
        person,
        person,
        text(60),
        goods,
        fc.boolean(),
        (sender, recipient, description, { minor, currency, netGrams }, plain) => {
          const [line] = DECLARATION.lines
          if (line === undefined) throw new Error('no line')
          const value = { minor, currency }
          const lines = [{ ...line, description, netGrams, value }]
          const declaration = { ...DECLARATION, currency, lines, total: value, grossGrams: netGrams }
          const input = labelInput({
            from: address(sender),
            to: address({ ...recipient, latin: { name: 'Some Name', city: 'Some City' } }),
            declaration: plain ? null : declaration,
          })
          const result = layoutLabel(input, FAKE_METRICS)
          if (result.ok) {
            fitted++
            expectClear(result.value)
          } else {
            for (const found of result.error) expect(found.field).toMatch(/^(from|to|declaration)\./)
          }
        },
      ),
      { numRuns: 300 },
    )
    expect(fitted).toBeGreaterThan(50)
  })
})
