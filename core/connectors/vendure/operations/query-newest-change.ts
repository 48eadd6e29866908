import { ok } from '#core/shared/result.ts'
import type { Checkpoint } from '#core/contracts/operations.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import type { Settings, Step } from '#core/connectors/_kit/operation.ts'
import { callGraphql } from '#core/connectors/_kit/graphql.ts'
import { readField } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/vendure/issues.ts'
import { listingPlaceSchema } from '#core/connectors/vendure/wire.ts'

const QUERY = `query NewestChange {
  products(options: { take: 1, sort: { updatedAt: DESC } }) { items { id updatedAt } }
  productVariants(options: { take: 1, sort: { updatedAt: DESC } }) { items { id updatedAt } }
}`

/**
 * The newest time in the catalogue by the shop's own clock; null when it is empty or cannot be read. What changes during
 * a walk of the catalogue comes after it.
 */
export function* readNewestChange(settings: Settings): Step<Checkpoint | null> {
  const answer = yield* callGraphql(adminApi(settings), {
    name: 'NewestChange',
    query: QUERY,
    variables: {},
    effect: 'read',
  })
  if (!answer.ok) return answer
  const newest = ['products', 'productVariants'].reduce<Checkpoint | null>((best, field) => {
    const items = readField(answer.value[field], 'items')
    const place = listingPlaceSchema.safeParse(Array.isArray(items) ? items[0] : undefined)
    if (!place.success) return best
    const { id, updatedAt } = place.data
    return advanceCheckpoint(best, { id, updatedAt })
  }, null)
  return ok(newest)
}
