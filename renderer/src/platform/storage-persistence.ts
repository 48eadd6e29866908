/** Asks the browser never to evict the store to make room. False when it may still be evicted. */
export async function keepStorage(): Promise<boolean> {
  const storage = navigator.storage as StorageManager | undefined
  if (storage === undefined) return false
  return (await storage.persisted()) || (await storage.persist())
}
