import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { writeFileAtomic } from '#main/files/atomic-write.ts'
import { safeFileName } from '#main/files/safe-file-name.ts'

/** What the app has to save, and how such a file ends. A page cannot suggest a program. */
const EXTENSIONS = { pdf: '.pdf', zpl: '.zpl', csv: '.csv', json: '.json', png: '.png' } as const

export interface SaveDeps {
  /** The system's dialog; null when the person cancelled. */
  askWhere(suggestedName: string): Promise<string | null>
}

/** Asks where to and writes there, in one piece. The place is the person's choice and never reaches the page. */
export async function saveDocument(
  document: { kind: keyof typeof EXTENSIONS; suggestedName: string; bytes: Uint8Array },
  deps: SaveDeps,
): Promise<Result<{ saved: boolean }>> {
  const place = await deps.askWhere(safeFileName(document.suggestedName, EXTENSIONS[document.kind]))
  if (place === null) return ok({ saved: false })
  try {
    await writeFileAtomic(place, document.bytes)
    return ok({ saved: true })
  } catch {
    return err(issue('unsupported', { reason: 'file-not-written' }))
  }
}
