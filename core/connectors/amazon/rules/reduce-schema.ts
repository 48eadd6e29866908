import { PRICES, STOCK } from '#core/connectors/amazon/mapping/offer.ts'
import { TEXT_ATTRIBUTES } from '#core/connectors/amazon/mapping/texts.ts'

/** Attributes that are edited here; the schema of a product type has hundreds. */
const EDITED: readonly string[] = [...Object.values(TEXT_ATTRIBUTES), PRICES, STOCK]

/** Words for people, in the marketplace's language: none of them is shown. */
const WORDS: readonly string[] = ['title', 'description', 'examples', 'enumNames', '$comment']

export type SchemaNode = Readonly<Record<string, unknown>>

/**
 * What the schema of a product type says of the attributes that are edited here, as JSON text. Conditions on other attributes stay out: what
 * those are is not known without a line. Null for what is no schema of objects.
 */
export function reduceSchema(schema: unknown): string | null {
  const properties = readNode(readNode(schema)?.['properties'])
  if (properties === null) return null
  const kept = pick(properties, EDITED)
  const { required } = schema as SchemaNode
  const defs = readNode((schema as SchemaNode)['$defs']) ?? {}
  return JSON.stringify(
    {
      type: 'object',
      required: Array.isArray(required) ? required.filter((name) => EDITED.includes(String(name))) : [],
      properties: kept,
      $defs: pick(defs, namesOfDefs(kept, defs)),
    },
    (key, value: unknown) => (WORDS.includes(key) && !isNode(value) ? undefined : value),
  )
}

/** Every definition that is referred to, also by another one. */
function namesOfDefs(from: SchemaNode, defs: SchemaNode): string[] {
  const found = new Set<string>()
  const open: unknown[] = [from]
  while (open.length > 0) {
    for (const [, name = ''] of JSON.stringify(open.pop()).matchAll(/"\$ref":"#\/\$defs\/([^"/]+)"/g)) {
      if (found.has(name) || !Object.hasOwn(defs, name)) continue
      found.add(name)
      open.push(defs[name])
    }
  }
  return [...found]
}

function pick(node: SchemaNode, names: readonly string[]): SchemaNode {
  return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(node, name) ? [[name, node[name]]] : [])))
}

export function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function readNode(value: unknown): SchemaNode | null {
  return isNode(value) ? value : null
}
