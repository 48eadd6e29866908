/** What the vault needs of Electron's `safeStorage`. */
export interface SystemKeyStore {
  isEncryptionAvailable(): boolean
  encryptString(text: string): Buffer
  decryptString(bytes: Buffer): string
  /** Linux, later Electron versions. */
  getSelectedStorageBackend?(): string
}

/**
 * Whether the system really keeps a key. On Linux without a keyring Chromium falls back to `basic_text`, a password that
 * is in its source: that is plain text with extra steps, and does not count.
 */
export function hasSystemKey(store: SystemKeyStore, platform: NodeJS.Platform): boolean {
  try {
    if (!store.isEncryptionAvailable()) return false
    if (platform !== 'linux' || store.getSelectedStorageBackend === undefined) return true
    return !['basic_text', 'unknown'].includes(store.getSelectedStorageBackend())
  } catch {
    return false
  }
}
