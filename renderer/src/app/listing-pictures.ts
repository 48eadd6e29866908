import { computed, shallowReactive, watch, type ComputedRef } from 'vue'
import type { ConnectionId, ListingId } from '#core/shared/ids.ts'
import { readPictures, watchPictureIds } from '#renderer/data/queries/pictures.ts'
import { useWorkspace, type Workspace } from '#renderer/app/workspace.ts'
import { fetchSeenPictures } from '#renderer/usecases/fetch-seen-pictures.ts'

/** What a picture is asked for by. */
export interface Pictured {
  id: ListingId
  connectionId: ConnectionId
  /** Where its shop has it; '' when it has none, or when it is not to be fetched. */
  pictureUrl: string
}

/** Rows that fly past while somebody scrolls ask for nothing. */
const READ_AFTER_MS = 40
const FETCH_AFTER_MS = 400
/** Shown again without a read when a row comes back. */
const MOST_KEPT = 300

/**
 * The pictures of one database for everything that shows some: read together, each turned into an address for `<img>` once. One live
 * query over ids stands for all rows, so a row costs no query of its own.
 */
class PictureShelf {
  /** Reactive by id: a picture that comes redraws its own row. */
  readonly #sources = shallowReactive(new Map<ListingId, string>())
  /** The shop's address of what is on the shelf, and when it was fetched. */
  readonly #shown = new Map<ListingId, { url: string; fetchedAt: number }>()
  readonly #wanted = new Map<ListingId, { listing: Pictured; uses: number }>()
  readonly #asked = new Set<string>()
  #stored = new Set<ListingId>()
  #reading: ReturnType<typeof setTimeout> | undefined
  #fetching: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly workspace: Pick<Workspace, 'db' | 'context'>) {
    watchPictureIds(workspace.db).subscribe(
      (ids) => {
        this.#stored = new Set(ids)
        this.#soon()
      },
      () => undefined,
    )
  }

  sourceOf(id: ListingId): string {
    return this.#sources.get(id) ?? ''
  }

  /** Returns what says that it is no longer shown. */
  want(listing: Pictured): () => void {
    const { id } = listing
    this.#wanted.set(id, { listing, uses: (this.#wanted.get(id)?.uses ?? 0) + 1 })
    if (!this.#isCurrent(listing)) this.#soon()
    return () => {
      const held = this.#wanted.get(id)
      if (held === undefined) return
      if (--held.uses <= 0) this.#wanted.delete(id)
    }
  }

  #isCurrent({ id, pictureUrl }: Pictured): boolean {
    const url = this.#shown.get(id)?.url
    return url !== undefined && (pictureUrl === '' || url === pictureUrl)
  }

  #soon(): void {
    this.#reading ??= setTimeout(() => {
      this.#reading = undefined
      void this.#read()
    }, READ_AFTER_MS)
    clearTimeout(this.#fetching)
    this.#fetching = setTimeout(() => void this.#fetch(), FETCH_AFTER_MS)
  }

  async #read(): Promise<void> {
    for (const id of this.#shown.keys()) if (!this.#stored.has(id)) this.#drop(id)
    const ids = [...this.#wanted.keys()].filter((id) => this.#stored.has(id))
    // What cannot be read is not shown; letters stand in its place.
    const found = await readPictures(this.workspace.db, ids).catch(() => [])
    for (const { listingId, url, mime, bytes, fetchedAt } of found) {
      if (this.#shown.get(listingId)?.fetchedAt === fetchedAt) continue
      this.#drop(listingId)
      // A copy: what comes from storage may lie in a buffer that is shared with nothing else, but its type does not say so.
      const made = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mime }))
      this.#shown.set(listingId, { url, fetchedAt })
      this.#sources.set(listingId, made)
    }
    this.#tidy()
  }

  /** What shops have and this desk has not, of what somebody rests on; each address once in a run of the app. */
  async #fetch(): Promise<void> {
    const missing = [...this.#wanted.values()].map(({ listing }) => listing)
    const fresh = missing.filter(
      (listing) =>
        listing.pictureUrl !== '' && !this.#isCurrent(listing) && !this.#asked.has(listing.pictureUrl),
    )
    if (fresh.length === 0) return
    const { db, context } = this.workspace
    const asked = await fetchSeenPictures({ db, host: context.host, now: context.now }, fresh).catch(() => [])
    for (const url of asked) this.#asked.add(url)
  }

  /** The oldest that nobody shows go first. */
  #tidy(): void {
    const idle = [...this.#shown.keys()].filter((id) => !this.#wanted.has(id))
    for (const id of idle.slice(0, Math.max(0, this.#shown.size - MOST_KEPT))) this.#drop(id)
  }

  #drop(id: ListingId): void {
    URL.revokeObjectURL(this.#sources.get(id) ?? '')
    this.#sources.delete(id)
    this.#shown.delete(id)
  }
}

const shelves = new WeakMap<Workspace['db'], PictureShelf>()

function shelfOf(workspace: Workspace): PictureShelf {
  const shelf = shelves.get(workspace.db) ?? new PictureShelf(workspace)
  shelves.set(workspace.db, shelf)
  return shelf
}

/** Address of a listing's stored picture for `<img>`; '' while there is none here. */
export function useListingPicture(listing: () => Pictured): ComputedRef<string> {
  const shelf = shelfOf(useWorkspace())
  watch(
    () => `${listing().id} ${listing().pictureUrl}`,
    (_now, _before, onCleanup) => onCleanup(shelf.want(listing())),
    { immediate: true },
  )
  return computed(() => shelf.sourceOf(listing().id))
}
