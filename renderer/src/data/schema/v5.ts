import { v4 } from '#renderer/data/schema/v4.ts'

/**
 * The fifth layout, frozen. Against v4: small pictures of listings, and the pieces that were taken out of shops for this desk while it
 * works without a line.
 */
export const v5 = {
  ...v4,
  pictures: 'listingId, connectionId',
  reserves: 'listingId, connectionId',
}
