import { createHash } from 'node:crypto'
import type { ChannelOutput } from '#core/contracts/ipc.ts'
import { MOST_PREVIEWS } from '#core/contracts/documents.ts'
import type { DocumentRequest } from '#core/documents/document-request.ts'
import { layoutDocuments } from '#core/documents/layout-document.ts'
import { batchTitle, openPdf, type PdfWriter } from '#core/documents/render-pdf.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Fonts } from '#main/documents/open-fonts.ts'

export interface PaperRenderer {
  render(request: DocumentRequest): Promise<Result<ChannelOutput<'documents.render'>>>
  layout(request: DocumentRequest): Promise<Result<ChannelOutput<'documents.layout'>>>
}

const NO_FONTS = issue('unsupported', { reason: 'fonts-missing' })

/** Main also carries every message and answers the windows: a batch is drawn paper by paper, with a breath in between. */
const breathe = () => new Promise((resolve) => setImmediate(resolve))

/** Draws papers of every kind with the fonts of `shelf`. */
export function createPaperRenderer(shelf: () => Promise<Fonts | null>): PaperRenderer {
  return {
    render: async (request) => {
      const fonts = await shelf()
      return fonts === null ? err(NO_FONTS) : renderPapers(request, fonts)
    },
    layout: async (request) => {
      const fonts = await shelf()
      if (fonts === null) return err(NO_FONTS)
      if (request.items.length > MOST_PREVIEWS)
        return err(issue('invalid-input', { reason: 'too-many', field: 'items' }))
      return ok(await layoutPapers(request, fonts))
    },
  }
}

async function renderPapers(
  request: DocumentRequest,
  fonts: Fonts,
): Promise<Result<ChannelOutput<'documents.render'>>> {
  let writer: PdfWriter | undefined
  const pages: number[] = []
  const refused: { item: number; issues: Issue[] }[] = []
  for (const layout of layoutDocuments(request, fonts.metrics)) {
    if (!layout.ok) {
      refused.push({ item: pages.length, issues: layout.error })
      pages.push(0)
      continue
    }
    writer ??= openPdf(batchTitle(layout.value.title, request.items.length), fonts.files)
    for (const page of layout.value.pages) writer.addPage(page)
    pages.push(layout.value.pages.length)
    await breathe()
  }
  if (writer === undefined)
    return err(refused[0]?.issues[0] ?? issue('invalid-input', { reason: 'missing', field: 'items' }))
  const bytes = await writer.end()
  return ok({ bytes, sha256: createHash('sha256').update(bytes).digest('hex'), pages, refused })
}

async function layoutPapers(
  request: DocumentRequest,
  fonts: Fonts,
): Promise<ChannelOutput<'documents.layout'>> {
  const papers: ChannelOutput<'documents.layout'>['papers'] = []
  const refused: { item: number; issues: Issue[] }[] = []
  let item = 0
  for (const layout of layoutDocuments(request, fonts.metrics)) {
    if (layout.ok) {
      const pages = layout.value.pages.map((page) => structuredClone({ ...page, items: [...page.items] }))
      papers.push({ item, title: layout.value.title, pages: pages as (typeof papers)[number]['pages'] })
    } else refused.push({ item, issues: layout.error })
    item++
    await breathe()
  }
  return { papers, refused }
}
