import { gzipSync } from 'node:zlib'
import { timeOf, type FakeAccount } from './account-state.ts'
import type { FakeFeed, FakeMessage, FeedContent } from './feeds-state.ts'
import { apply, findFaults } from './listings-api.ts'
import { settle, type FakeIssue } from './listings-state.ts'
import { ok, refuse, type FakeAnswer, type FakeRequest, type Route } from './route.ts'

const invalid = (message: string): FakeAnswer => refuse(400, 'InvalidInput', message)
const addressOf = ({ definitions }: FakeAccount, id: string): string =>
  `${definitions.storageUrl}/documents/feeds/${id}`

function createDocument(account: FakeAccount): FakeAnswer {
  const id = `amzn1.tortuga.4.eu.${account.nextId()}`
  account.feeds.documents.set(id, { content: null, isPacked: false })
  return { status: 201, json: { feedDocumentId: id, url: addressOf(account, id) } }
}

function createFeed(account: FakeAccount, { body }: FakeRequest): FakeAnswer {
  const { feedType, marketplaceIds, inputFeedDocumentId } = body as {
    feedType: string
    marketplaceIds: string[]
    inputFeedDocumentId: string
  }
  if (feedType !== 'JSON_LISTINGS_FEED') return invalid(`Invalid feedType '${feedType}'.`)
  const [marketplaceId = ''] = marketplaceIds
  if (!account.marketplaces.some(({ id }) => id === marketplaceId)) return invalid('Invalid marketplaceIds.')
  const document = account.feeds.documents.get(inputFeedDocumentId)
  if (document === undefined || document.content === null) return invalid('Invalid inputFeedDocumentId.')
  const feed: FakeFeed = {
    ...{ feedId: `5${account.nextId()}`, marketplaceId, inputId: inputFeedDocumentId },
    ...{ createdAt: account.now(), status: 'IN_QUEUE' as const },
  }
  account.feeds.byId.set(feed.feedId, feed)
  account.listings.pending.push({
    at: feed.createdAt + account.feeds.delayMs,
    carryOut: () => carryOut(account, feed),
  })
  return { status: 202, json: { feedId: feed.feedId } }
}

/** Goes through the messages as single submissions would, and writes the report. */
function carryOut(account: FakeAccount, feed: FakeFeed): void {
  const { feeds } = account
  feed.status = feeds.end
  if (feed.status !== 'DONE') return
  const { messages } = feeds.documents.get(feed.inputId)!.content as FeedContent
  const issues = messages.flatMap((message) => carryOutOne(account, feed, message))
  const invalidOnes = new Set(
    issues.filter(({ severity }) => severity === 'ERROR').map(({ messageId }) => messageId),
  )
  feed.resultId = `amzn1.tortuga.4.eu.${account.nextId()}`
  feeds.documents.set(feed.resultId, {
    isPacked: feeds.packsReports,
    content: {
      header: { sellerId: account.sellerId, version: '2.0', feedId: feed.feedId },
      issues,
      summary: {
        errors: issues.filter(({ severity }) => severity === 'ERROR').length,
        warnings: issues.filter(({ severity }) => severity === 'WARNING').length,
        messagesProcessed: messages.length,
        messagesAccepted: messages.length - invalidOnes.size,
        messagesInvalid: invalidOnes.size,
      },
    },
  })
}

interface ReportIssue {
  messageId: number
  sku: string
  code: string
  severity: FakeIssue['severity']
  message: string
  attributeName?: string
}

function carryOutOne(account: FakeAccount, { marketplaceId }: FakeFeed, told: FakeMessage): ReportIssue[] {
  const { messageId, sku, productType, patches = [] } = told
  const about = { messageId, sku }
  const listing = account.listings.bySku.get(sku)
  if (listing?.markets.has(marketplaceId) !== true)
    return [{ ...about, code: '90244', severity: 'ERROR', message: `SKU '${sku}' not found.` }]
  if (productType !== listing.productType)
    return [
      { ...about, code: '90043', severity: 'ERROR', message: `Invalid productType '${productType ?? ''}'.` },
    ]
  const faults = findFaults(patches)
  if (faults.every(({ severity }) => severity !== 'ERROR')) apply(account, listing, marketplaceId, patches)
  return faults.map(({ code, severity, message, attributeNames: [attributeName] = [] }) => ({
    ...{ ...about, code, severity, message },
    ...(attributeName === undefined ? {} : { attributeName }),
  }))
}

function statusOf({ feeds, now }: FakeAccount, { status, createdAt }: FakeFeed): FakeFeed['status'] {
  if (status !== 'IN_QUEUE') return status
  return now() < createdAt + feeds.delayMs / 2 ? 'IN_QUEUE' : 'IN_PROGRESS'
}

function getFeed(account: FakeAccount, { parts: [id = ''] }: FakeRequest): FakeAnswer {
  settle(account.listings, account.now())
  const feed = account.feeds.byId.get(id)
  if (feed === undefined) return refuse(404, 'NotFound', `No feed '${id}'.`)
  return ok({
    ...{ feedId: id, feedType: 'JSON_LISTINGS_FEED', marketplaceIds: [feed.marketplaceId] },
    ...{ createdTime: timeOf(feed.createdAt), processingStatus: statusOf(account, feed) },
    ...(feed.resultId === undefined ? {} : { resultFeedDocumentId: feed.resultId }),
  })
}

function getDocument(account: FakeAccount, { parts: [id = ''] }: FakeRequest): FakeAnswer {
  const document = account.feeds.documents.get(id)
  if (document === undefined) return refuse(404, 'NotFound', `No document '${id}'.`)
  return ok({
    ...{ feedDocumentId: id, url: addressOf(account, id) },
    ...(document.isPacked && { compressionAlgorithm: 'GZIP' }),
  })
}

const FEEDS = '/feeds/2021-06-30'

export const FEED_ROUTES: readonly Route[] = [
  {
    ...{ name: 'CreateFeedDocument', method: 'POST', pattern: new RegExp(`^${FEEDS}/documents$`) },
    ...{ rate: 0.5, burst: 15, answer: createDocument },
  },
  {
    ...{ name: 'CreateFeed', method: 'POST', pattern: new RegExp(`^${FEEDS}/feeds$`) },
    ...{ rate: 0.0083, burst: 15, answer: createFeed },
  },
  {
    ...{ name: 'GetFeed', method: 'GET', pattern: new RegExp(`^${FEEDS}/feeds/([^/]+)$`) },
    ...{ rate: 2, burst: 15, answer: getFeed },
  },
  {
    ...{ name: 'GetFeedDocument', method: 'GET', pattern: new RegExp(`^${FEEDS}/documents/([^/]+)$`) },
    ...{ rate: 0.0222, burst: 10, answer: getDocument },
  },
]

/** Storage of feeds: whoever has the address may put the document once, and read it. Null where it is none of these. */
export function answerStorage(
  { feeds }: FakeAccount,
  { method, path, body }: { method: string; path: string; body: string },
): (FakeAnswer & { bytes?: Uint8Array }) | null {
  const [, id] = /^\/documents\/feeds\/([^/]+)$/.exec(path) ?? []
  if (id === undefined) return null
  const document = feeds.documents.get(decodeURIComponent(id))
  if (document === undefined) return { status: 403 }
  if (method === 'PUT') {
    document.content = JSON.parse(body)
    return { status: 200 }
  }
  if (!document.isPacked) return ok(document.content)
  return { status: 200, bytes: gzipSync(JSON.stringify(document.content)) }
}
