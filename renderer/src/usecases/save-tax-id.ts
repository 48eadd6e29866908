import { readSellerId, type SellerId } from '#core/customs/tax-ids/seller-id.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { loadDesk } from '#renderer/data/repos/settings.repo.ts'
import { saveSettings } from '#renderer/usecases/save-settings.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

export interface TypedTaxId extends Omit<SellerId, 'id'> {
  /** Of the one to change; null for a new one. */
  id: string | null
  /** '' leaves the number of one that is there as it is. */
  number: string
}

/**
 * Keeps a tax id of the seller: the number in main's vault, everything else about it in the settings. The number goes first, so that nothing
 * here ever names one that is not there. Issues: those of readSellerId() and of the vault (`auth.vault-locked`),
 * `invalid-input.tax-id-twice` when the shop has one of that kind already.
 */
export async function saveTaxId(ctx: UseCaseContext, typed: TypedTaxId): Promise<Result<SellerId>> {
  const { id, number, ...facts } = typed
  const { taxIds = [] } = (await loadDesk(ctx.db)).customs
  if (taxIds.some((each) => each.id !== id && isSamePlace(each, facts)))
    return err(issue('invalid-input', { reason: 'tax-id-twice', field: 'connectionId' }))
  const saved: SellerId = { ...facts, id: id ?? ctx.newId<'tax-id'>() }
  if (id === null || number.trim() !== '') {
    const { kind, country } = facts
    const checked = readSellerId(kind, country, number)
    if (!checked.ok) return checked
    const stored = await ctx.host['tax-ids.save']({ id: saved.id, kind, country, number: checked.value })
    if (!stored.ok) return stored
  }
  await putTaxIds(ctx, (others) => [...others.filter((each) => each.id !== saved.id), saved])
  return ok(saved)
}

function isSamePlace(a: Omit<SellerId, 'id'>, b: Omit<SellerId, 'id'>): boolean {
  return a.kind === b.kind && a.country === b.country && a.connectionId === b.connectionId
}

/** Forgets a tax id here and in the vault; what was printed stays. Issues: the vault's, and then nothing has changed. */
export async function removeTaxId(ctx: UseCaseContext, id: string): Promise<Result<null>> {
  const removed = await ctx.host['tax-ids.remove']({ id })
  if (!removed.ok) return removed
  await putTaxIds(ctx, (all) => all.filter((each) => each.id !== id))
  return ok(null)
}

async function putTaxIds(
  ctx: UseCaseContext,
  change: (taxIds: readonly SellerId[]) => readonly SellerId[],
): Promise<void> {
  const { customs } = await loadDesk(ctx.db)
  await saveSettings(ctx, { patch: { customs: { ...customs, taxIds: change(customs.taxIds ?? []) } } })
}
