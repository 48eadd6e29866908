import type { ItemCustoms } from '#core/catalog/product.ts'

/** What holds for all goods of a desk until somebody says otherwise, e.g. that everything is made in CN. */
export type AccountCustoms = Partial<
  Pick<ItemCustoms, 'description' | 'descriptionLocal' | 'hs6' | 'origin' | 'responsible'>
>

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
  const from: MergedCustoms['from'] = {
    ...{ description: 'none', descriptionLocal: 'none', hs6: 'none', origin: 'none', unitValue: 'none' },
    ...{
      national: 'none',
      nomenclature: 'none',
      unitNetGrams: 'none',
      battery: 'none',
      makerId: 'none',
      responsible: 'none',
    },
  }
  const pick = <K extends keyof ItemCustoms>(key: K): NonNullable<ItemCustoms[K]> | undefined => {
    for (const [source, facts] of levels) {
      const known = trimmed(facts?.[key])
      if (known === null || known === undefined || known === '') continue
      from[key] = source
      return known
    }
    return undefined
  }
  const customs: ItemCustoms = {
    description: pick('description') ?? '',
    descriptionLocal: pick('descriptionLocal') ?? '',
    hs6: pick('hs6') ?? '',
    origin: pick('origin') ?? '',
    unitValue: pick('unitValue') ?? null,
    unitNetGrams: pick('unitNetGrams') ?? null,
  }
  const [national, nomenclature] = [pick('national'), pick('nomenclature')]
  const [battery, makerId, responsible] = [pick('battery'), pick('makerId'), pick('responsible')]
  return {
    customs: {
      ...customs,
      ...(national === undefined ? {} : { national }),
      ...(nomenclature === undefined ? {} : { nomenclature }),
      ...(battery === undefined ? {} : { battery }),
      ...(makerId === undefined ? {} : { makerId }),
      ...(responsible === undefined ? {} : { responsible }),
    },
    from,
  }
}

function trimmed<T>(value: T): T {
  return typeof value === 'string' ? (value.trim() as T & string) : value
}
