import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MM_PER_PT } from '#core/documents/font-metrics.ts'
import type { Box } from '#core/documents/page-model.ts'

const TOOLS = ['pdftoppm', 'pdftotext', 'pdfinfo', 'pdffonts', 'zbarimg']
const MOST_OUTPUT = 64 * 2 ** 20

export interface DrawnWord extends Box {
  text: string
}

export interface DrawnPage {
  width: number
  height: number
  words: DrawnWord[]
}

/** Independent readers of what is printed, in a folder of their own: poppler draws and reads the PDF, zbar decodes the dots. */
export interface PaperReader {
  keep(name: string, bytes: Uint8Array): void
  pages(name: string): DrawnPage[]
  text(name: string): string
  /** As pdffonts lists them, a line each. */
  fonts(name: string): string[]
  title(name: string): string
  /** Everything that can be scanned on pages drawn at 203 dpi in black and white, sorted. */
  codes(name: string): string[]
  close(): void
}

export function openPaperReader(): PaperReader {
  for (const tool of TOOLS) {
    try {
      execFileSync('which', [tool])
    } catch {
      throw new Error(`${tool} is missing: apt-get install poppler-utils zbar-tools`)
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'caravel-papers-'))
  const run = (tool: string, ...args: string[]) =>
    execFileSync(tool, args, {
      ...{ encoding: 'utf8', cwd: folder, maxBuffer: MOST_OUTPUT },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  return {
    keep: (name, bytes) => writeFileSync(join(folder, name), bytes),
    pages: (name) => readPages(run('pdftotext', '-bbox', name, '-')),
    text: (name) => run('pdftotext', '-raw', name, '-').normalize('NFC'),
    fonts: (name) => run('pdffonts', name).trim().split('\n').slice(2),
    title: (name) => /Title:\s+(.*)\n/.exec(run('pdfinfo', name))?.[1] ?? '',
    codes: (name) => {
      run('pdftoppm', '-r', '203', '-mono', name, name)
      const images = readdirSync(folder).filter(
        (file) => file.startsWith(`${name}-`) && file.endsWith('.pbm'),
      )
      const only = ['-Sdisable', '-Scode128.enable', '-Sqrcode.enable']
      const { stdout, status, stderr } = spawnSync('zbarimg', ['--quiet', '--raw', ...only, ...images], {
        ...{ encoding: 'utf8', cwd: folder },
      })
      // It says by 4 that a page had nothing to scan.
      if (status !== 0 && status !== 4) throw new Error(`zbarimg: ${stderr}`)
      for (const image of images) rmSync(join(folder, image))
      return stdout
        .split('\n')
        .filter((line) => line !== '')
        .sort()
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' }

function readPages(xml: string): DrawnPage[] {
  return [...xml.matchAll(/<page width="([\d.]+)" height="([\d.]+)">([^]*?)<\/page>/g)].map((page) => ({
    width: Number(page[1]) * MM_PER_PT,
    height: Number(page[2]) * MM_PER_PT,
    words: [
      ...(page[3] ?? '').matchAll(/xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<\/word>/g),
    ].map(([, x1, y1, x2, y2, text = '']) => ({
      text: text.replace(/&(\w+);/g, (all, name: string) => ENTITIES[name] ?? all),
      x: Number(x1) * MM_PER_PT,
      y: Number(y1) * MM_PER_PT,
      width: (Number(x2) - Number(x1)) * MM_PER_PT,
      height: (Number(y2) - Number(y1)) * MM_PER_PT,
    })),
  }))
}
