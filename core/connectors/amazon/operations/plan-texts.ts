import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OperationInput } from '#core/contracts/operations.ts'
import { applyPatch, patchText, type Patch } from '#core/connectors/amazon/mapping/patches.ts'
import { ownerOf, type Placed } from '#core/connectors/amazon/mapping/texts.ts'
import type { Submission } from '#core/connectors/amazon/operations/submit-patches.ts'

export type TextChange = OperationInput<'push-listing'>['changes'][number]

/**
 * Each text to the marketplace it belongs to, all texts of one marketplace in one submission. Issue `invalid-input.no-market-for-language`
 * for a language that none of the listing's marketplaces reads.
 */
export function planTexts(places: readonly Placed[], changes: readonly TextChange[]): Result<Submission[]> {
  const planned = new Map<string, { place: Placed; patched: Placed; patches: Patch[]; locales: string[] }>()
  for (const { locale, part, value } of changes) {
    const place = ownerOf(places, locale, part)
    if (place === null)
      return err(
        issue('invalid-input', { reason: 'no-market-for-language', field: 'changes', remoteMessage: locale }),
      )
    const { id } = place.marketplace
    const before = planned.get(id) ?? { place, patched: place, patches: [], locales: [] }
    const patch = patchText(before.patched, part, locale, value)
    planned.set(id, {
      place,
      patched: applyPatch(before.patched, patch),
      // One patch per attribute: the last has what the ones before it made.
      patches: [...before.patches.filter(({ path }) => path !== patch.path), patch],
      locales: [...new Set([...before.locales, locale])],
    })
  }
  return ok([...planned.values()].map(({ place, patches, locales }) => ({ place, patches, locales })))
}
