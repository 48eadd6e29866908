import type { Exchange } from '#tests/conformance/fixture.ts'

/** The recorded answers with one leaf (or branch) gone. */
export interface LeafChange {
  exchanges: Exchange[]
  /** Which exchange was changed, and where in its body. */
  exchange: number
  path: string[]
  label: string
}

/**
 * Every node of every JSON answer, dropped and nulled in turn. Elements of lists are only nulled. Of nodes that elements of one list have alike,
 * the first `alike` of an exchange are changed.
 */
export function* leafChanges(
  exchanges: readonly Exchange[],
  { alike = Infinity }: { alike?: number } = {},
): Generator<LeafChange> {
  for (const [index, { name, response }] of exchanges.entries()) {
    if (response.kind !== 'answer' || typeof response.body !== 'object') continue
    const times = new Map<string, number>()
    for (const path of listPaths(response.body)) {
      const kind = path.map((key) => (/^\d+$/.test(key) ? '*' : key)).join('.')
      const before = times.get(kind) ?? 0
      times.set(kind, before + 1)
      if (before >= alike) continue
      for (const how of ['nulled', 'dropped'] as const) {
        const body = structuredClone(response.body)
        if (!change(body, path, how)) continue
        const changed = exchanges.map((each, at) =>
          at === index ? { ...each, response: { ...response, body } } : each,
        )
        yield { exchanges: changed, exchange: index, path, label: `${name} ${path.join('.')} ${how}` }
      }
    }
  }
}

function listPaths(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  const below = Object.entries(value).flatMap(([key, each]) => listPaths(each, [...path, key]))
  return path.length === 0 ? below : [path, ...below]
}

function change(body: unknown, path: readonly string[], how: 'nulled' | 'dropped'): boolean {
  let parent = body as Record<string, unknown>
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>
  const last = path.at(-1) ?? ''
  if (how === 'dropped' && Array.isArray(parent)) return false
  if (how === 'dropped') return Reflect.deleteProperty(parent, last)
  if (parent[last] === null) return false
  parent[last] = null
  return true
}
