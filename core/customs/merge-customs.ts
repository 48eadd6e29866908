import type { ItemCustoms } from '#core/catalog/product.ts'

/** Where a fact came from; `none` when neither knows it. */
export type CustomsSource = 'line' | 'product' | 'none'

export interface MergedCustoms {
  customs: ItemCustoms
  from: Record<keyof ItemCustoms, CustomsSource>
}

/**
 * The customs facts of an order line: what its own override knows, else what the product knows, field by
 * field. A blank text or null knows nothing. Blanks around texts are dropped.
 */
export function mergeCustoms(product: ItemCustoms | null, override: ItemCustoms | null): MergedCustoms {
  const pick = <T>(read: (facts: ItemCustoms) => T | null, none: T): [T, CustomsSource] => {
    const own = override && read(override)
    if (own !== null) return [own, 'line']
    const inherited = product && read(product)
    return inherited === null ? [none, 'none'] : [inherited, 'product']
  }
  const text = (key: 'description' | 'descriptionLocal' | 'hs6' | 'origin'): [string, CustomsSource] =>
    pick((facts) => facts[key].trim() || null, '')
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
