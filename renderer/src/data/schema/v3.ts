import { v2 } from '#renderer/data/schema/v2.ts'

/**
 * The third layout, frozen. Against v2: timelines are one journal, chained by hashes (core/sync/journal.ts), read by its
 * sequence, also of one entity or one shop.
 */
export const v3 = {
  ...v2,
  activity: 'id, &seq, [entityKey+seq], [connectionId+seq]',
}
