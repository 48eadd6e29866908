import type { AdminSession } from './peer-api.ts'
import { translate } from './seed-shop.ts'

export type SeededVariant = { id: string; sku: string; name: string; price: number; stock: number }
export type SeededProduct = { id: string; name: string; slug: string; variants: SeededVariant[] }

export type ProductSpec = { products: number; variantsPerProduct: number; stock: number }

type Base = { en: string; de: string; code: string; price: number; aboutEn: string; aboutDe: string }

// prettier-ignore
const bases: Base[] = [
  { en: 'Ceramic Mug', de: 'Keramikbecher', code: 'MUG', price: 1490, aboutEn: 'Hand-thrown, 350 ml.', aboutDe: 'Handgetöpfert, 350 ml.' },
  { en: 'Linen Apron', de: 'Leinenschürze', code: 'APR', price: 3900, aboutEn: 'Washed linen, two pockets.', aboutDe: 'Gewaschenes Leinen, zwei Taschen.' },
  { en: 'Leather Notebook', de: 'Ledernotizbuch', code: 'NTB', price: 2450, aboutEn: '160 pages, A5.', aboutDe: '160 Seiten, A5.' },
  { en: 'Wool Scarf', de: 'Wollschal', code: 'SCF', price: 4990, aboutEn: 'Merino, 180 cm.', aboutDe: 'Merinowolle, 180 cm.' },
  { en: 'Oak Cutting Board', de: 'Schneidebrett aus Eiche', code: 'BRD', price: 3290, aboutEn: 'Oiled oak, 40 × 25 cm.', aboutDe: 'Geölte Eiche, 40 × 25 cm.' },
  { en: 'Soy Candle', de: 'Sojakerze', code: 'CND', price: 1890, aboutEn: 'Burns for 40 hours.', aboutDe: 'Brenndauer 40 Stunden.' },
]

const colours: [en: string, de: string, code: string][] = [
  ['Blue', 'Blau', 'BLU'],
  ['Green', 'Grün', 'GRN'],
  ['White', 'Weiß', 'WHT'],
  ['Grey', 'Grau', 'GRY'],
  ['Red', 'Rot', 'RED'],
]

/** Creates products number `from + 1` and on. Prices are minor units of EUR, tax included; USD is set 10 % higher. */
export async function seedProducts(
  admin: AdminSession,
  spec: ProductSpec,
  from = 0,
): Promise<SeededProduct[]> {
  if (spec.variantsPerProduct > colours.length)
    throw new Error(`At most ${colours.length} variants per product`)
  const made: SeededProduct[] = []
  for (let n = from; n < from + spec.products; n += 1) made.push(await seedProduct(admin, spec, n))
  return made
}

async function seedProduct(admin: AdminSession, spec: ProductSpec, n: number): Promise<SeededProduct> {
  const base = bases[n % bases.length] as Base
  const round = Math.floor(n / bases.length) + 1
  const suffix = round === 1 ? '' : ` ${round}`
  const slug = `${base.en.toLowerCase().replaceAll(' ', '-')}-${n + 1}`
  const name = `${base.en}${suffix}`
  const { createProduct } = await admin.run<{ createProduct: { id: string } }>(
    'mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }',
    {
      input: {
        enabled: true,
        translations: translate(
          { name, slug, description: base.aboutEn },
          { name: `${base.de}${suffix}`, slug: `${slug}-de`, description: base.aboutDe },
        ),
      },
    },
  )
  const used = colours.slice(0, spec.variantsPerProduct)
  const optionIds = used.length > 1 ? await seedOptions(admin, createProduct.id, slug, used) : []
  const variants = await seedVariants(admin, createProduct.id, {
    base,
    n,
    used,
    optionIds,
    suffix,
    stock: spec.stock,
  })
  return { id: createProduct.id, name, slug, variants }
}

/** Several variants of one product must differ in their options: Vendure refuses them otherwise. */
async function seedOptions(
  admin: AdminSession,
  productId: string,
  slug: string,
  used: typeof colours,
): Promise<string[]> {
  const { createProductOptionGroup: group } = await admin.run<{
    createProductOptionGroup: { id: string; options: { id: string }[] }
  }>(
    'mutation ($input: CreateProductOptionGroupInput!) { createProductOptionGroup(input: $input) { id options { id } } }',
    {
      input: {
        code: `colour-${slug}`,
        translations: translate({ name: 'Colour' }, { name: 'Farbe' }),
        options: used.map(([en, de, code]) => ({
          code: code.toLowerCase(),
          translations: translate({ name: en }, { name: de }),
        })),
      },
    },
  )
  await admin.run(
    'mutation ($productId: ID!, $groupId: ID!) { addOptionGroupToProduct(productId: $productId, optionGroupId: $groupId) { id } }',
    { productId, groupId: group.id },
  )
  return group.options.map((option) => option.id)
}

type VariantPlan = {
  base: Base
  n: number
  used: typeof colours
  optionIds: string[]
  suffix: string
  stock: number
}

async function seedVariants(
  admin: AdminSession,
  productId: string,
  plan: VariantPlan,
): Promise<SeededVariant[]> {
  const { base, n, used, optionIds, suffix, stock } = plan
  const input = used.map(([en, de, code], index) => ({
    productId,
    sku: `${base.code}-${String(n + 1).padStart(4, '0')}${used.length > 1 ? `-${code}` : ''}`,
    price: base.price + index * 100,
    stockOnHand: stock,
    trackInventory: 'TRUE',
    ...(optionIds[index] === undefined ? {} : { optionIds: [optionIds[index]] }),
    translations:
      used.length > 1
        ? translate({ name: `${base.en}${suffix} ${en}` }, { name: `${base.de}${suffix} ${de}` })
        : translate({ name: `${base.en}${suffix}` }, { name: `${base.de}${suffix}` }),
  }))
  const { createProductVariants } = await admin.run<{
    createProductVariants: { id: string; sku: string; name: string }[]
  }>(
    'mutation ($input: [CreateProductVariantInput!]!) { createProductVariants(input: $input) { id sku name } }',
    { input },
  )
  // Prices in another currency are only taken by the update.
  await admin.run(
    'mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }',
    {
      input: createProductVariants.map(({ id }, index) => {
        const price = input[index]?.price ?? base.price
        return {
          id,
          prices: [
            { currencyCode: 'EUR', price },
            { currencyCode: 'USD', price: Math.round(price * 1.1) },
          ],
        }
      }),
    },
  )
  return createProductVariants.map(({ id, sku, name }, index) => ({
    id,
    sku,
    name,
    price: input[index]?.price ?? base.price,
    stock,
  }))
}
