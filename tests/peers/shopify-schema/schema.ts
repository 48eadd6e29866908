import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql'
import { installPeer } from '../install-peer.ts'

const dir = dirname(fileURLToPath(import.meta.url))

/** Shopify's official Admin schema of a version, e.g. `2026-07`, from the npm package `@shopify/dev-mcp` (ISC). Installs it once. */
export async function loadShopifySchema(version: string): Promise<GraphQLSchema> {
  await installPeer({ dir, name: 'shopify schema' })
  const file = join(dir, 'node_modules', '@shopify', 'dev-mcp', 'dist', 'data', `admin_${version}.json.gz`)
  const answer = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as { data: IntrospectionQuery }
  return buildClientSchema(answer.data)
}
