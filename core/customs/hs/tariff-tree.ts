import type { RawRow } from '#core/customs/hs/nomenclature.ts'

/** A row that names the one above it, whatever order they come in. */
export interface TreeRow extends RawRow {
  /** Of the row, and of the one above it; '' at the top. */
  sid: string
  parent: string
  /** Of rows with one code those with `80` are goods, the others groups of goods. */
  suffix: string
  /** ISO days of its validity; '' while no end is set. */
  since: string
  until: string
}

/** What is declared; other suffixes are groups. */
const GOODS = '80'

/**
 * Puts rows in the order of a tariff, each with how deep it is: they are held until all are there. Rows whose time was over before `day` are
 * left out; of two with the same code and suffix the later one stays, and has what was below either. What hangs on nothing stands at the top.
 */
export function orderTree(rows: readonly TreeRow[], day: string): RawRow[] {
  const bySid = new Map(rows.map((row) => [row.sid, row]))
  const kept = keepPresent(rows, day)
  const below = new Map<TreeRow | null, TreeRow[]>()
  for (const row of kept.values()) {
    const above = nearestAbove(row, bySid, kept)
    const among = below.get(above)
    if (among === undefined) below.set(above, [row])
    else among.push(row)
  }
  const reached = new Set<TreeRow>()
  const ordered: RawRow[] = []
  const walk = (top: readonly TreeRow[]): void => {
    const waiting = lastFirst(top).map((row) => ({ row, depth: 0 }))
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { row, depth } = next
      if (reached.has(row)) continue
      reached.add(row)
      ordered.push({ ...pickRaw(row), indent: depth })
      waiting.push(...lastFirst(below.get(row) ?? []).map((each) => ({ row: each, depth: depth + 1 })))
    }
  }
  walk(below.get(null) ?? [])
  // Rows that are above each other in a circle.
  walk([...kept.values()].filter((row) => !reached.has(row)))
  return ordered
}

function keepPresent(rows: readonly TreeRow[], day: string): Map<string, TreeRow> {
  const kept = new Map<string, TreeRow>()
  for (const row of rows) {
    if (row.until !== '' && row.until < day) continue
    const twin = kept.get(keyOf(row))
    if (twin === undefined || twin.since < row.since) kept.set(keyOf(row), row)
  }
  return kept
}

function keyOf({ code, suffix }: TreeRow): string {
  return `${code} ${suffix}`
}

/** The nearest row above that stays; null where there is none. */
function nearestAbove(
  row: TreeRow,
  bySid: ReadonlyMap<string, TreeRow>,
  kept: ReadonlyMap<string, TreeRow>,
): TreeRow | null {
  const passed = new Set<string>()
  let sid = row.parent
  while (!passed.has(sid)) {
    const above = bySid.get(sid)
    if (above === undefined) return null
    const present = kept.get(keyOf(above))
    if (present !== undefined && present !== row) return present
    passed.add(sid)
    sid = above.parent
  }
  return null
}

/** To be taken from the end. */
function lastFirst(rows: readonly TreeRow[]): TreeRow[] {
  return rows.toSorted((a, b) => (keyOf(b) < keyOf(a) ? -1 : 1))
}

/** A group has no code of its own: it is named, and never declared. */
function pickRaw({ line, code, suffix, text, duty }: TreeRow): Omit<RawRow, 'indent'> {
  return { line, code: suffix === GOODS ? code : '', text, duty }
}
