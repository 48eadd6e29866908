import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/**
 * SHA-256 of a text's UTF-8 bytes, 64 hex digits. Synchronous, unlike WebCrypto: a transaction of IndexedDB would
 * commit while it waits for a digest.
 */
export function sha256Text(text: string): string {
  return bytesToHex(sha256(text))
}
