import type { RawRow } from '#core/customs/hs/nomenclature.ts'

/** Records of the HTS as JSON (`htsno`, `indent`, `description`); null where the text is no list of such. */
export function listJsonRecords(text: string): RawRow[] | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
  if (!Array.isArray(parsed)) return null
  const rows = parsed.map((record: unknown, i): RawRow | null => {
    if (typeof record !== 'object' || record === null) return null
    const { htsno = '', indent = null, description } = record as Record<string, unknown>
    if (typeof htsno !== 'string' || typeof description !== 'string') return null
    return { line: i + 1, code: htsno, text: description, indent: indent === null ? null : Number(indent) }
  })
  return rows.some((row) => row === null) ? null : rows.flatMap((row) => row ?? [])
}
