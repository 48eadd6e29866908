import type { NomenclatureRow, Tariff } from '#core/customs/hs/nomenclature.ts'
import { TARIFFS } from '#core/customs/hs/nomenclature.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { ReferenceFile } from '#renderer/data/records.ts'

/** A nomenclature that a person brought. */
export interface StoredNomenclature extends Pick<ReferenceFile, 'name' | 'importedAt' | 'sha256'> {
  tariff: Tariff
  rows: NomenclatureRow[]
}

/** Rows of one record; a whole tariff in one would be read and written at once by every copy of the store. */
const ROWS_OF_PART = 2_000
const MOST_PARTS = 100

/** Puts a nomenclature in the place of the one of the same tariff. To be called in a unit over `referenceFiles`. */
export async function saveNomenclature(db: CaravelDatabase, stored: StoredNomenclature): Promise<void> {
  const { tariff, rows, name, importedAt, sha256 } = stored
  await db.referenceFiles.bulkDelete(partIds(tariff))
  const parts: ReferenceFile[] = []
  for (let from = 0; from < rows.length; from += ROWS_OF_PART) {
    const id = partId(tariff, parts.length)
    const text = JSON.stringify(rows.slice(from, from + ROWS_OF_PART))
    parts.push({ id, kind: 'nomenclature', name, importedAt, sha256, text })
  }
  await db.referenceFiles.bulkPut(parts)
}

/** Every nomenclature that is here. */
export async function loadNomenclatures(db: CaravelDatabase): Promise<StoredNomenclature[]> {
  const found: StoredNomenclature[] = []
  for (const tariff of TARIFFS) {
    const parts = (await db.referenceFiles.bulkGet(partIds(tariff))).filter((part) => part !== undefined)
    const [first] = parts
    if (first === undefined) continue
    const { name, importedAt, sha256 } = first
    found.push({ tariff, name, importedAt, sha256, rows: parts.flatMap(({ text }) => readPart(text)) })
  }
  return found
}

/** A part that is damaged costs its rows only. */
function readPart(text: string): NomenclatureRow[] {
  try {
    return (JSON.parse(text) as unknown[]).filter(isRow)
  } catch {
    return []
  }
}

function isRow(value: unknown): value is NomenclatureRow {
  if (typeof value !== 'object' || value === null) return false
  const { code, text, path } = value as Partial<Record<keyof NomenclatureRow, unknown>>
  return typeof code === 'string' && typeof text === 'string' && Array.isArray(path)
}

function partId(tariff: Tariff, part: number): string {
  return `nomenclature:${tariff}:${part}`
}

function partIds(tariff: Tariff): string[] {
  return Array.from({ length: MOST_PARTS }, (_, part) => partId(tariff, part))
}
