import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { noteAccess } from '#renderer/usecases/note-access.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

const LOOK_EVERY_MS = 60_000

/**
 * How far this machine's clock is ahead of the shops', looked at now and then because nothing tells of it; null while that is not
 * known. When access ends is kept with the shops.
 */
export function useClockOff(): Readonly<ShallowRef<number | null>> {
  const { calls, db } = useWorkspace()
  const off = shallowRef<number | null>(null)
  const look = async (): Promise<void> => {
    const standing = await calls['connector.standing']({})
    if (!standing.ok) return
    off.value = standing.value.clockOffMs
    await noteAccess({ db }, standing.value.accessEnds)
  }
  void look()
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  onScopeDispose(() => clearInterval(timer))
  return off
}
