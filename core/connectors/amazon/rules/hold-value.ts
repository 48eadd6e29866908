import { Validator, type OutputUnit } from '@cfworker/json-schema'
import type { RuleCode, RuleFinding } from '#core/listing/rules.ts'
import type { AttributeElement } from '#core/connectors/amazon/listing-wire.ts'
import { isNode, type SchemaNode } from '#core/connectors/amazon/rules/reduce-schema.ts'
import { keywordAt, schemasAt } from '#core/connectors/amazon/rules/walk-schema.ts'

export type Breach = Pick<RuleFinding, 'code' | 'severity' | 'limit' | 'count'>

/** A value inside the first element of an attribute. */
export interface PlacedValue {
  attribute: string
  /** The element it is in comes first; the others are there beside it. */
  elements: readonly AttributeElement[]
  /** Where it is in its element. */
  path: readonly string[]
}

const CODES: Readonly<Record<string, RuleCode>> = {
  minLength: 'too-short',
  maxLength: 'too-long',
  minimum: 'too-small',
  exclusiveMinimum: 'too-small',
  maximum: 'too-large',
  exclusiveMaximum: 'too-large',
  multipleOf: 'wrong-step',
  pattern: 'wrong-form',
  format: 'wrong-form',
  type: 'wrong-form',
  enum: 'not-among',
  const: 'not-among',
}
/** One of several rules has to hold: which one is broken cannot be said. */
const EITHER: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'not', 'if'])

/** How a value breaks what a product type's schema says of it, by the standard's keywords and by Amazon's own. */
export function holdValue(schema: SchemaNode, placed: PlacedValue): Breach[] {
  const { attribute, elements, path } = placed
  const value = path.reduce<unknown>(readStep, elements[0])
  const nodes = schemasAt(schema, [attribute, '*', ...path.map(stepOf)])
  const at = ['#', attribute, '0', ...path].join('/')
  const failures = fail(schema, { [attribute]: elements }).filter(
    ({ instanceLocation }) => instanceLocation === at,
  )
  return [
    ...breachesOf(schema, failures, value),
    ...bytesOf(nodes, value),
    ...(nodes.some((node) => node['editable'] === false)
      ? [{ code: 'not-editable' as const, severity: 'warning' as const }]
      : []),
    ...crowdOf(schemasAt(schema, [attribute]), elements),
  ]
}

/** True when the selector of an element (its language, its currency) is none that the schema knows. */
export function isForeign(
  schema: SchemaNode,
  { attribute, elements }: PlacedValue,
  selector: string,
): boolean {
  const at = `#/${attribute}/0/${selector}`
  return fail(schema, { [attribute]: elements }).some(({ instanceLocation }) => instanceLocation === at)
}

/** A schema that the library cannot read says nothing. */
function fail(schema: SchemaNode, value: unknown): OutputUnit[] {
  try {
    return new Validator({ ...schema }, '2019-09', false).validate(value).errors
  } catch {
    return []
  }
}

function breachesOf(schema: SchemaNode, failures: readonly OutputUnit[], value: unknown): Breach[] {
  if (failures.some(({ keyword }) => EITHER.has(keyword))) return [{ code: 'refused', severity: 'error' }]
  const breaches = failures.flatMap(({ keyword, keywordLocation }): Breach[] => {
    const code = Object.hasOwn(CODES, keyword) ? CODES[keyword] : undefined
    if (code === undefined) return []
    const limit = keywordAt(schema, keywordLocation)
    return [
      {
        ...{ code, severity: 'error' },
        ...(typeof limit === 'number' ? { limit } : {}),
        ...(/Length$/.test(keyword) ? { count: Array.from(String(value)).length } : {}),
      },
    ]
  })
  return breaches.filter(({ code }, at) => breaches.findIndex((other) => other.code === code) === at)
}

function bytesOf(nodes: readonly SchemaNode[], value: unknown): Breach[] {
  if (typeof value !== 'string') return []
  const count = countBytes(value)
  return nodes.flatMap((node): Breach[] => {
    const { minUtf8ByteLength: least, maxUtf8ByteLength: most } = node
    if (typeof most === 'number' && count > most)
      return [{ code: 'too-many-bytes', severity: 'error', limit: most, count }]
    if (typeof least === 'number' && count < least)
      return [{ code: 'too-few-bytes', severity: 'error', limit: least, count }]
    return []
  })
}

/** More elements than allowed for what sets them apart. */
function crowdOf(nodes: readonly SchemaNode[], elements: readonly AttributeElement[]): Breach[] {
  const keyOf = (selectors: readonly unknown[], element: AttributeElement): string =>
    JSON.stringify(selectors.map((selector) => element[String(selector)] ?? null))
  return nodes.flatMap(({ selectors, maxUniqueItems: limit }): Breach[] => {
    const [own] = elements
    if (!Array.isArray(selectors) || typeof limit !== 'number' || own === undefined) return []
    const count = elements.filter((each) => keyOf(selectors, each) === keyOf(selectors, own)).length
    return count > limit ? [{ code: 'too-many-values', severity: 'error', limit, count }] : []
  })
}

/** UTF-8, in which a letter takes one to four bytes. */
function countBytes(text: string): number {
  let bytes = 0
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

function readStep(at: unknown, step: string): unknown {
  if (Array.isArray(at)) return at[Number(step)] as unknown
  return isNode(at) ? at[step] : undefined
}

const stepOf = (step: string): string => (/^\d+$/.test(step) ? '*' : step)
