import { ok, type Result } from '#core/shared/result.ts'
import type { FileOrigin } from '#renderer/data/records.ts'
import { loadTariffsHere, noteTariffChecked } from '#renderer/data/repos/nomenclature.repo.ts'
import type { ImportedTariff } from '#renderer/data/transfer/tariff-file.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { TARIFF_ADDRESSES } from '#renderer/platform/tariff-addresses.ts'
import type { TransferControl } from '#renderer/usecases/export-workspace.ts'
import { importTariff } from '#renderer/usecases/import-tariff.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

type TariffCalls = 'tariff.begin' | 'tariff.read' | 'tariff.close'

/**
 * Takes over a tariff from an address of the list. Null when the server says that what is here is still what is there. What is cut off leaves
 * the tariff of before in force and nothing behind; the next attempt begins anew. Issues: those of main's downloads and of importTariff().
 */
export async function fetchTariff(
  ctx: Pick<UseCaseContext<TariffCalls>, 'db' | 'now' | 'newId' | 'host'>,
  address: string,
  control: TransferControl,
): Promise<Result<ImportedTariff | null>> {
  const { db, host, now } = ctx
  const { etag, lastModified } = await knownOf(ctx, address)
  const begun = await host['tariff.begin']({ address, etag, lastModified })
  if (!begun.ok) return begun
  const { session, totalBytes, ...said } = begun.value
  if (session === null) {
    await inUnit(db, { stores: ['referenceFiles'], durability: 'relaxed' }, () =>
      noteTariffChecked(db, address, now()),
    )
    return ok(null)
  }
  const next = async (): Promise<Result<Uint8Array | null>> => {
    const read = await host['tariff.read']({ session })
    return read.ok ? ok(read.value.bytes) : read
  }
  const source = { name: address, size: totalBytes, columns: null, next }
  try {
    return await importTariff(ctx, { ...source, origin: { address, ...said, checkedAt: now() } }, control)
  } finally {
    await host['tariff.close']({ session })
  }
}

/** What to ask with; nothing unless all that the address holds is here from there. */
async function knownOf(
  { db }: Pick<UseCaseContext<never>, 'db'>,
  address: string,
): Promise<Pick<FileOrigin, 'etag' | 'lastModified'>> {
  const here = (await loadTariffsHere(db)).filter(({ origin }) => origin?.address === address)
  const holds = TARIFF_ADDRESSES.find(({ id }) => id === address)?.holds.length ?? 1
  const [first] = here
  return here.length === holds && first?.origin ? first.origin : { etag: '', lastModified: '' }
}
