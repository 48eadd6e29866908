import { TARIFFS, type DutyRow, type NomenclatureRow, type Tariff } from '#core/customs/hs/nomenclature.ts'
import { dutyCodes } from '#core/customs/hs/tariff-duty.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { ReferenceFile } from '#renderer/data/records.ts'

/** The two things a tariff file can hold; each is replaced by itself. */
export const TARIFF_KINDS = ['nomenclature', 'duties'] as const
export type TariffKind = (typeof TARIFF_KINDS)[number]

/** Where a tariff's rows are: parts of one import, which nobody sees before this record names it. */
export interface TariffHead {
  batch: string
  /** Lowest and highest code of each part. */
  parts: { from: string; to: string }[]
  count: number
}

/** A nomenclature that a person brought. */
export interface StoredNomenclature extends Pick<ReferenceFile, 'name' | 'importedAt' | 'sha256'> {
  tariff: Tariff
  rows: NomenclatureRow[]
}

type FileFacts = Pick<ReferenceFile, 'name' | 'importedAt' | 'sha256' | 'origin'>

/** Rows of one record; a whole tariff in one would be read and written at once by every copy of the store. */
export const ROWS_OF_PART = 2_000

export async function putTariffPart(
  db: CaravelDatabase,
  { kind, tariff, batch, part }: { kind: TariffKind; tariff: Tariff; batch: string; part: number },
  rows: readonly (NomenclatureRow | DutyRow)[],
): Promise<void> {
  const id = `${headId(kind, tariff)}:${batch}:${part}`
  await db.referenceFiles.put({ id, kind, name: '', importedAt: 0, sha256: '', text: JSON.stringify(rows) })
}

/** Puts an import in force, and takes out the one before it and what others left behind. To be called in a unit over `referenceFiles`. */
export async function putTariffHead(
  db: CaravelDatabase,
  { kind, tariff }: { kind: TariffKind; tariff: Tariff },
  head: TariffHead,
  file: FileFacts,
): Promise<void> {
  const id = headId(kind, tariff)
  await db.referenceFiles.put({ ...file, id, kind, text: JSON.stringify(head) })
  await dropParts(db, `${id}:`, `${id}:${head.batch}:`)
}

/** Takes out the parts of an import that did not come to its end. */
export async function dropBatch(db: CaravelDatabase, batch: string): Promise<void> {
  for (const kind of TARIFF_KINDS)
    for (const tariff of TARIFFS) await dropParts(db, `${headId(kind, tariff)}:${batch}:`, null)
}

async function dropParts(db: CaravelDatabase, prefix: string, but: string | null): Promise<void> {
  const keys = await db.referenceFiles.where('id').startsWith(prefix).primaryKeys()
  await db.referenceFiles.bulkDelete(keys.filter((key) => but === null || !key.startsWith(but)))
}

/** A tariff's names or duties as they are known by, without their rows. */
export interface TariffHere extends FileFacts {
  tariff: Tariff
  kind: TariffKind
  count: number
}

/** What is here of all tariffs. */
export async function loadTariffsHere(db: CaravelDatabase): Promise<TariffHere[]> {
  const wanted = TARIFFS.flatMap((tariff) => TARIFF_KINDS.map((kind) => ({ tariff, kind })))
  const files = await db.referenceFiles.bulkGet(wanted.map(({ tariff, kind }) => headId(kind, tariff)))
  return wanted.flatMap((place, at) => {
    const file = files[at]
    const head = file === undefined ? null : readHead(file.text)
    if (file === undefined || head === null) return []
    const { name, importedAt, sha256, origin } = file
    return [{ ...place, name, importedAt, sha256, ...(origin ? { origin } : {}), count: head.count }]
  })
}

/** Notes that an address was asked and has nothing newer. To be called in a unit over `referenceFiles`. */
export async function noteTariffChecked(db: CaravelDatabase, address: string, at: number): Promise<void> {
  for (const { tariff, kind, origin } of await loadTariffsHere(db)) {
    if (origin?.address !== address) continue
    await db.referenceFiles.update(headId(kind, tariff), { origin: { ...origin, checkedAt: at } })
  }
}

/** Every nomenclature that is here. */
export async function loadNomenclatures(db: CaravelDatabase): Promise<StoredNomenclature[]> {
  const found: StoredNomenclature[] = []
  for (const tariff of TARIFFS) {
    const file = await db.referenceFiles.get(headId('nomenclature', tariff))
    const head = file === undefined ? null : readHead(file.text)
    if (file === undefined || head === null) continue
    const { name, importedAt, sha256 } = file
    const rows = await loadParts(db, 'nomenclature', tariff, head, () => true)
    found.push({ tariff, name, importedAt, sha256, rows: rows.filter(isRow) })
  }
  return found
}

/** The rows of a tariff that may say what a code pays; empty where none was imported. */
export async function loadDuties(db: CaravelDatabase, tariff: Tariff, code: string): Promise<DutyRow[]> {
  const file = await db.referenceFiles.get(headId('duties', tariff))
  const head = file === undefined ? null : readHead(file.text)
  if (head === null) return []
  const { below, above } = dutyCodes(code)
  const wanted = ({ from, to }: TariffHead['parts'][number]): boolean =>
    (from <= `${below}9999999999` && to >= below) || above.some((each) => from <= each && each <= to)
  const rows = (await loadParts(db, 'duties', tariff, head, wanted)).filter(isDuty)
  return rows.filter((row) => row.code.startsWith(below) || above.includes(row.code))
}

async function loadParts(
  db: CaravelDatabase,
  kind: TariffKind,
  tariff: Tariff,
  { batch, parts }: TariffHead,
  wanted: (part: TariffHead['parts'][number]) => boolean,
): Promise<unknown[]> {
  const ids = parts.flatMap((part, i) => (wanted(part) ? [`${headId(kind, tariff)}:${batch}:${i}`] : []))
  const files = await db.referenceFiles.bulkGet(ids)
  return files.flatMap((file) => (file === undefined ? [] : readPart(file.text)))
}

/** A part that is damaged costs its rows only. */
function readPart(text: string): unknown[] {
  try {
    const rows: unknown = JSON.parse(text)
    return Array.isArray(rows) ? rows : []
  } catch {
    return []
  }
}

function readHead(text: string): TariffHead | null {
  try {
    const { batch, parts, count } = JSON.parse(text) as Partial<TariffHead>
    return typeof batch === 'string' && Array.isArray(parts) && typeof count === 'number'
      ? { batch, parts, count }
      : null
  } catch {
    return null
  }
}

function isRow(value: unknown): value is NomenclatureRow {
  if (typeof value !== 'object' || value === null) return false
  const { code, text, path } = value as Partial<Record<keyof NomenclatureRow, unknown>>
  return typeof code === 'string' && typeof text === 'string' && Array.isArray(path)
}

function isDuty(value: unknown): value is DutyRow {
  if (typeof value !== 'object' || value === null) return false
  const { code, text } = value as Partial<Record<keyof DutyRow, unknown>>
  return typeof code === 'string' && typeof text === 'string'
}

function headId(kind: TariffKind, tariff: Tariff): string {
  return `${kind}:${tariff}`
}
