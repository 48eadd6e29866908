import { PAPER_MEDIA, type DocumentRequest, type PaperKind } from '#core/documents/document-request.ts'
import { FONT_IDS } from '#core/documents/font-metrics.ts'
import { DPIS } from '#core/documents/print-head.ts'
import type { Page } from '#core/documents/page-model.ts'
import { PAPER_LANGUAGES } from '#core/documents/words/flow-words.ts'
import { CUSTOMS_CATEGORIES } from '#core/customs/declaration.ts'
import { addressSchema, declarationSchema, issueSchema, moneySchema, text } from '#core/contracts/values.ts'
import { z } from '#core/contracts/zod.ts'

/** What papers are drawn from, and their pages as data. The types these are held to stand in core/documents. */

/** Papers in one document: a thousand labels are some 10 MB and a few seconds of drawing. */
export const MOST_PAPERS = 1000
/** Papers whose pages are given as data, to be looked at. */
export const MOST_PREVIEWS = 20

const count = z.number().int().nonnegative()
const weight = z.number().nonnegative().max(10_000_000)
const isoDate = z.string().regex(/^(\d{4}-\d{2}-\d{2})?$/)
const head = { orderNumber: text(100), draft: z.boolean() }
const tracking = text(100)

const labelSchema = z.strictObject({
  orderNumber: text(100),
  serviceName: text(60),
  priorityMark: text(60),
  from: addressSchema,
  to: addressSchema,
  /** S10; may be empty on a draft. */
  tracking: z.string().regex(/^([A-Z]{2}\d{9}[A-Z]{2})?$/),
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
    .max(200)
    .readonly(),
  grossGrams: z.number().positive(),
  sizeMm: z
    .object({ length: z.number().positive(), width: z.number().positive(), height: z.number().positive() })
    .nullable(),
  draft: z.boolean(),
})

const cn22Schema = z.strictObject({ ...head, operator: text(60), tracking, declaration: declarationSchema })

const cn23Schema = z.strictObject({
  ...head,
  operator: text(60),
  tracking,
  from: addressSchema,
  to: addressSchema,
  declaration: declarationSchema,
  importerReference: text(100),
  importerContact: text(200),
  postalCharges: moneySchema.nullable(),
  posting: text(100),
  comments: text(300),
  licenceNo: text(60),
  certificateNo: text(60),
  invoiceNo: text(60),
})

const partySchema = z.strictObject({
  address: addressSchema,
  vat: text(60),
  eori: text(60),
  taxId: text(100),
})

const invoiceLineSchema = z.strictObject({
  sku: text(200),
  description: text(300),
  descriptionLocal: text(300),
  hs: text(14),
  hsImport: text(14),
  origin: text(2),
  quantity: z.number().positive(),
  unit: text(20),
  unitValue: moneySchema,
  value: moneySchema,
  netGrams: weight,
  grossGrams: weight.nullable(),
})

const invoiceSchema = z.strictObject({
  ...head,
  proforma: z.boolean(),
  invoiceNo: text(60),
  issuedOn: isoDate,
  tracking,
  shipper: partySchema,
  seller: partySchema.nullable(),
  shipTo: partySchema,
  buyer: partySchema.nullable(),
  importer: partySchema.nullable(),
  shipperReference: text(100),
  receiverReference: text(100),
  reason: z.enum(CUSTOMS_CATEGORIES),
  incoterm: text(10),
  incotermPlace: text(100),
  currency: z.string().regex(/^[A-Z]{3}$/),
  lines: z.array(invoiceLineSchema).max(500).readonly(),
  discount: moneySchema.nullable(),
  freight: moneySchema.nullable(),
  insurance: moneySchema.nullable(),
  otherCharges: moneySchema.nullable(),
  total: moneySchema,
  packages: count,
  netGrams: weight,
  grossGrams: weight,
  exportReference: text(100),
  originStatement: text(2000),
  signer: text(200),
  place: text(100),
  signedOn: isoDate,
})

const packingLinesSchema = z
  .array(
    z.strictObject({
      sku: text(200),
      title: text(1000),
      titleEn: text(1000),
      variant: text(300),
      quantity: count,
      bin: text(40),
      price: moneySchema.nullable(),
    }),
  )
  .max(500)
  .readonly()

const packingSlipSchema = z.strictObject({
  ...head,
  shopName: text(200),
  shipOn: isoDate,
  shipTo: addressSchema,
  lines: packingLinesSchema,
  withPrices: z.boolean(),
  total: moneySchema.nullable(),
  note: text(2000),
  returnsUrl: text(500),
})

const pickListSchema = z.strictObject({
  batchName: text(100),
  madeOn: isoDate,
  orders: z
    .array(
      z.strictObject({
        orderNumber: text(100),
        slot: text(20),
        destination: text(2),
        lines: packingLinesSchema,
      }),
    )
    .max(1000)
    .readonly(),
})

const handOverSchema = z.strictObject({
  carrier: text(100),
  account: text(100),
  origin: text(200),
  date: isoDate,
  sequenceNo: text(40),
  manifestId: text(100),
  lines: z
    .array(
      z.strictObject({
        tracking,
        orderNumber: text(100),
        destination: text(2),
        service: text(100),
        grams: weight,
        bag: text(60),
      }),
    )
    .max(10_000)
    .readonly(),
  draft: z.boolean(),
})

function requestOf<Kind extends PaperKind, Item extends z.ZodType>(kind: Kind, item: Item) {
  return z.strictObject({
    kind: z.literal(kind),
    medium: z.enum(PAPER_MEDIA[kind]),
    items: z.array(item).min(1).max(MOST_PAPERS).readonly(),
    language: z.enum(PAPER_LANGUAGES),
    copies: z.number().int().min(1).max(4),
  })
}

export const documentRequestSchema = z.discriminatedUnion('kind', [
  requestOf('label', labelSchema).extend({ dpi: z.literal(DPIS).optional() }),
  requestOf('cn22', cn22Schema),
  requestOf('cn23', cn23Schema),
  requestOf('invoice', invoiceSchema),
  requestOf('packing-slip', packingSlipSchema),
  requestOf('pick-list', pickListSchema),
  requestOf('hand-over', handOverSchema),
]) satisfies z.ZodType<DocumentRequest>

/** Papers that could not be drawn in full, by the place of their item. */
const refused = z.array(z.object({ item: count, issues: z.array(issueSchema) }))

const mm = z.number()
const font = z.enum(FONT_IDS)

const pageSchema = z.object({
  width: mm,
  height: mm,
  items: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('text'), font, sizePt: mm, x: mm, y: mm, width: mm, text: z.string() }),
      z.object({ kind: z.literal('rect'), x: mm, y: mm, width: mm, height: mm, lineWidth: mm }),
      z.object({ kind: z.literal('line'), x1: mm, y1: mm, x2: mm, y2: mm, lineWidth: mm }),
      z.object({ kind: z.literal('bars'), x: mm, y: mm, height: mm, module: mm, widths: z.array(mm) }),
      z.object({ kind: z.literal('matrix'), x: mm, y: mm, module: mm, rows: z.array(z.string()) }),
      z.object({
        ...{ kind: z.literal('watermark'), font, sizePt: mm, centreX: mm, centreY: mm, width: mm },
        ...{ degrees: mm, lineWidth: mm, text: z.string() },
      }),
    ]),
  ),
}) satisfies z.ZodType<Page>

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

export const paperChannels = {
  /**
   * Draws papers into one PDF, in the order of their items. What cannot be drawn in full is left out and named; fails when that is
   * everything.
   */
  'documents.render': {
    input: z.strictObject({ request: documentRequestSchema }),
    output: z.object({
      bytes,
      sha256: text(64),
      /** Pages of each item, copies included; 0 for those refused. */
      pages: z.array(count),
      refused,
    }),
  },
  /** The pages of a few papers as data, to be shown before anything is printed. */
  'documents.layout': {
    input: z.strictObject({ request: documentRequestSchema }),
    output: z.object({
      papers: z
        .array(z.object({ item: count, title: z.string(), pages: z.array(pageSchema) }))
        .max(MOST_PREVIEWS),
      refused,
    }),
  },
} as const
