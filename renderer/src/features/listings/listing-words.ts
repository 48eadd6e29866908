import type { ListingRow } from '#core/listing/listing-row.ts'
import type { Listing } from '#core/listing/listing.ts'
import type { Tone } from '#renderer/ui/tone.ts'

export type ListingStatus = 'conflict' | 'unsent' | Listing['state']

const TONES: Record<ListingStatus, Tone> = {
  conflict: 'refused',
  unsent: 'moving',
  active: 'quiet',
  hidden: 'quiet',
  unknown: 'waiting',
  gone: 'quiet',
}

const ICONS: Partial<Record<ListingStatus, string>> = {
  active: 'i-lucide-check',
  conflict: 'i-lucide-git-compare-arrows',
  hidden: 'i-lucide-eye-off',
  gone: 'i-lucide-circle-slash',
}

/** One status with how it looks. */
export interface StatusLook {
  status: ListingStatus
  tone: Tone
  icon: string | undefined
}

/** What is to be said of a listing: what waits first, then how it stands in the shop unless that is as usual. */
export function statusesOf({ list, state }: Pick<ListingRow, 'list' | 'state'>): StatusLook[] {
  const work = list === 'conflict' || list === 'unsent' ? [list] : []
  const shown: ListingStatus[] = work.length > 0 && state === 'active' ? work : [...work, state]
  return shown.map((status) => ({ status, tone: TONES[status], icon: ICONS[status] }))
}
