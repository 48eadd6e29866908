import { z } from '#core/contracts/zod.ts'
import { addressSchema, declarationSchema, text } from '#core/contracts/values.ts'

/** What a label is drawn from; `core/documents/label-model.ts` has the type this is held to. */
export const labelInputSchema = z.strictObject({
  orderNumber: text(100),
  serviceName: text(60),
  priorityMark: text(60),
  from: addressSchema,
  to: addressSchema,
  tracking: z.string().regex(/^[A-Z]{2}\d{9}[A-Z]{2}$/),
  declaration: declarationSchema.nullable(),
  pickLines: z
    .array(
      z.object({
        sku: text(200),
        title: text(1000),
        quantity: z.number().int().positive(),
        bin: text(40).optional(),
      }),
    )
    .max(200),
  grossGrams: z.number().positive(),
  sizeMm: z
    .object({ length: z.number().positive(), width: z.number().positive(), height: z.number().positive() })
    .nullable(),
  draft: z.boolean(),
})
