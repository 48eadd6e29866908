import { createHash } from 'node:crypto'

/** `#core/shared/sha256.ts` by Node's own code: the same digest, many times faster. */
export function sha256Bytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function sha256Text(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
