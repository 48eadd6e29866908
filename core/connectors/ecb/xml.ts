/** What a document is made of. Everything else (comments, instructions, blanks) is passed over. */
export type XmlEvent =
  | { kind: 'open'; name: string; attributes: ReadonlyMap<string, string> }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string }

const NAME = /^[A-Za-z_][\w.:-]{0,99}/
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]{0,99})\s*=\s*(?:"([^"]*)"|'([^']*)')/y
const MOST_DEPTH = 20

/**
 * Reads a small XML document in one pass, without a parser of the platform (core has none). No entities and no DOCTYPE: a document that
 * declares something is refused, so nothing can grow while it is read. Null when it is not well formed to its end.
 */
export function scanXml(text: string): XmlEvent[] | null {
  const events: XmlEvent[] = []
  const open: string[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let closedRoot = false
  while (at < text.length) {
    const next = text.indexOf('<', at)
    const between = text.slice(at, next < 0 ? text.length : next)
    if (between.trim() !== '') {
      if (open.length === 0) return null
      events.push({ kind: 'text', text: between.trim() })
    }
    if (next < 0) break
    const skipped = skipNonElement(text, next)
    if (skipped === null) return null
    if (skipped > next) {
      at = skipped
      continue
    }
    const end = text.indexOf('>', next)
    if (end < 0 || closedRoot) return null
    const tag = readTag(text.slice(next + 1, end))
    if (tag === null || !follow(tag, open, events)) return null
    closedRoot = open.length === 0
    at = end + 1
  }
  return closedRoot ? events : null
}

/** Behind a comment or an instruction; the same place for an element; null for what is refused or has no end. */
function skipNonElement(text: string, at: number): number | null {
  const ends: Record<string, string> = { '<!--': '-->', '<?': '?>' }
  for (const [begin, end] of Object.entries(ends)) {
    if (!text.startsWith(begin, at)) continue
    const found = text.indexOf(end, at + begin.length)
    return found < 0 ? null : found + end.length
  }
  return text.startsWith('<!', at) ? null : at
}

interface Tag {
  kind: 'open' | 'close' | 'both'
  name: string
  attributes: Map<string, string>
}

function readTag(body: string): Tag | null {
  const closing = body.startsWith('/')
  const empty = !closing && body.endsWith('/')
  const inside = closing ? body.slice(1) : empty ? body.slice(0, -1) : body
  const name = NAME.exec(inside)?.[0]
  if (name === undefined) return null
  const attributes = readAttributes(inside, name.length)
  if (attributes === null || (closing && attributes.size > 0)) return null
  return { kind: closing ? 'close' : empty ? 'both' : 'open', name, attributes }
}

/** Null when one is given twice, or when anything else is in the tag. */
function readAttributes(inside: string, from: number): Map<string, string> | null {
  const attributes = new Map<string, string>()
  let at = from
  for (;;) {
    ATTRIBUTE.lastIndex = at
    const found = ATTRIBUTE.exec(inside)
    if (found === null) return inside.slice(at).trim() === '' ? attributes : null
    const [whole, name = '', double, single] = found
    if (attributes.has(name)) return null
    attributes.set(name, double ?? single ?? '')
    at += whole.length
  }
}

function follow({ kind, name, attributes }: Tag, open: string[], events: XmlEvent[]): boolean {
  if (kind === 'close') {
    events.push({ kind, name })
    return open.pop() === name
  }
  events.push({ kind: 'open', name, attributes })
  if (kind === 'both') events.push({ kind: 'close', name })
  else open.push(name)
  return open.length <= MOST_DEPTH
}
