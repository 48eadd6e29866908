import { z } from '#core/contracts/zod.ts'
import { addressSchema, connectionIdSchema, moneySchema, text } from '#core/contracts/values.ts'
import type { ItemCustoms } from '#core/catalog/product.ts'

export const itemCustomsSchema = z.object({
  description: text(300),
  descriptionLocal: text(300),
  hs6: text(14),
  origin: text(2),
  unitValue: moneySchema.nullable(),
  unitNetGrams: z.number().nonnegative().nullable(),
}) satisfies z.ZodType<ItemCustoms>

/** What the demo workspace is opened with; orders are not in it, they are pulled from the demo shops. */
export const demoSeedSchema = z.object({
  shops: z.array(z.object({ shop: text(40), name: text(200), connectorId: text(40) })).max(10),
  sender: addressSchema,
  signer: text(200),
  homeCurrency: z.string().regex(/^[A-Z]{3}$/),
  pools: z
    .array(z.object({ service: text(60), from: text(13), to: text(13), lowWater: z.number().int() }))
    .max(10),
  products: z
    .array(
      z.object({
        sku: text(200),
        titles: z.record(text(20), text(1000)),
        customs: itemCustomsSchema,
        cost: moneySchema.optional(),
        bin: text(24).optional(),
      }),
    )
    .max(2000),
})
export type DemoSeed = z.infer<typeof demoSeedSchema>

/** What can happen at a demo shop without this desk. */
export const DEMO_STIRS = ['title', 'price', 'stock', 'delete-product', 'address', 'cancel-order'] as const

/**
 * Makes somebody at a demo shop do something, to show what the app makes of it. `target` is the remote id or the number of what
 * it is done to (a listing, an offer by its SKU, an order); '' takes the first that fits. `value` is the new title, the price as
 * a decimal, the pieces sold, or the new street; without it there is one that differs from what is there.
 */
export const demoStirSchema = z.strictObject({
  shop: connectionIdSchema,
  what: z.enum(DEMO_STIRS),
  target: text(200),
  value: text(1000).optional(),
})
export type DemoStir = z.infer<typeof demoStirSchema>
