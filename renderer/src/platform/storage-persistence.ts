/** Asks the browser never to evict the store to make room. False when it may still be evicted. */
export async function keepStorage(): Promise<boolean> {
  const storage = navigator.storage as StorageManager | undefined
  if (storage === undefined) return false
  return (await storage.persisted()) || (await storage.persist())
}

/** Bytes that the store uses, and that it may use. */
export interface StorageUsage {
  used: number
  quota: number
}

/** Null when the browser does not say. */
export async function storageUsage(): Promise<StorageUsage | null> {
  const storage = navigator.storage as StorageManager | undefined
  const { usage, quota } = (await storage?.estimate()) ?? {}
  return usage === undefined || quota === undefined || quota === 0 ? null : { used: usage, quota }
}
