import { sha256Text } from '#core/shared/sha256.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'

/** What is stored, by table. */
export type Contents = { table: string; record: unknown }[]

/** Everything in the database; for the journal its head, whose hash covers all of it. */
export async function contentsOf(db: CaravelDatabase): Promise<Contents> {
  const contents: Contents = []
  for (const table of db.tables.filter(({ name }) => name !== 'activity'))
    for (const record of await table.toArray()) contents.push({ table: table.name, record })
  return contents
}

export function digestOf(contents: Contents): string {
  return sha256Text(contents.map(lineOf).join('\n')).slice(0, 16)
}

/** When something was last looked at changes with every look, and says nothing about what is there. */
const LOOKS = new Set(['lastPullAt', 'lastSuccessAt', 'lastSeenAt'])

/** Records of one that the other does not have, a line for each; moments of looking aside. */
export function differences(before: Contents, after: Contents): string[] {
  // The database in memory shows a record that nobody wrote as the very same one.
  const [old, fresh] = [
    new Set(before.map(({ record }) => record)),
    new Set(after.map(({ record }) => record)),
  ]
  const was = new Set(before.filter(({ record }) => !fresh.has(record)).map(withoutLooks))
  const is = new Set(after.filter(({ record }) => !old.has(record)).map(withoutLooks))
  return [
    ...[...was].filter((line) => !is.has(line)).map((line) => `gone after a restart: ${line}`),
    ...[...is].filter((line) => !was.has(line)).map((line) => `new after a restart: ${line}`),
  ]
}

function lineOf({ table, record }: Contents[number]): string {
  return `${table} ${JSON.stringify(record)}`
}

function withoutLooks(content: Contents[number]): string {
  return lineOf(content).replace(/"(\w+)":\d+/g, (part, name: string) =>
    LOOKS.has(name) ? `"${name}"` : part,
  )
}
