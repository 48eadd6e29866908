import { addBit, type Bits } from '#renderer/data/order-index/bits.ts'
import { mergeSegments } from '#renderer/data/order-index/merge-segments.ts'
import { AFTER_ALL, tokenBytes, writeToken } from '#renderer/data/order-index/token-bytes.ts'
import {
  addAtHome,
  findToken,
  SegmentWriter,
  type TokenSegment,
} from '#renderer/data/order-index/token-segment.ts'

/** So many rows are put in before they become a segment, which takes some 20 ms; before a look-up only the fewer. */
const MOST_FRESH = 2_048
const FEW_FRESH = 512
/** So many segments of a size become one, when told to ({@link TextIndex.settle}). */
const FAN = 8

/** A segment and the number by which rows know that their words are in it. */
export interface HeldSegment extends TokenSegment {
  id: number
}

/**
 * Words → ordinals (small whole numbers that name rows). Segments of sorted tokens that never change, and a small part for what is fresh. Each
 * row's words count only where its `home` says; what lies elsewhere is stale and goes when segments are made one.
 */
export class TextIndex {
  /** Segment of each ordinal's words; 0: it has none, or they are in the fresh part. */
  private homes: Uint32Array = new Uint32Array(1 << 10)
  private fresh = new Map<number, readonly string[]>()
  /** Of the fresh part, made when first looked up. */
  private freshTokens: Map<string, number | number[]> | null = null
  private segments: HeldSegment[] = []
  private lastId = 0

  /** Puts in all tokens of a row, each once; what it had before is gone. Tokens are at most 80 units long. */
  set(ordinal: number, tokens: readonly string[]): void {
    this.fresh.set(ordinal, tokens)
    this.freshTokens = null
    this.setHome(ordinal, 0)
    if (this.fresh.size >= MOST_FRESH) this.flush()
  }

  remove(ordinal: number): void {
    if (this.fresh.delete(ordinal)) this.freshTokens = null
    this.setHome(ordinal, 0)
  }

  /** Adds who has a token that begins so. */
  addBeginning(beginning: string, into: Bits): void {
    this.add(beginning, AFTER_ALL, (token) => token.startsWith(beginning), into)
  }

  /** Adds who has this very token. */
  addExact(token: string, into: Bits): void {
    this.add(token, 0, (other) => other === token, into)
  }

  /** Makes few segments of many, step by step; rows may be set and looked up between the steps. Worth doing when nothing else is to do. */
  *settle(): Generator<undefined> {
    for (let group = this.findGroup(); group !== null; group = this.findGroup()) yield* this.merge(group)
  }

  /** Everything in segments, and where each row's words are; for writing it down. */
  contents(): { homes: Uint32Array; segments: readonly HeldSegment[] } {
    this.flush()
    return { homes: this.homes, segments: this.segments }
  }

  /** An index with contents that were written down. */
  static of(homes: Uint32Array, segments: readonly HeldSegment[]): TextIndex {
    const index = new TextIndex()
    index.homes = homes
    index.segments = [...segments]
    index.lastId = Math.max(0, ...segments.map(({ id }) => id))
    return index
  }

  private add(key: string, end: number, fits: (token: string) => boolean, into: Bits): void {
    const from = tokenBytes(key)
    const to = tokenBytes(key, end)
    if (this.fresh.size > FEW_FRESH) this.flush()
    for (const segment of this.segments) {
      const stretch = [findToken(segment, from), findToken(segment, to)] as const
      addAtHome(segment, stretch, { homes: this.homes, id: segment.id }, into)
    }
    for (const [token, ordinals] of this.tokensOfFresh()) {
      if (fits(token)) for (const ordinal of listOf(ordinals)) addBit(into, ordinal)
    }
  }

  private tokensOfFresh(): Map<string, number | number[]> {
    if (this.freshTokens) return this.freshTokens
    const tokens = new Map<string, number | number[]>()
    for (const [ordinal, words] of [...this.fresh].sort(([a], [b]) => a - b)) {
      for (const word of words) {
        const list = tokens.get(word)
        if (list === undefined) tokens.set(word, ordinal)
        else if (typeof list === 'number') tokens.set(word, [list, ordinal])
        else list.push(ordinal)
      }
    }
    return (this.freshTokens = tokens)
  }

  /** The fresh part becomes a segment. */
  private flush(): void {
    if (this.fresh.size === 0) return
    const tokens = this.tokensOfFresh()
    const writer = new SegmentWriter()
    const bytes = new Uint8Array(256)
    for (const token of [...tokens.keys()].sort()) {
      const ordinals = listOf(tokens.get(token))
      writer.add(bytes, writeToken(token, bytes), ordinals, ordinals.length)
    }
    const id = ++this.lastId
    this.segments.push({ ...writer.finish(this.fresh.size), id })
    for (const ordinal of this.fresh.keys()) this.setHome(ordinal, id)
    this.fresh = new Map()
    this.freshTokens = null
  }

  private *merge(group: readonly HeldSegment[]): Generator<undefined> {
    const ids = new Set(group.map(({ id }) => id))
    const merged = yield* mergeSegments(group, (ordinal, id) => this.homes[ordinal] === id)
    // Segments of the group that another merge took meanwhile are in that one.
    if (!group.every((segment) => this.segments.includes(segment))) return
    const isOf = new Uint8Array(this.lastId + 1)
    for (const each of ids) isOf[each] = 1
    const id = ++this.lastId
    let rows = 0
    for (let ordinal = 0; ordinal < this.homes.length; ordinal++) {
      if (isOf[this.homes[ordinal] ?? 0] !== 1) continue
      this.homes[ordinal] = id
      rows++
    }
    this.segments = [...this.segments.filter((segment) => !ids.has(segment.id)), { ...merged, rows, id }]
  }

  /** Segments of about the same size that had better be one. */
  private findGroup(): HeldSegment[] | null {
    const tiers = new Map<number, HeldSegment[]>()
    for (const segment of this.segments) {
      const tier = Math.max(0, Math.floor(Math.log(segment.rows / FEW_FRESH) / Math.log(FAN)))
      const group = tiers.get(tier) ?? []
      group.push(segment)
      if (group.length >= FAN) return group
      tiers.set(tier, group)
    }
    return null
  }

  private setHome(ordinal: number, id: number): void {
    if (ordinal >= this.homes.length) {
      if (id === 0) return
      const more = new Uint32Array(Math.max(ordinal + 1, this.homes.length * 2))
      more.set(this.homes)
      this.homes = more
    }
    this.homes[ordinal] = id
  }
}

/** Most tokens are one row's own, which needs no list. */
function listOf(ordinals: number | number[] = []): number[] {
  return typeof ordinals === 'number' ? [ordinals] : ordinals
}
