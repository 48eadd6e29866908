import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/**
 * SHA-256, 64 hex digits. Synchronous, unlike WebCrypto: a transaction of IndexedDB would
 * commit while it waits for a digest.
 */
export function sha256Bytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes))
}

/** The same of a text's UTF-8 bytes. */
export function sha256Text(text: string): string {
  return bytesToHex(sha256(text))
}

/** The same of bytes that come one after the other. */
export class Sha256 {
  readonly #hash = sha256.create()

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes)
  }

  hex(): string {
    return bytesToHex(this.#hash.digest())
  }
}
