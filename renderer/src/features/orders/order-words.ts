import type { BlockedReason } from '#core/order/order.ts'
import type { QueueId } from '#core/order/order-row.ts'
import type { Tone } from '#renderer/ui/tone.ts'

export const STAGE_TONE: Record<QueueId, Tone> = {
  to_ship: 'quiet',
  blocked: 'waiting',
  parked: 'quiet',
  label_ready: 'quiet',
  handed_over: 'moving',
  shipped: 'confirmed',
  unpaid: 'quiet',
  cancelled: 'quiet',
}

export const STAGE_ICON: Record<QueueId, string> = {
  to_ship: 'i-lucide-package',
  blocked: 'i-lucide-triangle-alert',
  parked: 'i-lucide-circle-pause',
  label_ready: 'i-lucide-tag',
  handed_over: 'i-lucide-truck',
  shipped: 'i-lucide-circle-check',
  unpaid: 'i-lucide-hourglass',
  cancelled: 'i-lucide-ban',
}

/** Blocked reasons that one button can lead to a field for. */
const FIXABLE: ReadonlySet<BlockedReason> = new Set([
  'held',
  'address-missing',
  'address-incomplete',
  'customs-incomplete',
])

export function isFixable(reason: BlockedReason): boolean {
  return FIXABLE.has(reason)
}
