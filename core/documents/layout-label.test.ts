import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LabelInput } from '#core/documents/label-model.ts'
import type { PaperLayout, TextItem } from '#core/documents/page-model.ts'
import { layoutLabel } from '#core/documents/layout-label.ts'
import { DOT_203 } from '#core/documents/tracking-bars.ts'
import { FAKE_METRICS } from '#tests/support/fake-metrics.ts'
import { pageFaults } from '#tests/support/page-faults.ts'
import { address, DECLARATION, labelInput, RECIPIENTS, SENDER } from '#tests/support/label-samples.ts'

function layout(parts: Partial<LabelInput> = {}): PaperLayout {
  const result = layoutLabel(labelInput(parts), FAKE_METRICS)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

function issuesOf(parts: Partial<LabelInput>): string[] {
  const result = layoutLabel(labelInput(parts), FAKE_METRICS)
  return result.ok ? [] : result.error.map(({ reason, field }) => `${reason} ${field}`)
}

const itemsOf = (label: PaperLayout) => label.pages.flatMap((page) => page.items)
const texts = (label: PaperLayout) => itemsOf(label).filter((item): item is TextItem => item.kind === 'text')
const words = (label: PaperLayout) =>
  texts(label)
    .map((item) => item.text)
    .join('\n')
const barsOf = (label: PaperLayout) => itemsOf(label).filter((item) => item.kind === 'bars')
const to = (parts: Parameters<typeof address>[0]) => address({ ...RECIPIENTS.DE, ...parts })

function expectClear(label: PaperLayout): void {
  for (const page of label.pages) expect(pageFaults(page)).toEqual([])
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
    expect(label).toMatchObject({ title: 'Label SO-2026-100000', pages: [{ width: 100, height: 150 }] })
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

  it('is the same drawing in the middle of 4 × 6 inches, its bars still on dots', () => {
    const larger = layoutLabel(labelInput(), FAKE_METRICS, 'label-4x6')
    if (!larger.ok) throw new Error(JSON.stringify(larger.error))
    const [page] = larger.value.pages
    expect(page).toMatchObject({ width: 101.6, height: 152.4 })
    expectClear(larger.value)
    const [[bars], [same]] = [barsOf(larger.value), barsOf(layout())]
    expect(((bars?.x ?? 0) / DOT_203) % 1).toBeCloseTo(0, 6)
    expect((bars?.x ?? 0) - (same?.x ?? 0)).toBeCloseTo(0.75, 1)
  })

  it('marks a draft and gives it no bars', () => {
    const label = layout({ draft: true })
    expect(barsOf(label)).toEqual([])
    const marks = itemsOf(label).filter((item) => item.kind === 'watermark')
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
