import { isCurrency } from '#core/money/currencies.ts'
import { EU27 } from '#core/customs/customs-territory.ts'
import type { Amount, ChargeBase } from '#core/customs/rules/charges.ts'
import type { LocalText } from '#core/customs/rules/rule.ts'

/** The small things that rows are made of. What is not well made throws {@link NotWellMade}; the row is left out, by name. */

export class NotWellMade extends Error {
  constructor(readonly field: string) {
    super(field)
  }
}

export type Json = Record<string, unknown>

const MOST_WORDS = 2_000
const MOST_ITEMS = 400

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function readObject(value: unknown, field: string): Json {
  if (!isJson(value)) throw new NotWellMade(field)
  return value
}

/** Names that nobody knows are refused: a condition that is not understood must not be passed over. */
export function onlyKeys(value: Json, field: string, keys: readonly string[]): void {
  for (const key of Object.keys(value))
    if (!keys.includes(key)) throw new NotWellMade(`${field === '' ? '' : `${field}.`}${key.slice(0, 60)}`)
}

export function readList(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length > MOST_ITEMS) throw new NotWellMade(field)
  return value
}

export function readToken(value: unknown, field: string): string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}$/.test(value))
    throw new NotWellMade(field)
  return value
}

export function readChoice<T extends string>(value: unknown, field: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value)
  if (found === undefined) throw new NotWellMade(field)
  return found
}

/** Absent is null. */
export function maybe<T>(
  value: unknown,
  field: string,
  read: (value: unknown, field: string) => T,
): T | null {
  return value === undefined || value === null ? null : read(value, field)
}

export function readFlag(value: unknown, field: string): boolean {
  if (value !== undefined && typeof value !== 'boolean') throw new NotWellMade(field)
  return value === true
}

/** Units of a currency as decimal text. */
export function readUnits(value: unknown, field: string): string {
  if (typeof value !== 'string' || !/^\d{1,12}(\.\d{1,4})?$/.test(value)) throw new NotWellMade(field)
  return value
}

/** A share: 0 to 10 as decimal text; 0.19 is 19 %. */
export function readShare(value: unknown, field: string): string {
  if (typeof value !== 'string' || !/^(\d(\.\d{1,6})?|10)$/.test(value)) throw new NotWellMade(field)
  return value
}

export function readCurrency(value: unknown, field: string): string {
  if (typeof value !== 'string' || !isCurrency(value)) throw new NotWellMade(field)
  return value
}

export function readAmount(value: unknown, field: string): Amount {
  const found = readObject(value, field)
  onlyKeys(found, field, ['amount', 'currency'])
  return {
    amount: readUnits(found['amount'], `${field}.amount`),
    currency: readCurrency(found['currency'], `${field}.currency`),
  }
}

/** Countries by code; `EU27` stands for its members. */
export function readCountries(value: unknown, field: string): string[] {
  return readList(value, field).flatMap((each) => {
    if (each === 'EU27') return EU27
    if (typeof each !== 'string' || !/^[A-Z]{2}$/.test(each)) throw new NotWellMade(field)
    return [each]
  })
}

export function readHsPrefixes(value: unknown, field: string): string[] {
  return readList(value, field).map((each) => {
    if (typeof each !== 'string' || !/^\d{2,10}$/.test(each)) throw new NotWellMade(field)
    return each
  })
}

export function readBases(value: unknown, field: string): ChargeBase[] {
  const bases = ['goods', 'freight', 'duty', 'levies'] as const
  const found = readList(value, field).map((each) => readChoice(each, field, bases))
  if (!found.includes('goods')) throw new NotWellMade(field)
  return found
}

export function readLocalText(value: unknown, field: string): LocalText {
  const found = readObject(value, field)
  onlyKeys(found, field, ['en', 'zh-CN'])
  const [en, zh] = [found['en'], found['zh-CN']]
  if (!isWords(en) || !isWords(zh)) throw new NotWellMade(field)
  return { en, 'zh-CN': zh }
}

export function isWords(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= MOST_WORDS
}
