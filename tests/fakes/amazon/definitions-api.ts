import type { FakeAccount } from './account-state.ts'
import { checksumOf, schemaText } from './definitions-state.ts'
import { ok, readList, refuse, type FakeAnswer, type FakeRequest, type Route } from './route.ts'

function getDefinition(
  { definitions, marketplaces }: FakeAccount,
  { parts: [productType = ''], query }: FakeRequest,
): FakeAnswer {
  const [marketplaceId = ''] = readList(query, 'marketplaceIds')
  const marketplace = marketplaces.find(({ id }) => id === marketplaceId)
  if (marketplace === undefined) return refuse(400, 'InvalidInput', 'Invalid marketplaceIds.')
  const schema = definitions.byType.get(productType)
  if (schema === undefined) return refuse(404, 'NotFound', `No product type '${productType}'.`)
  return ok({
    schema: {
      link: {
        resource: `${definitions.storageUrl}/documents/${marketplaceId}/${productType}.json`,
        verb: 'GET',
      },
      checksum: checksumOf(schemaText(schema, marketplaceId)),
    },
    ...{ requirements: query.get('requirements') ?? 'LISTING', requirementsEnforced: 'ENFORCED' },
    propertyGroups: { product_identity: { title: 'Product Identity', propertyNames: ['item_name'] } },
    ...{ locale: 'DEFAULT', marketplaceIds: [marketplaceId], productType, displayName: 'Drinking cup' },
    productTypeVersion: { version: 'UHqSqmb4FNUk=', latest: true, releaseCandidate: false },
  })
}

export const DEFINITION_ROUTES: readonly Route[] = [
  {
    ...{ name: 'GetDefinitionsProductType', method: 'GET', rate: 5, burst: 10, answer: getDefinition },
    pattern: /^\/definitions\/2020-09-01\/productTypes\/([^/]+)$/,
  },
]

/** What lies in storage: whoever has the address may read it. Null where nothing lies. */
export function readDocument({ definitions }: FakeAccount, path: string): FakeAnswer | null {
  const [, marketplaceId = '', productType = ''] = /^\/documents\/([^/]+)\/([^/]+)\.json$/.exec(path) ?? []
  const schema = definitions.byType.get(productType)
  return schema === undefined ? null : ok(JSON.parse(schemaText(schema, marketplaceId)))
}
