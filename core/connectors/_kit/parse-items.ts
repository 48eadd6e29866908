import { quickParse } from '#core/contracts/quick-parse.ts'
import type { z } from '#core/contracts/zod.ts'
import type { RejectedItem } from '#core/contracts/operations.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { describeWireError } from '#core/connectors/_kit/wire.ts'

export interface ParsedItems<T> {
  items: T[]
  rejected: RejectedItem[]
}

/** Parses a page item by item: one that does not parse is set aside with its reason, the rest goes on. */
export function parseItems<T>(
  raw: readonly unknown[],
  parse: (item: unknown) => Result<T, string>,
  idKey = 'id',
): ParsedItems<T> {
  const items: T[] = []
  const rejected: RejectedItem[] = []
  for (const item of raw) {
    const parsed = parse(item)
    if (parsed.ok) items.push(parsed.value)
    else rejected.push({ remoteId: readRawId(item, idKey), reason: parsed.error.slice(0, 500), raw: item })
  }
  return { items, rejected }
}

/** Runs a schema as a Result whose error is one line for people who debug. */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown): Result<T, string> {
  const parsed = quickParse(schema, value)
  return parsed.success ? ok(parsed.data) : err(describeWireError(parsed.error))
}

/** The id of an item that may not parse; '' when it has none. */
export function readRawId(item: unknown, idKey = 'id'): string {
  const id = readField(item, idKey)
  return typeof id === 'string' || typeof id === 'number' ? String(id).slice(0, 200) : ''
}

/** Ids that were asked for and did not come. An item whose id cannot be read may be any of them: then none is called missing. */
export function findMissing(asked: readonly string[], raw: readonly unknown[]): string[] {
  const found = new Set(raw.map((item) => readRawId(item)))
  return found.has('') ? [] : asked.filter((id) => !found.has(id))
}

/** A field of something that may be anything. */
export function readField(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}
