import type { Rng } from '#core/shared/ports.ts'
import { fieldName } from '#core/listing/fields.ts'
import type { Listing } from '#core/listing/listing.ts'
import { isListingChange } from '#core/listing/unsent.ts'
import { loadOutbox } from '#renderer/data/repos/outbox.repo.ts'
import { cancelOrder } from '#renderer/usecases/cancel-order.ts'
import { dropOutboxRow } from '#renderer/usecases/drop-outbox-row.ts'
import { editListing } from '#renderer/usecases/edit-listing.ts'
import { resolveConflict, type FieldChoice } from '#renderer/usecases/resolve-conflict.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import type { World } from '#tests/simulation/incarnation.ts'
import type { DeskAction } from '#tests/simulation/story-shop.ts'

/** What people do to listings, and to orders that are not to be shipped. */
export const LISTING_ACTIONS: readonly DeskAction[] = [
  editStock,
  editStock,
  editPrice,
  editTitle,
  editTitle,
  decideSome,
  async (ctx, rng) => {
    const row = pick((await loadOutbox(ctx.db)).rows.filter(isListingChange), rng)
    if (row !== undefined && rng() < 0.3) await dropOutboxRow(ctx, { id: row.id })
  },
  async (ctx, rng) => {
    const order = pick(
      (await ctx.db.orders.toArray()).filter(({ stage }) => stage === 'to_ship'),
      rng,
    )
    if (order !== undefined && rng() < 0.4) await cancelOrder(ctx, { orderId: order.id, reason: 'no stock' })
  },
]

async function editTitle(ctx: UseCaseContext, rng: Rng): Promise<unknown> {
  const isOther = rng() < 0.5
  const value = `here ${Math.floor(rng() * 1e6)}`
  return onListing(ctx, rng, ({ contents, mainLocale }) => {
    const others = Object.keys(contents).filter((each) => each !== mainLocale)
    const locale = isOther ? (pick(others, rng) ?? 'de') : mainLocale
    return [{ field: fieldName({ kind: 'content', locale, part: 'title' }), value }]
  })
}

async function editPrice(ctx: UseCaseContext, rng: Rng): Promise<unknown> {
  const minor = 1_000 + Math.floor(rng() * 1_000)
  return onListing(ctx, rng, ({ offers }) =>
    offers.flatMap(({ remoteId: offerRemoteId, prices, reckoned = [] }) => {
      const price = pick([...prices, ...reckoned], rng)
      if (price === undefined) return []
      const { currency, market } = price
      const field = fieldName({ kind: 'price', offerRemoteId, currency, market })
      return [{ field, value: { minor, currency } }]
    }),
  )
}

/** Prices of one market go up together, as before a holiday. */
export async function repriceAll(ctx: UseCaseContext, rng: Rng): Promise<void> {
  const listings = await ctx.db.listings.toArray()
  const market = pick(
    listings.flatMap(({ offers }) => offers.flatMap(({ prices }) => prices)),
    rng,
  )?.market
  for (const { id, offers } of listings)
    await editListing(ctx, {
      listingId: id,
      values: offers.flatMap(({ remoteId: offerRemoteId, prices }) =>
        prices
          .filter((price) => price.market === market)
          .map(({ currency, minor }) => ({
            field: fieldName({ kind: 'price', offerRemoteId, currency, market }),
            value: { minor: minor + 1 + Math.floor(rng() * 200), currency },
          })),
      ),
    })
}

async function editStock(ctx: UseCaseContext, rng: Rng): Promise<unknown> {
  return onListing(ctx, rng, ({ offers }) =>
    offers.map(({ remoteId, stock }) => ({
      field: fieldName({ kind: 'stock', offerRemoteId: remoteId }),
      value: Math.max(0, (stock ?? 0) + Math.floor(rng() * 9) - 4),
    })),
  )
}

async function onListing(
  ctx: UseCaseContext,
  rng: Rng,
  values: (listing: Listing) => { field: string; value: unknown }[],
): Promise<unknown> {
  const listing = pick(await ctx.db.listings.toArray(), rng)
  return listing && editListing(ctx, { listingId: listing.id, values: values(listing) })
}

async function decideSome(ctx: UseCaseContext, rng: Rng): Promise<void> {
  const conflict = pick(await ctx.db.conflicts.toArray(), rng)
  const field = conflict && pick(conflict.fields, rng)
  if (field !== undefined)
    await resolveConflict(ctx, {
      ...{ entityKey: conflict?.entityKey ?? '', choices: [choiceOf(field.field, rng)] },
    })
}

/** A person decides everything that is open. */
export async function decideAll({ ctx }: { ctx: UseCaseContext }, rng: Rng): Promise<void> {
  for (const { entityKey, fields } of await ctx.db.conflicts.toArray())
    await resolveConflict(ctx, { entityKey, choices: fields.map(({ field }) => choiceOf(field, rng)) })
}

function choiceOf(field: string, rng: Rng): FieldChoice {
  return { field, choice: rng() < 0.5 ? 'mine' : 'theirs' }
}

/** What others do to a shop's listings meanwhile. */
export function stirCatalogue({ shops, rng }: World): void {
  pick([...shops.values()], rng)?.stirCatalogue(rng)
}

function pick<T>(all: readonly T[], rng: Rng): T | undefined {
  return all[Math.floor(rng() * all.length)]
}
