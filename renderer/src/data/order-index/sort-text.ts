import { foldText } from '#core/shared/fold-text.ts'

/** Words of 32 bits that a text is sorted by: its first 16 bytes. What is equal in them is sorted by id. */
export const TEXT_WORDS = 4

const BYTES = TEXT_WORDS * 4
const encoder = new TextEncoder()
const buffer = new Uint8Array(BYTES)
const view = new DataView(buffer.buffer)

/** Folded, so that Ärger stands beside Argus. */
export function packText(text: string, into: Uint32Array, at: number): void {
  pack(foldText(text), into, at)
}

/** The same with numbers in it by their value: A-999 comes before A-1000. */
export function packNumber(text: string, into: Uint32Array, at: number): void {
  const sorted = foldText(text).replace(/\d+/g, (digits) => {
    const bare = digits.replace(/^0+(?=\d)/, '')
    return `${String.fromCharCode(0x30 + Math.min(bare.length, 9))}${bare}`
  })
  pack(sorted, into, at)
}

function pack(text: string, into: Uint32Array, at: number): void {
  buffer.fill(0)
  // A character that is cut sorts where its beginning does; encodeInto leaves it out whole.
  encoder.encodeInto(text.slice(0, BYTES), buffer)
  for (let word = 0; word < TEXT_WORDS; word++) into[at + word] = view.getUint32(word * 4)
}
