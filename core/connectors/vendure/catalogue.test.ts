import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { HttpRequest } from '#core/connectors/_kit/operation.ts'
import { pullListings } from '#core/connectors/vendure/operations/pull-listings.ts'

/** A catalogue as Vendure keeps it: two lists with times of their own, sorted by one time and one text. */
interface Row {
  id: string
  createdAt: number
  updatedAt: number
  /** Slug of a product, SKU of a variant. */
  key: string
  version: number
}
interface Shop {
  now: number
  made: number
  products: Row[]
  variants: (Row & { productId: string })[]
}

type Action =
  | { kind: 'create' }
  | { kind: 'remove' | 'touch' | 'touch-variant'; at: number }
  | { kind: 'bulk'; from: number; to: number }
type Step = { wait: number; actions: Action[]; crash: boolean }

const settings = { baseUrl: 'https://shop.example.com', username: 'seller' }

function act(shop: Shop, action: Action): void {
  const pick = <T>(rows: readonly T[], at: number): T | undefined => rows[at % Math.max(1, rows.length)]
  if (action.kind === 'create') {
    const id = String((shop.made += 1) + 1000)
    // SQLite's own clock has whole seconds; what Vendure sets itself has milliseconds.
    const born = Math.floor(shop.now / 1000) * 1000
    const row = { id, createdAt: born, updatedAt: born, key: `k${Number(id) % 7}-${id}`, version: 1 }
    shop.products.push(row)
    shop.variants.push({ ...row, id: `${id}1`, productId: id }, { ...row, id: `${id}2`, productId: id })
    return
  }
  if (action.kind === 'bulk') {
    const [from, to] = [action.from % 40, action.to % 40].sort((a, b) => a - b)
    for (const row of shop.variants.slice(from, to))
      Object.assign(row, { updatedAt: shop.now, version: row.version + 1 })
    return
  }
  const row =
    action.kind === 'touch-variant' ? pick(shop.variants, action.at) : pick(shop.products, action.at)
  if (row === undefined) return
  if (action.kind !== 'remove') Object.assign(row, { updatedAt: shop.now, version: row.version + 1 })
  else {
    shop.products = shop.products.filter(({ id }) => id !== row.id)
    shop.variants = shop.variants.filter(({ productId }) => productId !== row.id)
  }
}

type Options = {
  take: number
  skip?: number
  sort?: Record<string, string>
  filter?: Record<string, { after?: string; in?: string[] }>
}

function list<R extends Row>(rows: readonly R[], { take, skip = 0, sort = {}, filter = {} }: Options): R[] {
  const time = 'createdAt' in sort ? 'createdAt' : 'updatedAt'
  const after = filter[time]?.after
  const found = rows.filter(
    (row) =>
      (after === undefined || row[time] > Date.parse(after)) && (filter['id']?.in?.includes(row.id) ?? true),
  )
  const down = sort[time] === 'DESC' ? -1 : 1
  return found.sort((a, b) => down * (a[time] - b[time]) || (a.key < b.key ? -1 : 1)).slice(skip, skip + take)
}

const iso = (row: Row) => ({
  ...{ id: row.id, productId: (row as Row & { productId?: string }).productId },
  ...{ createdAt: new Date(row.createdAt).toISOString(), updatedAt: new Date(row.updatedAt).toISOString() },
})

function respond(shop: Shop, request: HttpRequest): string {
  const { variables } = request.json as { variables: Record<string, Options> }
  const newest: Options = { take: 1, sort: { updatedAt: 'DESC' } }
  const full = (product: Row) => ({
    ...{ ...iso(product), enabled: true, languageCode: 'en' },
    translations: [{ languageCode: 'en', name: `v${product.version}`, description: '' }],
    variants: shop.variants
      .filter(({ productId }) => productId === product.id)
      .map((variant) => ({
        ...{ ...iso(variant), trackInventory: 'TRUE', prices: [] },
        stockLevels: [{ stockLocationId: '1', stockOnHand: variant.version }],
      })),
  })
  const data =
    request.name === 'PullListings' || request.name === 'ReadListings'
      ? { products: { items: list(shop.products, variables['options']!).map(full) } }
      : {
          products: { items: list(shop.products, variables['products'] ?? newest).map(iso) },
          productVariants: { items: list(shop.variants, variables['variants'] ?? newest).map(iso) },
        }
  return JSON.stringify({ data })
}

function runPage(shop: Shop, input: OperationInput<'pull-listings'>): OperationOutput<'pull-listings'> {
  const work = pullListings(input, { settings, now: 0 })
  let step = work.next()
  while (step.done !== true)
    step = work.next({
      kind: 'answer',
      status: 200,
      headers: {},
      text: respond(shop, step.value),
      receivedAt: 0,
    })
  if (!step.value.ok) throw new Error(JSON.stringify(step.value.error))
  return step.value.value
}

/** A desk that pulls for as long as there are steps, closed in the middle now and then, and once more in quiet. */
function pullThrough(shop: Shop, pageSize: number, steps: Step[]): Map<string, string> {
  const stored = new Map<string, string>()
  let checkpoint: OperationInput<'pull-listings'>['checkpoint'] = null
  let pageToken: string | null = null
  let tokens = new Set<string>()
  const left = [...steps]
  for (let pages = 0, quiet = false; ; pages += 1) {
    if (pages > 3_000) throw new Error('the pull does not end')
    const page = runPage(shop, { checkpoint, pageToken, pageSize })
    expect(page.rejected).toEqual([])
    expect(page.listings.length).toBeLessThanOrEqual(Math.max(pageSize, 2) + 2)
    for (const { remoteId, contents, offers } of page.listings)
      stored.set(remoteId, [contents['en']?.title, ...offers.map(({ stock }) => stock)].join())
    const before: number = checkpoint?.updatedAt ?? 0
    checkpoint = page.checkpoint ?? checkpoint
    expect(checkpoint?.updatedAt ?? 0).toBeGreaterThanOrEqual(before)
    pageToken = page.nextPage
    const step = left.shift()
    for (const action of step?.actions ?? []) {
      shop.now += step!.wait
      act(shop, action)
    }
    if (step?.crash === true) pageToken = null
    if (pageToken !== null && tokens.has(pageToken)) throw new Error('the same page again')
    if (pageToken === null) tokens = new Set()
    else tokens.add(pageToken)
    if (pageToken !== null || left.length > 0) continue
    // One whole pull with nobody else about.
    if (quiet && step === undefined) return stored
    quiet = step === undefined
  }
}

const actionArbitrary: fc.Arbitrary<Action> = fc.oneof(
  fc.constant<Action>({ kind: 'create' }),
  fc.record({
    kind: fc.constantFrom('remove' as const, 'touch' as const, 'touch-variant' as const),
    at: fc.nat(60),
  }),
  fc.record({ kind: fc.constant('bulk' as const), from: fc.nat(39), to: fc.nat(39) }),
)

describe('pulling a catalogue that changes under the pull', () => {
  it('ends, and has the last word on every listing that is there', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.nat(3_000), { maxLength: 20 }),
        fc.array(
          fc.record({
            wait: fc.constantFrom(0, 1, 400, 2_900, 9_000),
            actions: fc.array(actionArbitrary, { maxLength: 6 }),
            crash: fc.boolean(),
          }),
          { maxLength: 30 },
        ),
        (pageSize, births, steps) => {
          const shop: Shop = { now: Date.UTC(2026, 10, 22), made: 0, products: [], variants: [] }
          for (const wait of births) {
            shop.now += wait
            act(shop, { kind: 'create' })
          }
          const stored = pullThrough(shop, pageSize, steps)
          for (const { id, version } of shop.products) {
            const levels = shop.variants.filter(({ productId }) => productId === id)
            expect(stored.get(id), id).toBe([`v${version}`, ...levels.map((each) => each.version)].join())
          }
        },
      ),
      { numRuns: 150 },
    )
  }, 60_000)

  it('loses nothing when it is closed after every page: the list that is behind holds the checkpoint', () => {
    const shop: Shop = { now: Date.UTC(2026, 10, 22), made: 0, products: [], variants: [] }
    for (let n = 0; n < 6; n += 1) {
      shop.now += 10_000
      act(shop, { kind: 'create' })
    }
    let { checkpoint } = runPage(shop, { checkpoint: null, pageToken: null, pageSize: 500 })
    for (let n = 0; n < 6; n += 1) {
      shop.now += 10_000
      act(shop, { kind: 'touch-variant', at: 2 * n })
    }
    act(shop, { kind: 'touch', at: 0 })
    const seen = new Map<string, number | null | undefined>()
    for (let page = 0; page < 20; page += 1) {
      const { listings, ...rest } = runPage(shop, { checkpoint, pageToken: null, pageSize: 6 })
      for (const { remoteId, offers } of listings) seen.set(remoteId, offers[0]?.stock)
      checkpoint = rest.checkpoint ?? checkpoint
    }
    expect([...seen.values()]).toEqual([2, 2, 2, 2, 2, 2])
    expect(checkpoint?.updatedAt).toBe(shop.now)
  })

  it('brings back a stretch of one moment by position, and refuses a token that is not its own', () => {
    const shop: Shop = { now: Date.UTC(2026, 10, 22), made: 0, products: [], variants: [] }
    for (let n = 0; n < 30; n += 1) act(shop, { kind: 'create' })
    const first = runPage(shop, { checkpoint: null, pageToken: null, pageSize: 4 })
    expect(JSON.parse(first.nextPage!)).toMatchObject({ phase: 'walk', list: { skip: 3 } })
    // The product at the seam goes: the stretch begins again, under another token.
    shop.products = shop.products.filter(({ id }) => id !== first.listings[3]!.remoteId)
    const second = runPage(shop, { checkpoint: null, pageToken: first.nextPage, pageSize: 4 })
    expect(JSON.parse(second.nextPage!)).toMatchObject({ list: { skip: 0, anchor: null, round: 1 } })
    for (const pageToken of ['', '{}', '{"phase":"sweep"}', '[1]', 'null']) {
      const work = pullListings({ checkpoint: null, pageToken, pageSize: 4 }, { settings, now: 0 })
      expect(work.next()).toMatchObject({
        done: true,
        value: { ok: false, error: [{ code: 'invalid-input', reason: 'page-token' }] },
      })
    }
  })

  it('never brings more than the contract allows', () => {
    const shop: Shop = { now: Date.UTC(2026, 10, 22), made: 0, products: [], variants: [] }
    for (let n = 0; n < 1_100; n += 1) act(shop, { kind: 'create' })
    const seen = new Set<string>()
    let pageToken: string | null = null
    do {
      const page = runPage(shop, { checkpoint: null, pageToken, pageSize: 500 })
      expect(page.listings.length).toBeLessThanOrEqual(500)
      for (const { remoteId } of page.listings) seen.add(remoteId)
      pageToken = page.nextPage
    } while (pageToken !== null)
    expect(seen.size).toBe(1_100)
    const since = { updatedAt: Date.UTC(2026, 10, 1), id: '1' }
    const changed = runPage(shop, { checkpoint: since, pageToken: null, pageSize: 500 })
    expect(changed.listings.length).toBeLessThanOrEqual(500)
  })
})
