import { createCipheriv, createDecipheriv } from 'node:crypto'

/**
 * Encryption of a long stream in frames, after the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): each frame is
 * sealed by AES-256-GCM under a nonce that counts, and the last one says that it is the last. A frame that is changed,
 * missing, moved, repeated or cut off does not open. The key must be used for one stream only.
 *
 * On disk: 4 bytes, big-endian (highest bit: last frame; the rest: length), the sealed bytes, 16 bytes of tag.
 */
export const FRAME_BYTES = 2 ** 20
const WORD_BYTES = 4
const TAG_BYTES = 16
const LAST = 0x80000000
const CIPHER = 'aes-256-gcm'

/** What is in the file is not what was written: changed, cut off, or from elsewhere. */
export class DamagedFile extends Error {
  override name = 'DamagedFile'
}

/** `context` binds every frame to what stands before it in the file. */
export interface FrameKey {
  key: Buffer
  context: Buffer
}

/** Collects bytes and gives them out in sealed frames. */
export class FrameSealer {
  #count = 0
  #kept: Buffer[] = []
  #size = 0

  constructor(private readonly frameKey: FrameKey) {}

  /** Whole frames that these bytes fill. One frame's worth is always kept back, because the last frame is marked. */
  push(bytes: Buffer): Buffer[] {
    this.#kept.push(bytes)
    this.#size += bytes.length
    if (this.#size <= FRAME_BYTES) return []
    let rest = Buffer.concat(this.#kept)
    const frames: Buffer[] = []
    while (rest.length > FRAME_BYTES) {
      frames.push(this.#seal(rest.subarray(0, FRAME_BYTES), false))
      rest = rest.subarray(FRAME_BYTES)
    }
    this.#kept = [rest]
    this.#size = rest.length
    return frames
  }

  /** The last frame; nothing may be pushed afterwards. */
  end(): Buffer {
    return this.#seal(Buffer.concat(this.#kept), true)
  }

  #seal(plain: Buffer, last: boolean): Buffer {
    const word = Buffer.alloc(WORD_BYTES)
    word.writeUInt32BE((plain.length | (last ? LAST : 0)) >>> 0)
    const cipher = createCipheriv(CIPHER, this.frameKey.key, nonceOf(this.#count++, last))
    cipher.setAAD(Buffer.concat([this.frameKey.context, word]))
    const sealed = cipher.update(plain)
    return Buffer.concat([word, sealed, cipher.final(), cipher.getAuthTag()])
  }
}

/** Reads `length` bytes at `position`; fewer only at the end of the file. */
export type ReadAt = (position: number, length: number) => Promise<Buffer>

/** What was sealed, frame by frame, from `start` to the end of the file. Throws `DamagedFile`. */
export async function* openFrames(
  readAt: ReadAt,
  start: number,
  { key, context }: FrameKey,
): AsyncGenerator<{ plain: Buffer; end: number }, void> {
  let at = start
  for (let count = 0; ; count++) {
    const word = await readAt(at, WORD_BYTES)
    if (word.length < WORD_BYTES) throw new DamagedFile('cut off between frames')
    const value = word.readUInt32BE()
    const last = value >= LAST
    const length = last ? value - LAST : value
    if (length > FRAME_BYTES) throw new DamagedFile('frame too long')
    const sealed = await readAt(at + WORD_BYTES, length + TAG_BYTES)
    if (sealed.length < length + TAG_BYTES) throw new DamagedFile('cut off in a frame')
    const decipher = createDecipheriv(CIPHER, key, nonceOf(count, last), { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.concat([context, word]))
    decipher.setAuthTag(sealed.subarray(length))
    at += WORD_BYTES + length + TAG_BYTES
    yield { plain: opened(decipher, sealed.subarray(0, length)), end: at }
    if (!last) continue
    if ((await readAt(at, 1)).length > 0) throw new DamagedFile('more behind the last frame')
    return
  }
}

function opened(decipher: ReturnType<typeof createDecipheriv>, sealed: Buffer): Buffer {
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()])
  } catch {
    throw new DamagedFile('a frame does not open')
  }
}

function nonceOf(count: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(count, 7)
  nonce[11] = last ? 1 : 0
  return nonce
}
