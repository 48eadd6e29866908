import { checkFacts, type ProductFacts } from '#core/catalog/product-facts.ts'
import type { Product } from '#core/catalog/product.ts'
import { findExponent } from '#core/money/currencies.ts'
import { changeText, type FieldChange } from '#core/shared/field-change.ts'
import { ok, type Result } from '#core/shared/result.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { NO_CUSTOMS, productsBySku, saveProducts } from '#renderer/data/repos/products.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Writes what a product costs, its barcodes and its bin. Issues: `invalid-input` currency-unknown, cost-negative, barcode-invalid,
 * barcodes-too-many, bin-too-long, with the field.
 */
export async function editProductFacts(
  ctx: UseCaseContext,
  { sku, ...facts }: ProductFacts & { sku: string },
): Promise<Result<{ changed: boolean }>> {
  const checked = checkFacts(facts)
  if (!checked.ok) return checked
  const known = facts.cost === null ? ok(0) : findExponent(facts.cost.currency)
  if (!known.ok) return known
  const stores = ['products', 'activity', 'settings'] as const
  return inUnit(ctx.db, { stores, durability: 'strict' }, async () => {
    const product = (await productsBySku(ctx.db, [sku])).get(sku)
    const base = product ?? { id: ctx.newId<'product'>(), sku, titles: {}, customs: NO_CUSTOMS, updatedAt: 0 }
    const changed = await putProductFacts(ctx, [{ product: base, facts: checked.value }])
    return ok({ changed: changed.length > 0 })
  })
}

/** The write itself, inside a unit over `products`, `activity` and `settings`; the SKUs of those that differ from what was there. */
export async function putProductFacts(
  { db, newId, now }: UseCaseContext,
  edits: readonly { product: Product; facts: Partial<ProductFacts> }[],
): Promise<string[]> {
  const changed = edits
    .map(({ product, facts }) => ({ product, after: withFacts(product, facts, now()) }))
    .map(({ product, after }) => ({ after, changes: factChanges(product, after) }))
    .filter(({ changes }) => changes.length > 0)
  await saveProducts(
    db,
    changed.map(({ after }) => after),
  )
  await addActivity(
    db,
    newId,
    changed.map(({ after: { sku }, changes }) => ({
      ...{ entityKey: `product:${sku}`, connectionId: '' as const, label: sku },
      ...{ at: now(), by: 'here' as const, what: 'product-facts-edited', values: { sku }, changes },
    })),
  )
  return changed.map(({ after }) => after.sku)
}

/** What is not said stays; what is not known is absent, as in a product that never had any. */
function withFacts(product: Product, facts: Partial<ProductFacts>, updatedAt: number): Product {
  const { cost: costHere, barcodes: codesHere, bin: binHere, ...rest } = product
  const cost = facts.cost === undefined ? costHere : facts.cost
  const barcodes = facts.barcodes ?? codesHere ?? []
  const bin = facts.bin ?? binHere ?? ''
  return {
    ...rest,
    ...(cost ? { cost } : {}),
    ...(barcodes.length > 0 ? { barcodes } : {}),
    ...(bin === '' ? {} : { bin }),
    updatedAt,
  }
}

function factChanges(before: Product, after: Product): FieldChange[] {
  const texts = (of: Product) => ({
    cost: changeText(of.cost),
    barcodes: changeText(of.barcodes?.join(', ')),
    bin: changeText(of.bin),
  })
  const [from, to] = [texts(before), texts(after)]
  return (['cost', 'barcodes', 'bin'] as const)
    .map((field) => ({ field, from: from[field], to: to[field] }))
    .filter((change) => change.from !== change.to)
}
