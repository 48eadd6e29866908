import type { Issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { OpContext, Operation, Step } from '#core/connectors/_kit/operation.ts'
import { unreadableAnswer } from '#core/connectors/_kit/http-issue.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import { callAmazon } from '#core/connectors/amazon/api.ts'
import {
  documentWireSchema,
  feedWireSchema,
  reportWireSchema,
  type ReportWire,
} from '#core/connectors/amazon/feed-wire.ts'
import { FEEDS } from '#core/connectors/amazon/operations/create-feed.ts'
import { callStorage, isStorage } from '#core/connectors/amazon/storage.ts'

type Name = 'read-batch'
type Output = OperationOutput<Name>
type Refusal = Extract<Output, { state: 'done' }>['refused'][number]

const WORKING: ReadonlySet<string> = new Set(['IN_QUEUE', 'IN_PROGRESS'])
const TIMEOUT_MS = 60_000

/** Asks how far a feed is and, once it is done, reads its processing report. */
export const readBatch: Operation<OperationInput<Name>, Output> = function* ({ batchRemoteId }, context) {
  const path = `${FEEDS}/feeds/${encodeURIComponent(batchRemoteId)}`
  const answer = yield* callAmazon({ name: 'GetFeed', method: 'GET', path, effect: 'read' }, context)
  if (!answer.ok) return isGone(answer.error) ? ok(lost('HTTP 404')) : err([answer.error])
  const feed = parseWith(feedWireSchema, answer.value)
  if (!feed.ok) return err([unreadableAnswer('read', feed.error)])
  const { processingStatus, resultFeedDocumentId } = feed.value
  if (WORKING.has(processingStatus)) return ok({ state: 'working' })
  // Cancelled, or aborted by Amazon: "some, none, or all of the operations may have completed".
  if (processingStatus !== 'DONE') return ok(lost(processingStatus))
  if (resultFeedDocumentId === null) return ok({ state: 'done', refused: [] })
  const report = yield* readReport(resultFeedDocumentId, context)
  if (!report.ok) return err([report.error])
  return ok(resultOf(report.value))
}

function* readReport(documentId: string, context: OpContext): Step<ReportWire> {
  const path = `${FEEDS}/documents/${encodeURIComponent(documentId)}`
  const answer = yield* callAmazon({ name: 'GetFeedDocument', method: 'GET', path, effect: 'read' }, context)
  if (!answer.ok) return answer
  const document = parseWith(documentWireSchema, answer.value)
  if (!document.ok) return err(unreadableAnswer('read', document.error))
  const { url, compressionAlgorithm } = document.value
  if (!isStorage(url, context.settings)) return err(unreadableAnswer('read', 'url: elsewhere'))
  const gunzip = compressionAlgorithm === 'GZIP' ? true : undefined
  const text = yield* callStorage({ name: 'FeedReport', method: 'GET', url, gunzip, timeoutMs: TIMEOUT_MS })
  if (!text.ok) return text
  const report = parseWith(reportWireSchema, text.value)
  return report.ok ? report : err(unreadableAnswer('read', report.error))
}

/** Errors only: a warning does not keep a change from being carried out. */
function resultOf({ issues }: ReportWire): Output {
  const refused = new Map<number, Refusal>()
  for (const { messageId: place, code, severity, message, attributeName } of issues) {
    if (severity !== 'ERROR') continue
    const said = attributeName === '' ? message : `${attributeName}: ${message}`
    // The feed as a whole was not taken: nothing of it was carried out by its report.
    if (place === null) return lost(`${code} ${said}`.trim())
    const before = refused.get(place)
    const whole = before === undefined ? said : `${before.message}\n${said}`
    refused.set(place, { place, code: (before?.code ?? code).slice(0, 200), message: whole.slice(0, 2000) })
  }
  return { state: 'done', refused: [...refused.values()] }
}

function lost(message: string): Output {
  return { state: 'lost', message: message.slice(0, 2000) }
}

/** Amazon keeps feeds for 90 days. */
function isGone({ code, remoteCode }: Issue): boolean {
  return code === 'not-found' && !(remoteCode ?? 'HTTP').startsWith('HTTP')
}
