import { isNode, readNode, type SchemaNode } from '#core/connectors/amazon/rules/reduce-schema.ts'

/** Definitions that refer to each other in a circle end somewhere. */
const MOST_STEPS = 20

/** Every part of a schema that holds for what lies at this path of the value: `*` is any element of a list. */
export function schemasAt(root: SchemaNode, path: readonly string[]): SchemaNode[] {
  return path.reduce<SchemaNode[]>(
    (nodes, step) =>
      nodes.flatMap((node) => {
        const next = step === '*' ? node['items'] : readNode(node['properties'])?.[step]
        return isNode(next) ? expand(root, next) : []
      }),
    expand(root, root),
  )
}

/** What a keyword says that a failure names by its place (`#/properties/…/$ref/maxLength`); undefined where there is none. */
export function keywordAt(root: SchemaNode, location: string): unknown {
  let at: unknown = root
  for (const token of location.split('/').slice(1).map(unescapeToken))
    at = token === '$ref' ? follow(root, readNode(at) ?? {}) : readToken(at, token)
  return at
}

function expand(root: SchemaNode, node: SchemaNode, steps = 0): SchemaNode[] {
  if (steps > MOST_STEPS) return []
  const all = Array.isArray(node['allOf']) ? node['allOf'].filter(isNode) : []
  const referred = follow(root, node)
  return [node, ...all, ...(referred === null ? [] : [referred])].flatMap((each) =>
    each === node ? [node] : expand(root, each, steps + 1),
  )
}

function follow(root: SchemaNode, { $ref }: SchemaNode): SchemaNode | null {
  if (typeof $ref !== 'string' || !$ref.startsWith('#/')) return null
  return readNode($ref.split('/').slice(1).map(unescapeToken).reduce<unknown>(readToken, root))
}

function readToken(at: unknown, token: string): unknown {
  return Array.isArray(at) ? (at[Number(token)] as unknown) : readNode(at)?.[token]
}

function unescapeToken(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~')
}
