import { readRatesFile } from '#core/connectors/ecb/mapping/rates.ts'
import { ok, type Result } from '#core/shared/result.ts'
import { saveRateSets, type RatesGained } from '#renderer/data/repos/rates.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { LocalContext } from '#renderer/usecases/context.ts'

/**
 * Takes in a file of the European Central Bank that came another way than over this desk's line. Issues: `malformed.rates-file`,
 * `malformed.rates-elsewhere`, `malformed.rates-none`.
 */
export async function importRatesFile(
  { db, now }: Pick<LocalContext, 'db' | 'now'>,
  { text }: { text: string },
): Promise<Result<RatesGained>> {
  const read = readRatesFile(text, now())
  if (!read.ok) return read
  return inUnit(db, { stores: ['rateSets'], durability: 'strict' }, async () =>
    ok(await saveRateSets(db, read.value.sets, { from: 'file', storedAt: now() })),
  )
}
