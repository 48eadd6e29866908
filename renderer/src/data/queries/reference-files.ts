import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, watchAtOnce, type Watched } from '#renderer/data/queries/watch.ts'
import type { ReferenceFile } from '#renderer/data/records.ts'
import { dutyOf, tariffOf, type TariffDuty } from '#core/customs/hs/tariff-duty.ts'
import type { ParcelLine } from '#core/customs/rules/parcel.ts'
import { loadDuties, loadTariffsHere, type TariffHere } from '#renderer/data/repos/nomenclature.repo.ts'
import { loadRuleFile } from '#renderer/data/repos/reference-files.repo.ts'

/** At once: what is judged meanwhile would be judged by rules that no longer hold. Null: ours hold. */
export function watchRuleFile(db: CaravelDatabase): Watched<ReferenceFile | null> {
  return watchAtOnce(async () => (await loadRuleFile(db)) ?? null)
}

/** What is here of all tariffs, live. */
export function watchTariffsHere(db: CaravelDatabase): Watched<TariffHere[]> {
  return watch(() => loadTariffsHere(db))
}

/** What a duty is looked up by, as text. */
export function goodsKey({ hs6, origin }: Pick<ParcelLine, 'hs6' | 'origin'>): string {
  return `${hs6} ${origin}`
}

/** Duties of a parcel's goods by the tariff that was imported for its destination, live, by goodsKey(); without those that it does not tell. */
export function watchDuties(
  db: CaravelDatabase,
  destination: string,
  lines: readonly Pick<ParcelLine, 'hs6' | 'origin'>[],
): Watched<ReadonlyMap<string, TariffDuty>> {
  const tariff = tariffOf(destination)
  return watch(async () => {
    const found = new Map<string, TariffDuty>()
    for (const line of lines) {
      if (tariff === null || line.hs6.length < 6) continue
      const rows = await loadDuties(db, tariff, line.hs6)
      const duty = dutyOf(tariff, { code: line.hs6, origin: line.origin }, rows)
      if (duty !== null) found.set(goodsKey(line), duty)
    }
    return found
  })
}
