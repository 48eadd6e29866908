import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LabelInput } from '#core/documents/label-model.ts'
import type { PaperLayout, TextItem } from '#core/documents/page-model.ts'
import { layoutLabel } from '#core/documents/layout-label.ts'
import { renderPdf } from '#core/documents/render-pdf.ts'
import { testFonts, testMetrics } from '#tests/support/fonts.ts'
import { address, labelInput, RECIPIENTS, trackingFor } from '#tests/support/label-samples.ts'

const TOOLS = ['pdftoppm', 'pdftotext', 'pdfinfo', 'pdffonts', 'zbarimg']
const folder = mkdtempSync(join(tmpdir(), 'caravel-label-'))

/** Independent readers of what we print: poppler draws and reads the PDF, zbar decodes the dots. */
function run(tool: string, ...args: string[]): string {
  return execFileSync(tool, args, { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
}

function layout(parts: Partial<LabelInput> = {}): PaperLayout {
  const result = layoutLabel(labelInput(parts), testMetrics())
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

async function writePdf(name: string, layouts: PaperLayout[]): Promise<string> {
  writeFileSync(join(folder, name), await renderPdf(layouts, testFonts()))
  return name
}

/** Draws at the resolution of the common thermal head, black or white only, and decodes every barcode in reading order. */
function decode(pdf: string): string[] {
  run('pdftoppm', '-r', '203', '-mono', pdf, pdf)
  const pages = readdirSync(folder)
    .filter((file) => file.startsWith(`${pdf}-`) && file.endsWith('.pbm'))
    .sort()
  return pages.map((page) => {
    try {
      return run('zbarimg', '--quiet', '--raw', page).trim()
    } catch {
      return ''
    }
  })
}

beforeAll(() => {
  for (const tool of TOOLS) {
    try {
      execFileSync('which', [tool])
    } catch {
      throw new Error(`${tool} is missing: apt-get install poppler-utils zbar-tools`)
    }
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What must be readable in the PDF's text for each recipient: name, city and country, to the letter. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  UA: ['Олена Ковальчук / Olena Kovalchuk', 'Київ / KYIV', 'UKRAINE'],
  JP: ['佐藤 美咲 / Misaki Sato', '東京都渋谷区神南1丁目2-3', 'Shibuya-ku, Tokyo', 'JAPAN'],
  KR: ['김하늘 / Kim Haneul', '서울특별시 강남구', 'Gangnam-gu, Seoul', 'SOUTH KOREA'],
  DE: ['Jörg Müßigbrodt', '10623 Berlin', 'GERMANY'],
  GB: ['Ffion Llewellyn-Ashworth', 'Manchester', 'M13 0AA', 'UNITED KINGDOM'],
  US: ['Dolores O’Halloran-Whitfield', 'Springwood, OH 45503-1234', 'UNITED STATES'],
  FR: ['Zoé Lefèvre-Brûlé', '42000 Saint-Étienne', 'FRANCE'],
  PL: ['Łukasz Źdźbłowski', '90-001 Łódź', 'POLAND'],
  GR: ['Ελένη Παπαδοπούλου / Eleni Papadopoulou', 'Αθήνα / ATHENS', 'GREECE'],
  VN: ['Nguyễn Thị Ánh Tuyết', 'Quận 1', 'VIETNAM'],
  TW: ['陳怡君 / Chen Yi-chun', '台北市信義區', 'Xinyi Dist., Taipei City', 'TAIWAN'],
  KZ: ['Әлия Нұрланқызы / Aliya Nurlankyzy', 'Алматы / ALMATY 050000', 'KAZAKHSTAN'],
  BR: ['João Conceição dos Anjos', 'São Paulo-SP', 'BRAZIL'],
  TH: ['Somchai Jaidee', 'Bangkok', 'THAILAND'],
}

describe('label PDF', () => {
  it.each(Object.keys(RECIPIENTS).map((code, index) => ({ code, tracking: trackingFor(index) })))(
    'to $code can be scanned at 203 dpi and read to the letter',
    async ({ code, tracking }) => {
      const pdf = await writePdf(`${code}.pdf`, [layout({ to: address({ ...RECIPIENTS[code] }), tracking })])
      expect(decode(pdf)).toEqual([tracking])

      const text = run('pdftotext', '-layout', pdf, '-').normalize('NFC')
      for (const expected of EXPECTED[code] ?? ['no expectation']) expect(text).toContain(expected)
      expect(text).toContain('DÉCLARATION EN DOUANE 报关签条')

      const fonts = run('pdffonts', pdf).trim().split('\n').slice(2)
      expect(fonts.length).toBeGreaterThan(2)
      for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+NotoSans\S*\s.*\syes yes yes\s/)
    },
  )

  it('is one page of exactly 100 × 150 mm with title', async () => {
    const pdf = await writePdf('info.pdf', [layout()])
    const info = run('pdfinfo', pdf)
    expect(info).toMatch(/Title:\s+Label SO-2026-100000\n/)
    expect(info).toMatch(/Pages:\s+1\n/)
    const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(info) ?? []
    expect(Number(width)).toBeCloseTo((100 / 25.4) * 72, 2)
    expect(Number(height)).toBeCloseTo((150 / 25.4) * 72, 2)
  })

  it('has no barcode on a draft, and says so', async () => {
    const pdf = await writePdf('draft.pdf', [layout({ draft: true })])
    expect(decode(pdf)).toEqual([''])
    // Turned letters come out one by one.
    expect(run('pdftotext', '-raw', pdf, '-').replace(/\s/g, '')).toContain('TEST/DRAFTNOTVALIDFORPOSTAGE')
  })

  it('draws text as wide as it was measured', async () => {
    const label = layout()
    const pdf = await writePdf('widths.pdf', [label])
    const boxes = [
      ...run('pdftotext', '-bbox', pdf, '-').matchAll(/xMin="([\d.]+)".*xMax="([\d.]+)".*>(.*)<\/word>/g),
    ]
    const word = label.pages[0]!.items.find(
      (item): item is TextItem => item.kind === 'text' && item.text === 'UKRAINE',
    )
    const drawn = boxes.find((box) => box[3] === 'UKRAINE')
    expect(((Number(drawn?.[2]) - Number(drawn?.[1])) / 72) * 25.4).toBeCloseTo(word?.width ?? 0, 1)
  })

  it('gives the same bytes for the same label, whatever was rendered before', async () => {
    const first = await renderPdf([layout()], testFonts())
    await renderPdf([layout({ to: address({ ...RECIPIENTS.VN }) })], testFonts())
    const again = await renderPdf([layout()], testFonts())
    expect(Buffer.from(again).equals(first)).toBe(true)
  })

  it('renders a batch as one document, each page its own number', async () => {
    const inputs = Object.values(RECIPIENTS).map((to, index) => ({
      to: address({ ...to }),
      tracking: trackingFor(100 + index),
    }))
    const pdf = await writePdf(
      'batch.pdf',
      inputs.map((input, index) => layout({ ...input, orderNumber: `SO-${index + 1}` })),
    )
    expect(decode(pdf)).toEqual(inputs.map((input) => input.tracking))
    expect(run('pdfinfo', pdf)).toMatch(/Title:\s+Label SO-1 \+ 13\n/)
  })
})
