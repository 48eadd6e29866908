import { sha256Text } from '#core/shared/sha256.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'

/** Everything in the database, a line per record; for the journal its head, whose hash covers all of it. */
export async function contentsOf(db: CaravelDatabase): Promise<string[]> {
  const lines: string[] = []
  for (const table of db.tables.filter(({ name }) => name !== 'activity'))
    for (const record of (await table.toArray()) as Record<string, unknown>[])
      lines.push(`${table.name} ${JSON.stringify(record)}`)
  return lines
}

export function digestOf(lines: readonly string[]): string {
  return sha256Text(lines.join('\n')).slice(0, 16)
}

/** When something was last looked at changes with every look, and says nothing about what is there. */
const LOOKS = new Set(['lastPullAt', 'lastSuccessAt', 'lastSeenAt'])

/** Lines of one that the other does not have, moments of looking aside. */
export function differences(before: readonly string[], after: readonly string[]): string[] {
  if (before.length === after.length && before.every((line, i) => line === after[i])) return []
  const [was, is] = [new Set(before.map(withoutLooks)), new Set(after.map(withoutLooks))]
  return [
    ...[...was].filter((line) => !is.has(line)).map((line) => `gone after a restart: ${line}`),
    ...[...is].filter((line) => !was.has(line)).map((line) => `new after a restart: ${line}`),
  ]
}

function withoutLooks(line: string): string {
  return line.replace(/"(\w+)":\d+/g, (part, name: string) => (LOOKS.has(name) ? `"${name}"` : part))
}
