import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { OpContext, Operation, Step } from '#core/connectors/_kit/operation.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import { callAmazon } from '#core/connectors/amazon/api.ts'
import { reduceSchema } from '#core/connectors/amazon/rules/reduce-schema.ts'
import { parseRuleSet, type RuleSet } from '#core/connectors/amazon/rules/rule-set.ts'
import { callStorage, isStorage } from '#core/connectors/amazon/storage.ts'
import { definitionWireSchema } from '#core/connectors/amazon/wire.ts'

type Name = 'pull-listing-rules'

/** A schema may be some megabytes. */
const TIMEOUT_MS = 60_000

/** The schema of a product type in one marketplace, as far as its attributes are edited here. It lies in Amazon's storage under a link that soon ends. */
export const pullListingRules: Operation<OperationInput<Name>, OperationOutput<Name>> = function* (
  { ruleSet, checksum },
  context,
) {
  const wanted = parseRuleSet(ruleSet)
  if (wanted === null) return err([issue('invalid-input', { reason: 'unknown-rules', field: 'ruleSet' })])
  const there = yield* findSchema(wanted, context)
  if (!there.ok) return err([there.error])
  if (there.value.checksum === checksum) return ok({ checksum, rules: null })
  const schema = yield* fetchSchema(there.value.url, context)
  if (!schema.ok) return err([schema.error])
  const rules = reduceSchema(schema.value)
  if (rules === null) return err([unreadable('properties: not there')])
  return ok({ checksum: there.value.checksum, rules })
}

interface SchemaPlace {
  url: string
  checksum: string
}

function* findSchema({ marketplace, productType }: RuleSet, context: OpContext): Step<SchemaPlace> {
  const answer = yield* callAmazon(
    {
      ...{ name: 'GetDefinitionsProductType', method: 'GET', effect: 'read' },
      path: `/definitions/2020-09-01/productTypes/${encodeURIComponent(productType)}`,
      query: { marketplaceIds: [marketplace.id], requirements: 'LISTING' },
    },
    context,
  )
  if (!answer.ok) return answer
  const wire = parseWith(definitionWireSchema, answer.value)
  if (!wire.ok) return err(unreadable(wire.error))
  const { link, checksum } = wire.value.schema
  return ok({ url: link.resource, checksum })
}

function* fetchSchema(url: string, { settings }: OpContext): Step<unknown> {
  if (!isStorage(url, settings)) return err(unreadable('schema.link: elsewhere'))
  return yield* callStorage({ name: 'ProductTypeSchema', method: 'GET', url, timeoutMs: TIMEOUT_MS })
}

function unreadable(remoteMessage: string) {
  return issue('malformed', { reason: 'unreadable-answer', remoteMessage: remoteMessage.slice(0, 2000) })
}
