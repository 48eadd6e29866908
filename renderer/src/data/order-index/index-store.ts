import type { CaravelDatabase } from '#renderer/data/database.ts'
import { checksum } from '#renderer/data/order-index/checksum.ts'
import type { Part } from '#renderer/data/order-index/part.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'

/** Grows with the form of any part: what has another number is made anew. */
const LAYOUT = 2
const HEAD = 'head'

/** What belongs together of the stored parts. */
export interface IndexHead {
  layout: number
  /** Counts the times it was stored: parts of another time have other keys. */
  generation: number
  /** The last noted change that is in it (repos/order-changes.repo.ts). */
  seq: number
  /** Orders in its columns, with those that are gone. */
  count: number
  parts: { name: string; key: string; sum: number }[]
}

/** Hears of each part, in the order in which they were stored. */
export type TakePart = (name: string, bytes: Uint8Array) => void

/**
 * Hands over stored parts that fit together, one after the other, so that all of them are never held twice; as they were at one moment. Null
 * when there are none, or any is damaged: what was taken by then is worth nothing.
 */
export async function loadParts(
  db: CaravelDatabase,
  begin: (head: IndexHead) => TakePart,
): Promise<IndexHead | null> {
  return db.transaction('r', db.indexParts, async () => {
    const head = await readHead(db)
    if (head === null) return null
    const take = begin(head)
    let next = db.indexParts.get(head.parts[0]?.key ?? '')
    for (const [i, { name, sum }] of head.parts.entries()) {
      const part = await next
      // The store reads the next one while this one is taken over.
      next = db.indexParts.get(head.parts[i + 1]?.key ?? '')
      next.catch(() => undefined)
      if (part === undefined || !(part.bytes instanceof Uint8Array) || checksum(part.bytes) !== sum)
        return null
      take(name, part.bytes)
    }
    return head
  })
}

/** What the stored parts say of themselves; null when there are none. */
export async function readHead(db: CaravelDatabase): Promise<IndexHead | null> {
  const stored = await db.indexParts.get(HEAD)
  if (!(stored?.bytes instanceof Uint8Array) || stored.bytes.length < 4) return null
  const text = stored.bytes.slice(4)
  if (new DataView(stored.bytes.slice(0, 4).buffer).getUint32(0) !== checksum(text)) return null
  const head = JSON.parse(new TextDecoder().decode(text)) as IndexHead
  return head.layout === LAYOUT ? head : null
}

/**
 * Stores parts as what holds up to `seq`. Each goes in by itself under a key of its own, so that people's writes never wait for it; then, in one
 * transaction, the head names them, and the notes that they hold and the parts of before go. A crash before that leaves all as it was. Null, and
 * nothing is changed, when another one has stored meanwhile.
 */
export async function saveParts(
  db: CaravelDatabase,
  { parts, seq, count }: { parts: readonly Part[]; seq: number; count: number },
  before: IndexHead | null,
): Promise<IndexHead | null> {
  // Or what it wrote under the same keys would be written over.
  if (!(await isStillThere(db, before))) return null
  const generation = (before?.generation ?? 0) + 1
  const known = new Map(before?.parts.map((part) => [part.name, part]))
  const written: IndexHead['parts'] = []
  for (const { name, fixed, bytes } of parts) {
    const old = known.get(name)
    if (fixed && old !== undefined) {
      written.push(old)
      continue
    }
    const stored = { key: `${name}@${generation}`, bytes: bytes() }
    await inUnit(db, { stores: ['indexParts'], durability: 'relaxed' }, async () => {
      await db.indexParts.put(stored)
    })
    written.push({ name, key: stored.key, sum: checksum(stored.bytes) })
  }
  const head: IndexHead = { layout: LAYOUT, generation, seq, count, parts: written }
  return (await commitHead(db, head, before)) ? head : null
}

function commitHead(db: CaravelDatabase, head: IndexHead, before: IndexHead | null): Promise<boolean> {
  return inUnit(db, { stores: ['indexParts', 'orderChanges'], durability: 'relaxed' }, async () => {
    if (!(await isStillThere(db, before))) return false
    const named = new Set([HEAD, ...head.parts.map(({ key }) => key)])
    const keys = await db.indexParts.toCollection().primaryKeys()
    await db.indexParts.put({ key: HEAD, bytes: headBytes(head) })
    await db.indexParts.bulkDelete(keys.filter((key) => !named.has(key)))
    await db.orderChanges.where(':id').belowOrEqual(head.seq).delete()
    return true
  })
}

/** Whether what is stored is what this worker read or wrote last; a head that is damaged is as good as none. */
async function isStillThere(db: CaravelDatabase, before: IndexHead | null): Promise<boolean> {
  const stored = await readHead(db)
  return stored === null || stored.generation === (before?.generation ?? 0)
}

function headBytes(head: IndexHead): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head))
  const bytes = new Uint8Array(text.length + 4)
  new DataView(bytes.buffer).setUint32(0, checksum(text))
  bytes.set(text, 4)
  return bytes
}
