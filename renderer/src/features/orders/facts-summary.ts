import type { ItemCustoms } from '#core/catalog/product.ts'
import { useFormat } from '#renderer/ui/format.ts'

/** Customs facts in one line; '' where nothing is known. */
export function useFactsSummary(): (customs: ItemCustoms) => string {
  const format = useFormat()
  return ({ description, hs6, origin, unitNetGrams }) =>
    [description, hs6, origin, unitNetGrams === null ? '' : format.value.grams(unitNetGrams)]
      .filter(Boolean)
      .join(' · ')
}
