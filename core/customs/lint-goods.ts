import { packingOf } from '#core/catalog/battery.ts'
import type { ItemCustoms } from '#core/catalog/product.ts'
import { aboutPart, type DeclaredPlace } from '#core/customs/declared-place.ts'
import { customsWarning, withSource, type CustomsFinding } from '#core/customs/finding.ts'
import { findWatched, type ParcelChecks } from '#core/customs/parcel-checks.ts'
import type { GoodsAsked, RuleSource } from '#core/customs/rules/rule.ts'

/** Goods of an order line or of a part of a bundle, with all that is said of them. */
export interface LintedGoods {
  place: DeclaredPlace
  /** Declared by its parts: only the words that it is sold under count, and batteries are asked of these. */
  byParts: boolean
  quantity: number
  /** As sold and as declared, in any language. */
  texts: readonly string[]
  /** Words of the bundle that it is a part of: they may speak of its battery. */
  bundleTexts?: readonly string[]
  customs: ItemCustoms
  /** EAN, UPC… */
  barcodes: readonly string[]
}

export interface GoodsContext {
  destination: string
  /** Null while they could not be read: then nothing is found. */
  checks: ParcelChecks | null
  /** What the destination asks for of every line, and where that is written. */
  asks: ReadonlyMap<GoodsAsked, RuleSource | undefined>
}

/**
 * What is known of the goods themselves: batteries, goods that posts or destinations turn back, and numbers that the destination wants of
 * them. Only warnings with where to look: words say what something may be, and a person decides.
 */
export function lintGoods(goods: readonly LintedGoods[], context: GoodsContext): CustomsFinding[] {
  return goods.flatMap((each) => {
    if (each.quantity <= 0) return []
    const found = [...lintWords(each, context), ...(each.byParts ? [] : lintAsked(each, context))]
    return found.map((finding) => aboutPart(finding, each.place))
  })
}

function lintWords(
  { texts, bundleTexts = [], customs, place, byParts }: LintedGoods,
  { destination, checks }: GoodsContext,
): CustomsFinding[] {
  if (checks === null) return []
  const found = findWatched(texts, destination, checks.goods)
  const named =
    bundleTexts.length === 0 ? found : findWatched([...texts, ...bundleTexts], destination, checks.goods)
  const battery = named.some(({ id }) => id === 'battery')
  const others = found.filter(({ id }) => id !== 'battery')
  return [
    ...(byParts ? [] : lintBattery(customs, place, battery)).map((each) =>
      withSource(each, sourceOfBatteries(checks)),
    ),
    ...others.map(({ id, prohibited, source }) =>
      withSource(
        customsWarning(
          'goods',
          `${place.path}.customs.description`,
          prohibited ? 'goods-prohibited' : 'goods-restricted',
          id,
        ),
        checks.sources[source],
      ),
    ),
  ]
}

/** Asks whether there is one and how it travels; one that is not inside of a device needs a carrier that takes it. */
function lintBattery({ battery }: ItemCustoms, { path }: DeclaredPlace, said: boolean): CustomsFinding[] {
  const field = `${path}.customs.battery`
  if (battery === undefined) return said ? [customsWarning('battery', field, 'battery-unknown')] : []
  const packing = packingOf(battery)
  if (packing === null || battery.endsWith('-inside')) return []
  return [customsWarning('battery', field, 'battery-not-inside', `${packing.instruction}, ${packing.un}`)]
}

function sourceOfBatteries({ sources, goods }: ParcelChecks): RuleSource | undefined {
  return sources[goods.find(({ id }) => id === 'battery')?.source ?? '']
}

function lintAsked({ customs, barcodes, place }: LintedGoods, { asks }: GoodsContext): CustomsFinding[] {
  const found: CustomsFinding[] = []
  const lacks = (asked: GoodsAsked, field: keyof ItemCustoms, reason: string): void => {
    if (!asks.has(asked)) return
    const finding = customsWarning('identifier', `${place.path}.customs.${field}`, reason)
    found.push(withSource(finding, asks.get(asked)))
  }
  if (customs.makerId === undefined && barcodes.length === 0)
    lacks('product-id', 'makerId', 'product-id-missing')
  if (customs.responsible === undefined) lacks('responsible', 'responsible', 'responsible-missing')
  return found
}
