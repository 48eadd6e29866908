import { hash } from 'node:crypto'

/** `#core/shared/sha256.ts` by Node's own code: the same digest, many times faster. */
export function sha256Bytes(bytes: Uint8Array): string {
  return hash('sha256', bytes)
}

export function sha256Text(text: string): string {
  return hash('sha256', text)
}
