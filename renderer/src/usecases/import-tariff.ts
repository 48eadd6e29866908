import type { DutyRow, NomenclatureRow, Tariff } from '#core/customs/hs/nomenclature.ts'
import { MOST_TARIFF_BYTES, TariffReader } from '#core/customs/hs/tariff-reader.ts'
import { whyNotWhole } from '#core/customs/hs/whole-tariff.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { Sha256 } from '#core/shared/sha256.ts'
import {
  dropBatch,
  loadTariffsHere,
  putTariffHead,
  putTariffPart,
  ROWS_OF_PART,
  type TariffHead,
  type TariffKind,
} from '#renderer/data/repos/nomenclature.repo.ts'
import type { FileOrigin } from '#renderer/data/records.ts'
import { localDay } from '#renderer/data/repos/facts.repo.ts'
import type { ImportedTariff, TariffFile, TariffSource } from '#renderer/data/transfer/tariff-file.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { TransferControl } from '#renderer/usecases/export-workspace.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

const MOST_NAMED = 200

/**
 * Takes over a tariff from an official file or address, in the place of the one of the same country: read piece by piece and stored part by part, so that no file is ever
 * held whole. Nothing that is in force changes before the end; one that fails or is stopped leaves nothing behind. Issues: those of TariffReader and of whyNotWhole, `cancelled`.
 */
export async function importTariff(
  ctx: Pick<UseCaseContext<never>, 'db' | 'now' | 'newId'>,
  source: TariffSource,
  control: TransferControl,
): Promise<Result<ImportedTariff>> {
  if ((source.size ?? 0) > MOST_TARIFF_BYTES)
    return err(issue('malformed', { reason: 'nomenclature-too-large' }))
  const batch = ctx.newId<'tariff'>()
  try {
    const read = await readSource(ctx, source, batch, control)
    if (!read.ok) await forget(ctx, batch)
    return read
  } catch (error) {
    await forget(ctx, batch)
    throw error
  }
}

function forget({ db }: Pick<UseCaseContext<never>, 'db'>, batch: string): Promise<void> {
  return inUnit(db, { stores: ['referenceFiles'], durability: 'relaxed' }, () => dropBatch(db, batch))
}

/** A file that a person chose, piece by piece. */
export function fileSource({ name, bytes, columns }: TariffFile): TariffSource {
  const pieces = bytes.stream().getReader()
  const next = async () => ok((await pieces.read()).value ?? null)
  return { name, columns, size: bytes.size, next }
}

async function readSource(
  { db, now }: Pick<UseCaseContext<never>, 'db' | 'now'>,
  { name, size, columns, next, origin }: TariffSource,
  batch: string,
  { stopped, onProgress }: TransferControl,
): Promise<Result<ImportedTariff>> {
  const reader = new TariffReader(columns, localDay(now()))
  const shelves: Shelves = { nomenclature: new Shelf(), duties: new Shelf() }
  const decoder = new TextDecoder()
  const sha256 = new Sha256()
  let done = 0
  for (;;) {
    const piece = await next()
    if (!piece.ok) return piece
    if (piece.value === null) break
    sha256.add(piece.value)
    const { rows, duties } = reader.push(decoder.decode(piece.value, { stream: true }))
    await keep(db, reader.tariff, batch, shelves, { rows, duties })
    done += piece.value.length
    onProgress(done, size ?? 0)
    if (reader.issue !== null) break
    if (stopped()) return err(issue('cancelled'))
  }
  const rest = reader.push(decoder.decode())
  const last = reader.end()
  const ends = { rows: [...rest.rows, ...last.rows], duties: [...rest.duties, ...last.duties] }
  await keep(db, reader.tariff, batch, shelves, ends, true)
  const problem =
    reader.issue ?? (origin === undefined ? null : await whyNotAll(db, origin, reader.tariff, shelves))
  if (problem !== null) return err(problem)
  const facts = { name, importedAt: now(), sha256: sha256.hex(), ...(origin === undefined ? {} : { origin }) }
  await inUnit(db, { stores: ['referenceFiles'], durability: 'strict' }, async () => {
    for (const kind of ['nomenclature', 'duties'] as const)
      if (shelves[kind].count > 0)
        await putTariffHead(db, { kind, tariff: reader.tariff }, shelves[kind].head(batch), facts)
  })
  const { tariff, rejected } = reader
  return ok({
    ...{ tariff, codes: shelves.nomenclature.count, duties: shelves.duties.count },
    ...{ left: rejected.length, rejected: rejected.slice(0, MOST_NAMED) },
  })
}

/** A file may hold what a person wants of it; an address gives all or is not believed. */
async function whyNotAll(
  db: UseCaseContext<never>['db'],
  origin: FileOrigin,
  tariff: Tariff,
  shelves: Shelves,
): Promise<Issue | null> {
  const here = await loadTariffsHere(db)
  const counts = (['nomenclature', 'duties'] as const).map((kind) => {
    const known = here.find((each) => each.kind === kind && each.tariff === tariff)
    return { now: shelves[kind].count, before: known?.origin?.address === origin.address ? known.count : 0 }
  })
  const { chapters } = shelves.nomenclature
  return whyNotWhole({ chapters: chapters.size === 0 ? null : chapters, counts })
}

interface Shelves {
  nomenclature: Shelf<NomenclatureRow>
  duties: Shelf<DutyRow>
}

/** Rows that wait for enough of them to make a part. */
class Shelf<Row extends { code: string }> {
  readonly #parts: TariffHead['parts'] = []
  #rows: Row[] = []
  readonly chapters = new Set<string>()
  count = 0

  /** Parts that are full with these, each with its place; with `isEnd` also the last one. */
  add(rows: readonly Row[], isEnd: boolean): { part: number; rows: Row[] }[] {
    this.#rows.push(...rows)
    this.count += rows.length
    for (const { code } of rows) this.chapters.add(code.slice(0, 2))
    const full: { part: number; rows: Row[] }[] = []
    while (this.#rows.length >= ROWS_OF_PART || (isEnd && this.#rows.length > 0)) {
      const some = this.#rows.slice(0, ROWS_OF_PART)
      this.#rows = this.#rows.slice(ROWS_OF_PART)
      const codes = some.map(({ code }) => code).sort()
      full.push({ part: this.#parts.length, rows: some })
      this.#parts.push({ from: codes[0] ?? '', to: codes.at(-1) ?? '' })
    }
    return full
  }

  head(batch: string): TariffHead {
    return { batch, parts: this.#parts, count: this.count }
  }
}

async function keep(
  db: UseCaseContext<never>['db'],
  tariff: Tariff,
  batch: string,
  shelves: Shelves,
  { rows, duties }: { rows: NomenclatureRow[]; duties: DutyRow[] },
  isEnd = false,
): Promise<void> {
  const put = (kind: TariffKind) => {
    const full = kind === 'duties' ? shelves.duties.add(duties, isEnd) : shelves.nomenclature.add(rows, isEnd)
    return full.map((part) => ({ kind, tariff, batch, ...part }))
  }
  const parts = [...put('nomenclature'), ...put('duties')]
  if (parts.length === 0) return
  await inUnit(db, { stores: ['referenceFiles'], durability: 'relaxed' }, async () => {
    for (const { rows: some, ...place } of parts) await putTariffPart(db, place, some)
  })
}
