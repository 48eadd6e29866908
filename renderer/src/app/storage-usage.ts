import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { storageUsage, type StorageUsage } from '#renderer/platform/storage-persistence.ts'

const LOOK_EVERY_MS = 5 * 60_000

/** How much of the space is used, looked at now and then because nothing tells of it; undefined before the first look. */
export function useStorageUsage(): Readonly<ShallowRef<StorageUsage | null | undefined>> {
  const usage = shallowRef<StorageUsage | null>()
  const look = (): void => void storageUsage().then((now) => (usage.value = now))
  look()
  const timer = setInterval(look, LOOK_EVERY_MS)
  onScopeDispose(() => clearInterval(timer))
  return usage
}
