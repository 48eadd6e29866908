import type { Tariff } from '#core/customs/hs/nomenclature.ts'
import { readNomenclature, type ReadNomenclature } from '#core/customs/hs/read-nomenclature.ts'
import { sha256Text } from '#core/shared/sha256.ts'
import { ok, type Result } from '#core/shared/result.ts'
import { saveNomenclature } from '#renderer/data/repos/nomenclature.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** What came in. */
export interface ImportedNomenclature {
  codes: number
  rejected: ReadNomenclature['rejected']
}

/**
 * Takes over a whole nomenclature from an official file, in the place of the one of the same tariff; searched offline from then on. Nothing changes when it
 * cannot be read. Issues: those of readNomenclature().
 */
export async function importNomenclature(
  { db, now }: Pick<UseCaseContext<never>, 'db' | 'now'>,
  { name, text, tariff }: { name: string; text: string; tariff: Tariff },
): Promise<Result<ImportedNomenclature>> {
  const read = readNomenclature(text, tariff)
  if (!read.ok) return read
  const { rows, rejected } = read.value
  const stored = { tariff, rows, name, importedAt: now(), sha256: sha256Text(text) }
  await inUnit(db, { stores: ['referenceFiles'], durability: 'strict' }, () => saveNomenclature(db, stored))
  return ok({ codes: rows.length, rejected })
}
