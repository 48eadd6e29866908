import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { sha256Text } from '#core/shared/sha256.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation, Step } from '#core/connectors/_kit/operation.ts'
import { parseWith, readField } from '#core/connectors/_kit/parse-items.ts'
import { levelsWireSchema, type LevelsWire } from '#core/connectors/shopify/listing-wire.ts'
import {
  findOffer,
  pushChange,
  write,
  type Plan,
  type ReadListing,
} from '#core/connectors/shopify/operations/push-change.ts'
import { askFor, unreadable } from '#core/connectors/shopify/operations/read-list.ts'

/** Shopify's own word for why the stock changed. */
const CORRECTION = 'correction'

type Name = 'push-stock'
type Input = OperationInput<Name>

const LEVELS = `query ReadLevels($id: ID!) {
  productVariant(id: $id) { inventoryItem { id inventoryLevels(first: 100) {
    nodes { location { id } quantities(names: ["available"]) { name quantity } }
  } } }
}`

const SET = `mutation SetQuantities($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id } userErrors { field message code }
  }
}`

/**
 * Sets what the first location can sell so that all together can sell `to`, and only while it still has what it had: Shopify compares and
 * sets in one step, and answers a request that arrives again as it did before.
 */
export const pushStock: Operation<Input, OperationOutput<Name>> = function* (input) {
  return yield* pushChange(input.listingRemoteId, (read) => plan(read, input))
}

function plan(read: ReadListing, input: Input): Plan {
  const { from, to, readAt, mayHaveArrived } = input
  const offer = findOffer(read, input.offerRemoteId)
  if (!offer.ok) return offer
  // Null when the shop stopped counting: then the amount it was worked out from is gone as well.
  const current = offer.value.stock
  // A product's time moves with every change of stock, so a time that stands still proves that nothing arrived.
  const wasSet = readAt === undefined || read.listing.updatedAt !== readAt
  if (current === to && from !== to) return ok(mayHaveArrived && wasSet ? 'already' : 'moved')
  if (current === null || (current !== from && !mayHaveArrived)) return ok('moved')
  if (to < 0) return err(issue('invalid-input', { reason: 'stock-invalid', field: 'to' }))
  return ok(() => setLevel(input, current))
}

function* setLevel(input: Input, current: number): Step<'written' | 'moved'> {
  const levels = yield* readLevels(input.offerRemoteId)
  if (!levels.ok) return levels
  const change = changeLevel(levels.value, input, current)
  if (!change.ok || change.value === 'moved') return change as Result<'moved'>
  const asked = { name: 'available', reason: CORRECTION, quantities: [change.value] }
  for (let attempt = 1; ; attempt += 1) {
    const key = keyOf(`${input.intentId} ${JSON.stringify(change.value)} ${attempt}`)
    const written = yield* write({
      ...{ name: 'SetQuantities', field: 'inventorySetQuantities', query: SET },
      variables: { input: asked, key },
    })
    if (written.ok) return written
    const { remoteCode = '' } = written.error
    if (STALE.has(remoteCode)) return ok('moved')
    // The earlier one is still being worked on: what comes of it is seen at the next attempt.
    if (remoteCode === 'IDEMPOTENCY_CONCURRENT_REQUEST')
      return err({ ...written.error, code: 'outcome-unknown' })
    // That one changed nothing, so another key is no second change.
    if (remoteCode !== 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED' || attempt === 3) return written
  }
}

const STALE: ReadonlySet<string> = new Set(['CHANGE_FROM_QUANTITY_STALE', 'COMPARE_QUANTITY_STALE'])

interface LevelChange {
  inventoryItemId: string
  locationId: string
  quantity: number
  changeFromQuantity: number
}

/** The same amounts as at the first attempt where there is one location only: then Shopify knows the request again. */
function changeLevel(
  { id, inventoryLevels }: LevelsWire,
  { from, to, mayHaveArrived }: Input,
  current: number,
): Result<LevelChange | 'moved'> {
  const levels = inventoryLevels.nodes.map(({ location, quantities }) => ({
    locationId: location.id,
    quantity: quantities.find(({ name }) => name === 'available')?.quantity ?? 0,
  }))
  const [first] = levels.sort((a, b) => compareIds(a.locationId, b.locationId))
  if (first === undefined) return err(issue('conflict', { reason: 'stock-elsewhere', field: 'to' }))
  const place = { inventoryItemId: id, locationId: first.locationId }
  if (levels.length === 1) return ok({ ...place, quantity: to, changeFromQuantity: from })
  if (mayHaveArrived && current !== from) return ok('moved')
  const quantity = first.quantity + to - from
  return quantity < 0
    ? err(issue('conflict', { reason: 'stock-elsewhere', field: 'to' }))
    : ok({ ...place, quantity, changeFromQuantity: first.quantity })
}

function* readLevels(id: string): Step<LevelsWire> {
  const answer = yield* askFor({ name: 'ReadLevels', query: LEVELS }, { id })
  if (!answer.ok) return answer
  const wire = parseWith(levelsWireSchema, readField(answer.value['productVariant'], 'inventoryItem'))
  return wire.ok ? ok(wire.value) : err(unreadable('inventoryLevels', wire.error))
}

/** A UUID that is the same for the same request. */
function keyOf(request: string): string {
  const hex = sha256Text(request)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** `gid://shopify/Location/9` before `…/10`. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1)
}
