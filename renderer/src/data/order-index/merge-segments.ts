import { compareBytes } from '#renderer/data/order-index/token-bytes.ts'
import {
  eachOrdinal,
  SegmentWriter,
  TokenReader,
  type TokenSegment,
} from '#renderer/data/order-index/token-segment.ts'

/** Tokens between two steps. */
const STEP = 2_048

interface Source {
  segment: TokenSegment & { id: number }
  reader: TokenReader
}

/**
 * One segment of several, with what `isLive` says of a row and the number of the segment. Yields now and then, so that others get their turn.
 */
export function* mergeSegments(
  segments: readonly (TokenSegment & { id: number })[],
  isLive: (ordinal: number, segment: number) => boolean,
): Generator<undefined, TokenSegment> {
  const writer = new SegmentWriter()
  const token = new Uint8Array(256)
  let open = segments
    .map((segment): Source => ({ segment, reader: new TokenReader(segment) }))
    .filter(({ reader }) => reader.read())
  for (let count = 1; open.length > 0; count++) {
    const length = findLeast(open, token)
    const ordinals: number[] = []
    const ended: Source[] = []
    for (const source of open) {
      const { segment, reader } = source
      if (compareBytes(reader.token, reader.length, token, length) !== 0) continue
      eachOrdinal(segment, reader.at, (ordinal) => isLive(ordinal, segment.id) && ordinals.push(ordinal))
      if (!reader.read()) ended.push(source)
    }
    if (ended.length > 0) open = open.filter((source) => !ended.includes(source))
    if (ordinals.length > 0) writer.add(token, length, inOrder(ordinals), ordinals.length)
    if (count % STEP === 0) yield
  }
  return writer.finish(0)
}

/** Copies the least of the present tokens into `token`; returns its length. */
function findLeast(open: readonly Source[], token: Uint8Array): number {
  let least: TokenReader | undefined
  for (const { reader } of open) {
    if (!least || compareBytes(reader.token, reader.length, least.token, least.length) < 0) least = reader
  }
  const length = least?.length ?? 0
  for (let i = 0; i < length; i++) token[i] = least?.token[i] ?? 0
  return length
}

/** Each segment's ordinals ascend; those of several mostly do too. */
function inOrder(ordinals: number[]): number[] {
  for (let i = 1; i < ordinals.length; i++) {
    if ((ordinals[i - 1] ?? 0) > (ordinals[i] ?? 0)) return ordinals.sort((a, b) => a - b)
  }
  return ordinals
}
