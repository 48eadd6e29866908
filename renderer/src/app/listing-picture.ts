import type { ShallowRef } from 'vue'
import type { ListingId } from '#core/shared/ids.ts'
import { watchPicture } from '#renderer/data/queries/offline.ts'
import type { ListingPicture } from '#renderer/data/records.ts'
import { useLive } from '#renderer/app/live.ts'
import { useWorkspace } from '#renderer/app/workspace.ts'

/** The stored picture of a listing, for `ui/ListingPicture.vue`. */
export function useListingPicture(
  id: () => ListingId,
): Readonly<ShallowRef<ListingPicture | null | undefined>> {
  const { db } = useWorkspace()
  return useLive(() => watchPicture(db, id())).data
}
