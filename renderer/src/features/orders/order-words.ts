import type { BlockedReason } from '#core/order/order.ts'
import type { QueueId } from '#core/order/order-row.ts'
import type { Tone } from '#renderer/ui/tone.ts'

export const STAGE_TONE: Record<QueueId, Tone> = {
  to_ship: 'moving',
  blocked: 'waiting',
  label_ready: 'moving',
  handed_over: 'moving',
  shipped: 'confirmed',
  unpaid: 'quiet',
  cancelled: 'quiet',
}

/** Blocked reasons that one button can lead to a field for. */
const FIXABLE: ReadonlySet<BlockedReason> = new Set(['held', 'address-missing', 'address-incomplete', 'customs-incomplete'])

export function isFixable(reason: BlockedReason): boolean {
  return FIXABLE.has(reason)
}
