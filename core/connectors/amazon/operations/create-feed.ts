import { err, ok } from '#core/shared/result.ts'
import { issue } from '#core/shared/issue.ts'
import type { OpContext, Step } from '#core/connectors/_kit/operation.ts'
import { unreadableAnswer } from '#core/connectors/_kit/http-issue.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import { callAmazon } from '#core/connectors/amazon/api.ts'
import {
  newDocumentWireSchema,
  newFeedWireSchema,
  type FeedMessage,
} from '#core/connectors/amazon/feed-wire.ts'
import type { Marketplace } from '#core/connectors/amazon/marketplaces.ts'
import { readSettings } from '#core/connectors/amazon/settings.ts'
import { callStorage, isStorage } from '#core/connectors/amazon/storage.ts'

export const FEEDS = '/feeds/2021-06-30'

/** As it is told when the document is asked for, and as it is put. JSON is UTF-8 (RFC 8259, 8.1). */
const CONTENT_TYPE = 'application/json'
const TIMEOUT_MS = 60_000

/** Puts the document and has it carried out in one marketplace; its result is the feed's id. Only the last of the three calls has an effect. */
export function* createFeed(
  marketplace: Marketplace,
  messages: readonly FeedMessage[],
  context: OpContext,
): Step<string> {
  const document = yield* putDocument(messages, context)
  if (!document.ok) return document
  const answer = yield* callAmazon(
    {
      ...{ name: 'CreateFeed', method: 'POST', path: `${FEEDS}/feeds`, effect: 'write' },
      json: {
        feedType: 'JSON_LISTINGS_FEED',
        marketplaceIds: [marketplace.id],
        inputFeedDocumentId: document.value,
      },
    },
    context,
  )
  if (!answer.ok) return answer
  const feed = parseWith(newFeedWireSchema, answer.value)
  return feed.ok ? ok(feed.value.feedId) : err(unreadableAnswer('write', feed.error))
}

function* putDocument(messages: readonly FeedMessage[], context: OpContext): Step<string> {
  const account = readSettings(context.settings)
  if (!account.ok) return account
  const answer = yield* callAmazon(
    {
      ...{ name: 'CreateFeedDocument', method: 'POST', path: `${FEEDS}/documents`, effect: 'read' },
      json: { contentType: CONTENT_TYPE },
    },
    context,
  )
  if (!answer.ok) return answer
  const document = parseWith(newDocumentWireSchema, answer.value)
  if (!document.ok) return err(unreadableAnswer('read', document.error))
  const { url, feedDocumentId } = document.value
  if (!isStorage(url, context.settings))
    return err(issue('malformed', { reason: 'unreadable-answer', remoteMessage: 'url: elsewhere' }))
  const json = { header: { sellerId: account.value.sellerId, version: '2.0' }, messages }
  const put = yield* callStorage({ name: 'UploadFeed', method: 'PUT', url, json, timeoutMs: TIMEOUT_MS })
  return put.ok ? ok(feedDocumentId) : put
}
