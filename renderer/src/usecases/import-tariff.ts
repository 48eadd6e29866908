import type { DutyRow, NomenclatureRow, Tariff } from '#core/customs/hs/nomenclature.ts'
import { MOST_TARIFF_BYTES, TariffReader } from '#core/customs/hs/tariff-reader.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { Sha256 } from '#core/shared/sha256.ts'
import {
  dropBatch,
  putTariffHead,
  putTariffPart,
  ROWS_OF_PART,
  type TariffHead,
  type TariffKind,
} from '#renderer/data/repos/nomenclature.repo.ts'
import type { ImportedTariff, TariffFile } from '#renderer/data/transfer/tariff-file.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { TransferControl } from '#renderer/usecases/export-workspace.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

const MOST_NAMED = 200

/**
 * Takes over a tariff from an official file, in the place of the one of the same country: read piece by piece and stored part by part, so that no file is ever
 * held whole. Nothing that is in force changes before the end; one that fails or is stopped leaves nothing behind. Issues: those of TariffReader, `cancelled`.
 */
export async function importTariff(
  ctx: Pick<UseCaseContext<never>, 'db' | 'now' | 'newId'>,
  file: TariffFile,
  control: TransferControl,
): Promise<Result<ImportedTariff>> {
  if (file.bytes.size > MOST_TARIFF_BYTES)
    return err(issue('malformed', { reason: 'nomenclature-too-large' }))
  const batch = ctx.newId<'tariff'>()
  try {
    const read = await readFile(ctx, file, batch, control)
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

async function readFile(
  { db, now }: Pick<UseCaseContext<never>, 'db' | 'now'>,
  { name, bytes, columns }: TariffFile,
  batch: string,
  { stopped, onProgress }: TransferControl,
): Promise<Result<ImportedTariff>> {
  const reader = new TariffReader(columns)
  const shelves: Shelves = { nomenclature: new Shelf(), duties: new Shelf() }
  const decoder = new TextDecoder()
  const sha256 = new Sha256()
  const pieces = bytes.stream().getReader()
  let done = 0
  for (;;) {
    const { value, done: isEnd } = await pieces.read()
    if (isEnd) break
    sha256.add(value)
    const { rows, duties } = reader.push(decoder.decode(value, { stream: true }))
    await keep(db, reader.tariff, batch, shelves, { rows, duties })
    done += value.length
    onProgress(done, bytes.size)
    if (reader.issue !== null) break
    if (!stopped()) continue
    await pieces.cancel()
    return err(issue('cancelled'))
  }
  const rest = reader.push(decoder.decode())
  const last = reader.end()
  const ends = { rows: [...rest.rows, ...last.rows], duties: [...rest.duties, ...last.duties] }
  await keep(db, reader.tariff, batch, shelves, ends, true)
  if (reader.issue !== null) return err(reader.issue)
  const facts = { name, importedAt: now(), sha256: sha256.hex() }
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

interface Shelves {
  nomenclature: Shelf<NomenclatureRow>
  duties: Shelf<DutyRow>
}

/** Rows that wait for enough of them to make a part. */
class Shelf<Row extends { code: string }> {
  readonly #parts: TariffHead['parts'] = []
  #rows: Row[] = []
  count = 0

  /** Parts that are full with these, each with its place; with `isEnd` also the last one. */
  add(rows: readonly Row[], isEnd: boolean): { part: number; rows: Row[] }[] {
    this.#rows.push(...rows)
    this.count += rows.length
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
