import { describe, expect, it } from 'vitest'
import { operations, type OperationOutput } from '#core/contracts/operations.ts'
import type { Money } from '#core/money/money.ts'
import { describeStatuses, type Run, type Statuses } from '#tests/conformance/conformance-run.ts'
import type { Fixture } from '#tests/conformance/fixture.ts'
import { leafChanges } from '#tests/conformance/leaf-changes.ts'

/** The recorded runs by which listings are judged. */
export interface ListingCases {
  /** The whole catalogue in one page. */
  walk: string
  /** The same in several, in order. */
  paged: string[]
  /** What changed since, by text and by price. */
  changed: string
  empty: string
  throttled: string
  /** Listings by id: one on sale, one hidden, and ids that are not there. */
  read: string
  missing: string[]
  isInItem: (path: readonly string[]) => boolean
  /** The read with every price as the remote would send this amount. */
  withPrices: (fixture: Fixture, price: Money) => Fixture
}

export function describeListings(
  cases: ListingCases,
  get: (name: string) => Fixture,
  run: Run,
  statuses: Statuses | undefined,
): void {
  const pull = (fixture: Fixture): OperationOutput<'pull-listings'> => {
    const { result } = run<'pull-listings'>(fixture)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    return result.value
  }
  const idsOf = (pages: OperationOutput<'pull-listings'>[]): string[] =>
    [...new Set(pages.flatMap(({ listings }) => listings.map(({ remoteId }) => remoteId)))].sort()

  describe('pulling listings', () => {
    it('brings the whole catalogue and where the changes go on', () => {
      const page = pull(get(cases.walk))
      expect(page.listings.length).toBeGreaterThan(0)
      expect(page).toMatchObject({ rejected: [], nextPage: null, checkpoint: { id: expect.any(String) } })
      const newest = Math.max(...page.listings.map(({ updatedAt }) => updatedAt))
      expect(page.checkpoint?.updatedAt).toBeLessThanOrEqual(newest)
    })

    it('brings page by page what it brings in one, and the checkpoint with the last', () => {
      const pages = cases.paged.map((name) => pull(get(name)))
      expect(pages.length).toBeGreaterThan(1)
      expect(idsOf(pages)).toEqual(idsOf([pull(get(cases.walk))]))
      expect(pages.map(({ nextPage }) => nextPage === null)).toEqual(
        pages.map((_, at) => at === pages.length - 1),
      )
      expect(pages.slice(0, -1).every(({ checkpoint }) => checkpoint === null)).toBe(true)
      expect(pages.at(-1)?.checkpoint).toEqual(pull(get(cases.walk)).checkpoint)
    })

    it('brings what changed, moves on, and never back', () => {
      const fixture = get(cases.changed)
      const { checkpoint } = operations['pull-listings'].input.parse(fixture.input)
      const page = pull(fixture)
      expect(page.listings.length).toBeGreaterThan(0)
      expect(page.checkpoint!.updatedAt).toBeGreaterThan(checkpoint!.updatedAt)
      const later = { updatedAt: Date.UTC(2099, 0, 1), id: '1' }
      const back = pull({ ...fixture, input: { ...(fixture.input as object), checkpoint: later } })
      expect(back.checkpoint).toEqual(later)
      expect(pull(get(cases.empty))).toMatchObject({ listings: [], rejected: [], nextPage: null })
    })

    it('loses at most the item whose leaf is missing', () => {
      const fixture = get(cases.changed)
      const whole = pull(fixture)
      for (const change of leafChanges(fixture.exchanges)) {
        if (!cases.isInItem(change.path)) continue
        const { listings, rejected } = pull({ ...fixture, exchanges: change.exchanges })
        expect(rejected.length, change.label).toBeLessThanOrEqual(1)
        expect(listings.length, change.label).toBeGreaterThanOrEqual(whole.listings.length - 1)
      }
    })

    it('knows how long to wait when it is throttled', () => {
      expect(run(get(cases.throttled)).result).toMatchObject({
        ok: false,
        error: [{ code: 'rate-limited', retryAfterMs: expect.any(Number) }],
      })
    })

    describeStatuses(get(cases.walk), run, statuses)
  })

  describe('reading listings by id', () => {
    const read = (fixture: Fixture): OperationOutput<'read-listings'> => {
      const { result } = run<'read-listings'>(fixture)
      if (!result.ok) throw new Error(JSON.stringify(result.error))
      return result.value
    }
    const fixture = get(cases.read)
    const asked = operations['read-listings'].input.parse(fixture.input).remoteIds

    it('accounts for every id', () => {
      const { listings, rejected, missing } = read(fixture)
      expect(missing).toEqual(cases.missing)
      expect(rejected).toEqual([])
      expect([...listings.map(({ remoteId }) => remoteId), ...missing].sort()).toEqual([...asked].sort())
      expect(new Set(listings.map(({ status }) => status))).toEqual(new Set(['active', 'hidden']))
    })

    it('loses at most the item whose leaf is missing, and shows nothing less of the others', () => {
      const whole = read(fixture)
      for (const change of leafChanges(fixture.exchanges)) {
        if (!cases.isInItem(change.path)) continue
        const { listings, rejected, missing } = read({ ...fixture, exchanges: change.exchanges })
        expect(listings.length + rejected.length, change.label).toBe(whole.listings.length)
        expect(rejected.length, change.label).toBeLessThanOrEqual(1)
        for (const id of missing) expect(cases.missing, change.label).toContain(id)
        // A price or a level that is missing must not look like one that was taken away.
        for (const listing of listings)
          for (const [at, offer] of listing.offers.entries()) {
            const before = whole.listings.find(({ remoteId }) => remoteId === listing.remoteId)?.offers[at]
            expect(offer.prices, change.label).toEqual(before?.prices)
            expect(offer.stock, change.label).toBe(before?.stock)
          }
      }
    })

    it.each([
      { minor: 1000, currency: 'JPY' },
      { minor: 1250, currency: 'KWD' },
      { minor: 1999, currency: 'EUR' },
      { minor: 0, currency: 'USD' },
    ])('reads $minor minor units of $currency', (price) => {
      for (const { offers } of read(cases.withPrices(fixture, price)).listings)
        // In every market that the listing is in.
        for (const { prices } of offers) {
          expect(prices.length).toBeGreaterThan(0)
          for (const each of prices) expect(each).toMatchObject(price)
        }
    })
  })
}
