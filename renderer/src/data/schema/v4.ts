import { v3 } from '#renderer/data/schema/v3.ts'

/**
 * The fourth layout, frozen. Against v3: listings with slim rows in the order of their titles, and what a person has to decide because
 * both sides changed it.
 */
export const v4 = {
  ...v3,
  listings: 'id, &[connectionId+remoteId], [connectionId+seenAt]',
  listingRows:
    'id, [sortKey+id], [connectionId+sortKey+id], [list+sortKey+id], [connectionId+list+sortKey+id]',
  conflicts: 'entityKey, connectionId',
}
