import type { ItemCustoms } from '#core/catalog/product.ts'

/** What holds for all goods of a desk until somebody says otherwise, e.g. that everything is made in CN. */
export type AccountCustoms = Partial<Pick<ItemCustoms, 'description' | 'descriptionLocal' | 'hs6' | 'origin'>>

/** Where a fact came from; `none` when nobody knows it. */
export type CustomsSource = 'line' | 'product' | 'account' | 'none'

export interface MergedCustoms {
  customs: ItemCustoms
  from: Record<keyof ItemCustoms, CustomsSource>
}

/**
 * The customs facts of an order line: what its own override knows, else what the product knows, else what holds for the desk, field by
 * field. A blank text or null knows nothing. Blanks around texts are dropped.
 */
export function mergeCustoms(
  product: ItemCustoms | null,
  override: ItemCustoms | null,
  account: AccountCustoms | null = null,
): MergedCustoms {
  const levels: readonly (readonly [CustomsSource, Partial<ItemCustoms> | null])[] = [
    ['line', override],
    ['product', product],
    ['account', account],
  ]
  const pick = <T>(
    read: (facts: Partial<ItemCustoms>) => T | null | undefined,
    none: T,
  ): [T, CustomsSource] => {
    for (const [source, facts] of levels) {
      const known = facts && read(facts)
      if (known !== null && known !== undefined) return [known, source]
    }
    return [none, 'none']
  }
  const text = (key: keyof AccountCustoms): [string, CustomsSource] =>
    pick((facts) => facts[key]?.trim() || null, '')
  const [description, a] = text('description')
  const [descriptionLocal, b] = text('descriptionLocal')
  const [hs6, c] = text('hs6')
  const [origin, d] = text('origin')
  const [unitValue, e] = pick<ItemCustoms['unitValue']>((facts) => facts.unitValue, null)
  const [unitNetGrams, f] = pick<number | null>((facts) => facts.unitNetGrams, null)
  return {
    customs: { description, descriptionLocal, hs6, origin, unitValue, unitNetGrams },
    from: { description: a, descriptionLocal: b, hs6: c, origin: d, unitValue: e, unitNetGrams: f },
  }
}
