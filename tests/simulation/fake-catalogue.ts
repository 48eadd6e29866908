import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import { fieldName, listingFields, withFields } from '#core/listing/fields.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { advanceCheckpoint, compareCheckpoints } from '#core/sync/checkpoint.ts'
import { isEqual } from '#core/sync/merge3.ts'
import type { SetTimer } from '#renderer/sync/sync-deps.ts'
import type { Mischief } from '#tests/simulation/mischief.ts'

/** What the catalogue shares with its shop: the line, and what goes wrong on it. */
export interface CatalogueDeps {
  now: () => number
  setTimer: SetTimer
  rng: () => number
  /** What stands in the way of this call; null when nothing does. */
  trouble: () => Result<never> | null
  chance: (kind: keyof Mischief) => boolean
}

type Pause = () => Promise<void>
type PushAnswer = OperationOutput<'push-stock'>
type PushInput = { intentId: string; mayHaveArrived: boolean; listingRemoteId: string }

/** The listings of an in-memory shop. Like most, it has no idempotency keys and writes what it is told. */
export class FakeCatalogue {
  readonly listings = new Map<string, RemoteListing>()
  /** Every write that took effect. */
  readonly effects: {
    intentId: string
    listingRemoteId: string
    field: string
    from: unknown
    to: unknown
  }[] = []
  /** What others did: fields with a value of theirs, and pieces they sold or added. */
  readonly touched = new Set<string>()
  readonly moved = new Map<string, number>()
  /**
   * Listings whose pieces nobody can count any more: somebody else set the very amount that a lost request of ours was to set,
   * or moved pieces after a request had read them and before it wrote. The shop compares nothing when it writes.
   */
  readonly coincided = new Set<string>()
  #made = 0
  readonly #deps: CatalogueDeps

  constructor(deps: CatalogueDeps) {
    this.#deps = deps
  }

  add(): RemoteListing {
    const remoteId = String(++this.#made)
    return this.#put({
      ...{ remoteId, status: 'active', rawStatus: 'enabled', updatedAt: 0, mainLocale: 'en' },
      contents: { en: { title: `Mug ${remoteId}`, description: '' } },
      offers: [
        {
          ...{ remoteId: `v${remoteId}`, sku: `SKU-${remoteId}`, option: '', stock: 20 },
          prices: [{ minor: 1290, currency: 'EUR' }],
        },
      ],
      pictureUrl: '',
    })
  }

  remove(remoteId: string): void {
    this.listings.delete(remoteId)
  }

  /** Somebody else changes a text or a price. */
  touch(remoteId: string, field: string, value: unknown): void {
    this.touched.add(`${remoteId} ${field}`)
    this.#set(remoteId, field, value)
  }

  /** Pieces are sold elsewhere, or come in. */
  move(remoteId: string, delta: number): void {
    const listing = this.listings.get(remoteId)
    const [offer] = listing?.offers ?? []
    if (offer === undefined || offer.stock === null || offer.stock + delta < 0) return
    const field = fieldName({ kind: 'stock', offerRemoteId: offer.remoteId })
    this.moved.set(remoteId, (this.moved.get(remoteId) ?? 0) + delta)
    this.#set(remoteId, field, offer.stock + delta)
  }

  pull({
    checkpoint,
    pageToken,
    pageSize,
  }: OperationInput<'pull-listings'>): Result<OperationOutput<'pull-listings'>> {
    const trouble = this.#deps.trouble()
    if (trouble !== null) return trouble
    const { chance } = this.#deps
    if (chance('truncated')) return err(issue('malformed', { reason: 'not-json' }))
    if (pageToken !== null && chance('tokenLost'))
      return err(issue('invalid-input', { reason: 'token-lost' }))
    // Small pages: a story should end in the middle of some.
    const most = Math.min(pageSize, 2)
    const sorted = [...this.listings.values()].sort((a, b) =>
      checkpoint === null
        ? compareCheckpoints({ updatedAt: 0, id: a.remoteId }, { updatedAt: 0, id: b.remoteId })
        : compareCheckpoints(placeOf(a), placeOf(b)),
    )
    const token = pageToken === null ? null : (JSON.parse(pageToken) as Token)
    const after = token?.after ?? null
    const newest = (some: RemoteListing[]): Place | null =>
      some.map(placeOf).reduce<Place | null>((best, place) => advanceCheckpoint(best, place), null)
    // A walk by id has seen nothing of what changed behind it: its end says where it began.
    const start = token?.start ?? newest(sorted)
    const isAhead = (listing: RemoteListing): boolean => {
      if (checkpoint === null)
        return (
          after === null ||
          compareCheckpoints({ updatedAt: 0, id: listing.remoteId }, { updatedAt: 0, id: after.id }) > 0
        )
      return after === null
        ? listing.updatedAt >= checkpoint.updatedAt
        : compareCheckpoints(placeOf(listing), after) > 0
    }
    const ahead = sorted.filter(isAhead)
    const page = ahead.slice(0, most)
    const last = page.at(-1)
    const more = last !== undefined && ahead.length > page.length
    return ok({
      ...this.#show(page),
      checkpoint: checkpoint !== null ? newest(page) : more ? null : start,
      nextPage: more ? JSON.stringify({ after: placeOf(last), start } satisfies Token) : null,
    })
  }

  read({ remoteIds }: OperationInput<'read-listings'>): Result<OperationOutput<'read-listings'>> {
    const trouble = this.#deps.trouble()
    if (trouble !== null) return trouble
    const found = remoteIds.flatMap((remoteId) => this.listings.get(remoteId) ?? [])
    return ok({ ...this.#show(found), missing: remoteIds.filter((remoteId) => !this.listings.has(remoteId)) })
  }

  pushTexts({ changes, ...push }: OperationInput<'push-listing'>, pause: Pause): Promise<Result<PushAnswer>> {
    const wanted = changes.map(({ locale, part, before, value }) => ({
      ...{ field: fieldName({ kind: 'content', locale, part }), before: before ?? undefined, value },
    }))
    return this.#push(push, wanted, pause)
  }

  pushPrice(
    { offerRemoteId, before, value, market, ...push }: OperationInput<'push-price'>,
    pause: Pause,
  ): Promise<Result<PushAnswer>> {
    const field = fieldName({ kind: 'price', offerRemoteId, currency: value.currency, market })
    return this.#push(push, [{ field, before: before ?? undefined, value }], pause)
  }

  pushStock(
    { offerRemoteId, from, to, readAt, ...push }: OperationInput<'push-stock'>,
    pause: Pause,
  ): Promise<Result<PushAnswer>> {
    const field = fieldName({ kind: 'stock', offerRemoteId })
    return this.#push(push, [{ field, before: from, value: to }], pause, readAt)
  }

  /** Reads first and writes only on what the change was made from; reading and writing are two moments. */
  async #push(
    { intentId, mayHaveArrived, listingRemoteId }: PushInput,
    wanted: { field: string; before: unknown; value: unknown }[],
    pause: Pause,
    readAt?: number,
  ): Promise<Result<PushAnswer>> {
    const trouble = this.#deps.trouble()
    if (trouble !== null) return trouble
    const { chance, setTimer, rng } = this.#deps
    const before = this.listings.get(listingRemoteId)
    if (before === undefined) return err(issue('not-found', { reason: 'listing' }))
    const there = listingFields(before)
    const isStock = wanted.some(({ field }) => field.endsWith('.stock'))
    const arrived = wanted.every(({ field, value }) => isEqual(there.get(field), value))
    if (arrived && (mayHaveArrived || !isStock)) {
      const ours = this.effects.some((effect) => effect.intentId === intentId)
      if (isStock && !ours) this.coincided.add(listingRemoteId)
      return ok({ outcome: 'already', listing: before })
    }
    const fits = ({ field, before: from, value }: (typeof wanted)[number]): boolean =>
      isEqual(there.get(field), from) || (!isStock && isEqual(there.get(field), value))
    if (!wanted.every(fits)) return ok({ outcome: 'moved', listing: before })
    // Moved and moved back: it cannot be told whether an earlier attempt arrived in between.
    if (mayHaveArrived && readAt !== undefined && before.updatedAt !== readAt)
      return ok({ outcome: 'moved', listing: before })
    await pause()
    if (chance('lostRequest')) return err(issue('outcome-unknown', { reason: 'timeout' }))
    const write = (): void => {
      const now = this.listings.get(listingRemoteId)
      if (
        isStock &&
        now !== undefined &&
        !wanted.every(({ field, before: read }) => isEqual(listingFields(now).get(field), read))
      )
        this.coincided.add(listingRemoteId)
      for (const { field, value } of wanted) this.#write(intentId, listingRemoteId, field, value)
    }
    if (chance('lateWrite')) {
      setTimer(write, Math.floor(rng() * 2_500))
      return err(issue('outcome-unknown', { reason: 'timeout' }))
    }
    if (chance('shownLate')) {
      setTimer(write, Math.floor(rng() * 90_000))
      return ok({ outcome: 'accepted', listing: before })
    }
    write()
    if (chance('lostAnswer') || chance('truncated'))
      return err(issue('outcome-unknown', { reason: 'connection-reset' }))
    const after = this.listings.get(listingRemoteId)
    return after === undefined
      ? err(issue('not-found', { reason: 'listing' }))
      : ok({ outcome: 'written', listing: after })
  }

  #write(intentId: string, listingRemoteId: string, field: string, value: unknown): void {
    const listing = this.listings.get(listingRemoteId)
    if (listing === undefined) return
    const from = listingFields(listing).get(field)
    if (isEqual(from, value)) return
    this.effects.push({ intentId, listingRemoteId, field, from, to: value })
    this.#set(listingRemoteId, field, value)
  }

  #set(remoteId: string, field: string, value: unknown): void {
    const listing = this.listings.get(remoteId)
    if (listing !== undefined) this.#put(withFields(listing, new Map([[field, value]])))
  }

  #put(listing: RemoteListing): RemoteListing {
    // Every change shows in it, also two within one tick.
    const last = this.listings.get(listing.remoteId)?.updatedAt ?? 0
    const stamped = { ...listing, updatedAt: Math.max(last + 1, Math.ceil(this.#deps.now() / 1000) * 1000) }
    this.listings.set(listing.remoteId, stamped)
    return stamped
  }

  #show(page: RemoteListing[]): Pick<OperationOutput<'pull-listings'>, 'listings' | 'rejected'> {
    const rejected = page
      .filter(() => this.#deps.chance('unreadable'))
      .map(({ remoteId }) => ({ remoteId, reason: 'made up', raw: {} }))
    const unread = new Set(rejected.map(({ remoteId }) => remoteId))
    return { listings: page.filter(({ remoteId }) => !unread.has(remoteId)), rejected }
  }
}

type Place = { updatedAt: number; id: string }
/** Where a page ends, and where the newest change was when the first was asked for. */
type Token = { after: Place; start: Place | null }

function placeOf({ updatedAt, remoteId }: RemoteListing): Place {
  return { updatedAt, id: remoteId }
}
