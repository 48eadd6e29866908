import type { ListingRow } from '#core/listing/listing-row.ts'
import type { Listing, ListingIssue } from '#core/listing/listing.ts'
import type { Tone } from '#renderer/ui/tone.ts'

export type ListingStatus = 'conflict' | 'unsent' | 'issues' | Listing['state']

const TONES: Record<ListingStatus, Tone> = {
  conflict: 'refused',
  unsent: 'moving',
  issues: 'waiting',
  draft: 'quiet',
  processing: 'moving',
  active: 'quiet',
  hidden: 'quiet',
  blocked: 'refused',
  unknown: 'waiting',
  gone: 'quiet',
}

const ICONS: Partial<Record<ListingStatus, string>> = {
  active: 'i-lucide-check',
  conflict: 'i-lucide-git-compare-arrows',
  hidden: 'i-lucide-eye-off',
  draft: 'i-lucide-pencil-line',
  processing: 'i-lucide-hourglass',
  blocked: 'i-lucide-ban',
  gone: 'i-lucide-circle-slash',
}

/** One status with how it looks. */
export interface StatusLook {
  status: ListingStatus
  tone: Tone
  icon: string | undefined
}

/** What is to be said of a listing: what waits first, what the shop finds wrong, then how it stands there unless that is as usual. */
export function statusesOf({
  list,
  state,
  issues,
}: Pick<ListingRow, 'list' | 'state' | 'issues'>): StatusLook[] {
  const work: ListingStatus[] = [
    ...(list === 'conflict' || list === 'unsent' ? [list] : []),
    ...(issues === undefined ? [] : (['issues'] as const)),
  ]
  const shown: ListingStatus[] = work.length > 0 && state === 'active' ? work : [...work, state]
  return shown.map((status) => ({
    status,
    tone: status === 'issues' && issues === 'error' ? 'refused' : TONES[status],
    icon: ICONS[status],
  }))
}

const SEVERITY_TONES: Record<ListingIssue['severity'], Tone> = {
  error: 'refused',
  warning: 'waiting',
  info: 'quiet',
}

export function toneOfSeverity(severity: ListingIssue['severity']): Tone {
  return SEVERITY_TONES[severity]
}
