import { z } from '#core/contracts/zod.ts'
import type { Patch } from '#core/connectors/amazon/mapping/patches.ts'
import { wireList, wireObject, wireOptional, wireText } from '#core/connectors/_kit/wire.ts'

/** One change of a listing, in the shape of the listings feed, version 2. */
export interface FeedMessage {
  /** From 1; the report names changes by it. */
  messageId: number
  sku: string
  operationType: 'PATCH'
  productType: string
  patches: Patch[]
}

/** Answers of the Feeds API 2021-06-30. */
export const newDocumentWireSchema = wireObject({ feedDocumentId: z.string().min(1), url: z.string().min(1) })
export const newFeedWireSchema = wireObject({ feedId: z.string().min(1).max(200) })
export const feedWireSchema = wireObject({
  processingStatus: z.string().min(1),
  resultFeedDocumentId: wireOptional(z.string().min(1)),
})
export const documentWireSchema = wireObject({ url: z.string().min(1), compressionAlgorithm: wireText() })

/** Listings feed processing report, version 2. An issue without a message is about the feed as a whole. */
export const reportWireSchema = wireObject({
  issues: wireList(
    wireObject({
      messageId: wireOptional(z.number().int().positive()),
      code: wireText(),
      severity: wireText(),
      message: wireText(),
      attributeName: wireText(),
    }),
  ),
})
export type ReportWire = z.infer<typeof reportWireSchema>
