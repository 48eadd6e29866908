import { z } from '#core/contracts/zod.ts'

/** What a parser answers: as `safeParse` does. */
export type Parsed<T> =
  { success: true; data: T; error?: undefined } | { success: false; data?: undefined; error: z.ZodError }

type Type = z.core.$ZodType
type Check = (value: unknown) => boolean

/**
 * `safeParse` of a schema for values that are nearly always in order, such as records that this app has written. Without
 * `new Function` (contracts/zod.ts) zod builds everything it reads anew, piece by piece. Here a value that a look at its parts finds
 * to be just what the schema would make of it is given out as it is; what that look does not vouch for is left to zod, whose word
 * counts.
 */
export function quickParse<T>(schema: z.ZodType<T>, value: unknown): Parsed<T> {
  return isExact(schema, value) ? { success: true, data: value } : schema.safeParse(value)
}

const checks = new WeakMap<Type, Check>()

function isExact<T>(schema: z.ZodType<T>, value: unknown): value is T {
  let check = checks.get(schema)
  if (check === undefined) {
    check = checkOf(schema) ?? (() => false)
    checks.set(schema, check)
  }
  return check(value)
}

/** True only for what the schema accepts and leaves as it is; null for a schema that is not understood. */
function checkOf(schema: Type): Check | null {
  let check = kindOf(schema)
  for (const each of schema._zod.def.checks ?? []) {
    const rule = ruleOf(each)
    if (check === null || rule === null) return null
    check = both(check, rule)
  }
  return check
}

function kindOf(schema: Type): Check | null {
  if (schema instanceof z.ZodString) return schema.def.coerce === true ? null : isText
  // A format of its own, as `z.int()`, is zod's.
  if (schema instanceof z.ZodNumber)
    return schema.def.coerce === true || 'check' in schema.def ? null : Number.isFinite
  if (schema instanceof z.ZodBoolean) return schema.def.coerce === true ? null : isBoolean
  if (schema instanceof z.ZodUnknown) return () => true
  if (schema instanceof z.ZodEnum) return isOneOf(schema.options)
  if (schema instanceof z.ZodLiteral) return isOneOf([...schema.values])
  if (schema instanceof z.ZodCustom) return (value) => Boolean(schema.def.fn(value))
  return madeOfOthers(schema)
}

function madeOfOthers(schema: Type): Check | null {
  if (schema instanceof z.ZodObject) return objectCheck(schema)
  if (schema instanceof z.ZodDiscriminatedUnion) return unionCheck(schema)
  if (schema instanceof z.ZodNullable) return nullable(checkOf(schema.def.innerType))
  if (schema instanceof z.ZodOptional) return optional(checkOf(schema.def.innerType))
  // What is missing is zod's to fill in.
  if (schema instanceof z.ZodDefault) return present(checkOf(schema.def.innerType))
  if (schema instanceof z.ZodArray) return arrayCheck(checkOf(schema.def.element))
  if (schema instanceof z.ZodRecord)
    return recordCheck(checkOf(schema.def.keyType), checkOf(schema.def.valueType))
  if (schema instanceof z.ZodPipe) return pipe(checkOf(schema.def.in), checkOf(schema.def.out))
  return null
}

function ruleOf(rule: z.core.$ZodCheck): Check | null {
  const { core } = z
  if (rule instanceof core.$ZodCheckMaxLength) return lengthCheck(0, rule._zod.def.maximum)
  if (rule instanceof core.$ZodCheckMinLength) return lengthCheck(rule._zod.def.minimum, Infinity)
  if (rule instanceof core.$ZodCheckRegex) return patternCheck(rule._zod.def.pattern)
  if (rule instanceof core.$ZodCheckNumberFormat)
    return rule._zod.def.format === 'safeint' ? Number.isSafeInteger : null
  if (rule instanceof core.$ZodCheckGreaterThan) {
    const { inclusive } = rule._zod.def
    const bound = Number(rule._zod.def.value)
    return (value) => typeof value === 'number' && (inclusive ? value >= bound : value > bound)
  }
  return null
}

function lengthCheck(least: number, most: number): Check {
  return (value) => (isText(value) || Array.isArray(value)) && value.length >= least && value.length <= most
}

/** One that remembers where it was is zod's. */
function patternCheck(pattern: RegExp): Check | null {
  if (pattern.global || pattern.sticky) return null
  return (value) => isText(value) && pattern.test(value)
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isBoolean: Check = (value) => typeof value === 'boolean'

function both(one: Check, other: Check): Check {
  return (value) => one(value) && other(value)
}

function isOneOf(values: readonly unknown[]): Check {
  const wanted = new Set(values)
  return (value) => wanted.has(value)
}

function nullable(inner: Check | null): Check | null {
  return inner && ((value) => value === null || inner(value))
}

function optional(inner: Check | null): Check | null {
  return inner && ((value) => value === undefined || inner(value))
}

function present(inner: Check | null): Check | null {
  return inner && ((value) => value !== undefined && inner(value))
}

function pipe(from: Check | null, to: Check | null): Check | null {
  return from && to && both(from, to)
}

function arrayCheck(inner: Check | null): Check | null {
  if (inner === null) return null
  return (value) => {
    if (!Array.isArray(value)) return false
    for (const each of value) if (!inner(each)) return false
    return true
  }
}

function recordCheck(key: Check | null, inner: Check | null): Check | null {
  if (key === null || inner === null) return null
  return (value) => isPlain(value) && Object.keys(value).every((name) => key(name) && inner(value[name]))
}

/** Unknown keys are left out by some schemas and refused by others: zod's to decide. */
function objectCheck(schema: z.ZodObject): Check | null {
  const { catchall } = schema.def
  if (catchall !== undefined && !(catchall instanceof z.ZodNever)) return null
  const parts: { name: string; check: Check; mayLack: boolean }[] = []
  for (const [name, part] of Object.entries<Type>(schema.shape)) {
    const check = checkOf(part)
    if (check === null) return null
    parts.push({ name, check, mayLack: part._zod.optin === 'optional' })
  }
  return (value) => {
    if (!isPlain(value)) return false
    let known = 0
    for (const { name, check, mayLack } of parts) {
      const part = value[name]
      if (!check(part)) return false
      if (part !== undefined || Object.hasOwn(value, name)) known++
      else if (!mayLack) return false
    }
    return Object.keys(value).length === known
  }
}

function unionCheck(schema: z.ZodDiscriminatedUnion): Check | null {
  const { discriminator, options } = schema.def
  const byKind = new Map<unknown, Check>()
  for (const option of options) {
    const kind = option instanceof z.ZodObject ? (option.shape[discriminator] as unknown) : null
    const check = checkOf(option)
    if (check === null || !(kind instanceof z.ZodLiteral)) return null
    for (const value of kind.values) byKind.set(value, check)
  }
  return (value) => isPlain(value) && byKind.get(value[discriminator])?.(value) === true
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  return Object.getPrototypeOf(value) === Object.prototype
}
