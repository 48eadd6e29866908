import type { FakePatch } from './listings-state.ts'

export interface FakeMessage {
  messageId: number
  sku: string
  operationType: string
  productType?: string
  patches?: FakePatch[]
}

/** As the official schema has it (listings-feed-schema-v2). */
export interface FeedContent {
  header: { sellerId: string; version: string }
  messages: FakeMessage[]
}

export interface FakeDocument {
  /** What was put, or what is to be read; null until somebody put it. */
  content: unknown
  isPacked: boolean
}

export interface FakeFeed {
  feedId: string
  marketplaceId: string
  inputId: string
  createdAt: number
  status: 'IN_QUEUE' | 'IN_PROGRESS' | 'DONE' | 'FATAL' | 'CANCELLED'
  /** Of the report; absent until there is one. */
  resultId?: string
}

export interface FakeFeeds {
  documents: Map<string, FakeDocument>
  byId: Map<string, FakeFeed>
  /** From a feed's making to its end, ms; half of it is spent in the queue. */
  delayMs: number
  /** How feeds end. */
  end: 'DONE' | 'FATAL' | 'CANCELLED'
  packsReports: boolean
}

export function createFeeds(): FakeFeeds {
  return { documents: new Map(), byId: new Map(), delayMs: 0, end: 'DONE', packsReports: false }
}
