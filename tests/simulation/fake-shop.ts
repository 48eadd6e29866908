import type { OperationInput, OperationName, OperationOutput } from '#core/contracts/operations.ts'
import { fieldName } from '#core/listing/fields.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import type { Rng } from '#core/shared/ports.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { compareCheckpoints } from '#core/sync/checkpoint.ts'
import type { SetTimer } from '#renderer/sync/sync-deps.ts'
import { FakeCatalogue } from '#tests/simulation/fake-catalogue.ts'
import { WELL_BEHAVED, type Mischief } from '#tests/simulation/mischief.ts'
import { QUIET_BUYER } from '#tests/simulation/actions.ts'
import type { Pause, StoryShop } from '#tests/simulation/story-shop.ts'
import { remoteOrder } from '#tests/support/test-desk.ts'

export interface ShopDeps {
  rng: Rng
  now: () => number
  setTimer: SetTimer
  /** As Vendure: payment, shipment, a hold and a new address leave the order's time of change where it was. */
  quietClock?: boolean
  /** What all its orders have in common. */
  usual?: Partial<RemoteOrder>
}

/** An in-memory shop behind an unreliable line. Like most marketplaces it has no idempotency keys. */
export class FakeShop implements StoryShop {
  readonly connectorId = 'vendure'
  readonly parcelsPerOrder = 1
  readonly breaches: string[] = []
  mischief: Mischief = WELL_BEHAVED
  signedOut = false
  /** Every write that took effect: one line per fulfilment ever made. */
  readonly effects: { orderRemoteId: string; trackingNumber: string; intentId: string }[] = []
  readonly orders = new Map<string, RemoteOrder>()
  readonly carts: RemoteOrder[] = []
  readonly catalogue: FakeCatalogue
  /** Notes of the staff, by order. */
  readonly notes = new Map<string, string[]>()
  /** Cancellations and notes that took effect, by intent. */
  readonly orderWrites: { intentId: string; orderRemoteId: string; what: string }[] = []
  calls = 0
  #placed = 0
  #pages = 0
  readonly #deps: ShopDeps

  constructor(deps: ShopDeps) {
    this.#deps = deps
    this.catalogue = new FakeCatalogue({
      ...deps,
      trouble: () => this.#trouble(),
      chance: (kind) => this.#chance(kind),
    })
  }

  answer<N extends OperationName>(
    operation: N,
    input: OperationInput<N>,
    pause: Pause,
  ): Promise<Result<OperationOutput<N>>> {
    const answers: Partial<{ [M in OperationName]: Answer<M> }> = {
      'pull-orders': (asked) => this.pull(asked),
      'read-orders': (asked) => this.read(asked),
      'confirm-shipment': (asked) => this.confirm(asked, pause),
      'cancel-order': (asked) => this.cancel(asked, pause),
      'note-order': (asked) => this.note(asked, pause),
      'pull-listings': (asked) => this.catalogue.pull(asked),
      'read-listings': (asked) => this.catalogue.read(asked),
      'push-listing': (asked) => this.catalogue.pushTexts(asked, pause),
      'push-price': (asked) => this.catalogue.pushPrice(asked, pause),
      'push-stock': (asked) => this.catalogue.pushStock(asked, pause),
    }
    const answer = answers[operation]
    return Promise.resolve(answer?.(input) ?? err(issue('unsupported', { reason: 'no-such-operation' })))
  }

  fill(): void {
    for (let i = 0; i < 5; i++) this.add()
    for (let i = 0; i < 3; i++) this.catalogue.add()
  }

  stir(rng: Rng): void {
    stirFakeShop(this, rng)
  }

  stirCatalogue(rng: Rng): void {
    stirFakeCatalogue(this, rng)
  }

  stirLine(rng: Rng): void {
    this.mischief = makeMischief(rng)
  }

  heal(): void {
    this.mischief = WELL_BEHAVED
  }

  signIn(): void {
    this.signedOut = false
  }

  /** Puts an order in, or changes one; the shop counts in whole seconds. */
  put(order: RemoteOrder): RemoteOrder {
    const stamped = { ...order, updatedAt: Math.ceil(this.#deps.now() / 1000) * 1000 }
    this.orders.set(order.remoteId, stamped)
    return stamped
  }

  /** A change of state; where the clock is quiet, nothing but reading the order shows it. */
  move(order: RemoteOrder): void {
    if (this.#deps.quietClock === true) this.orders.set(order.remoteId, order)
    else this.put(order)
  }

  add(change: Partial<RemoteOrder> = {}): RemoteOrder {
    return this.put(remoteOrder(++this.#placed, { ...this.#deps.usual, ...change }))
  }

  /** A buyer fills a cart and hesitates: nobody sees it until it is paid. */
  addCart(): void {
    const cart = remoteOrder(++this.#placed, this.#deps.usual)
    this.carts.push({ ...cart, updatedAt: Math.ceil(this.#deps.now() / 1000) * 1000 })
  }

  /** The oldest cart becomes an order. */
  payCart(): void {
    const cart = this.carts.shift()
    if (cart !== undefined) this.move({ ...cart, placedAt: this.#deps.now() })
  }

  /** Somebody wipes the shop, or it answers for another one: every order that has not left is cancelled at once. */
  cancelAll(): void {
    for (const order of this.orders.values())
      if (order.fulfilments.length === 0) this.put({ ...order, status: 'cancelled', rawStatus: 'Cancelled' })
  }

  /** Somebody ships it in the shop's own back office. */
  shipElsewhere(order: RemoteOrder): void {
    const fulfilments = [
      {
        remoteId: `e${order.remoteId}`,
        state: 'Shipped',
        carrier: 'Other',
        trackingNumber: `ELSEWHERE-${order.remoteId}`,
      },
    ]
    this.move({ ...order, status: 'shipped', rawStatus: 'Shipped', fulfilments })
  }

  pull({
    checkpoint,
    pageToken,
    pageSize,
  }: OperationInput<'pull-orders'>): Result<OperationOutput<'pull-orders'>> {
    const trouble = this.#trouble()
    if (trouble !== null) return trouble
    if (this.#chance('truncated')) return err(issue('malformed', { reason: 'not-json' }))
    if (pageToken !== null && this.#chance('tokenLost'))
      return err(issue('invalid-input', { reason: 'token-lost' }))
    if (this.#chance('nothing')) return ok({ orders: [], rejected: [], checkpoint: null, nextPage: null })
    if (this.#chance('emptyPage')) {
      const nextPage = JSON.stringify({ behind: pageToken, page: ++this.#pages })
      return ok({ orders: [], rejected: [], checkpoint: null, nextPage })
    }
    const token = pageToken === null ? null : (JSON.parse(pageToken) as Token | Behind)
    if (token !== null && 'behind' in token)
      return this.pull({ checkpoint, pageToken: token.behind, pageSize })
    if (token !== null && 'sweep' in token) return ok(this.#sweep(token, pageSize))
    const from = pageToken === null ? checkpoint : token
    const since = token === null ? (checkpoint?.updatedAt ?? 0) : token.since
    // From a checkpoint the last tick is read again: in whole seconds more may have happened in it.
    const isNew = (order: RemoteOrder): boolean => {
      if (from === null) return true
      return pageToken === null
        ? order.updatedAt >= from.updatedAt
        : compareCheckpoints(placeOf(order), from) > 0
    }
    const ahead = [...this.orders.values()]
      .filter(isNew)
      .sort((a, b) => compareCheckpoints(placeOf(a), placeOf(b)))
    const page = ahead.slice(0, pageSize)
    const last = page.at(-1)
    const more = last !== undefined && ahead.length > page.length
    const next: Token = more ? { ...placeOf(last), since } : { sweep: 0, since }
    return ok({
      ...this.#show(page),
      checkpoint: last === undefined ? null : placeOf(last),
      nextPage: JSON.stringify(next),
    })
  }

  /** By position in a list that changes meanwhile: a page may miss some; the next sweep has them. */
  #sweep({ sweep, since }: Sweep, pageSize: number): OperationOutput<'pull-orders'> {
    const isWanted = ({ status, placedAt }: RemoteOrder): boolean =>
      status === 'to_ship' || status === 'on_hold' || (placedAt ?? 0) > since
    const open = [...this.orders.values()].filter(isWanted)
    const page = open.slice(sweep, sweep + pageSize)
    const next: Token | null = page.length < pageSize ? null : { sweep: sweep + page.length, since }
    return { ...this.#show(page), checkpoint: null, nextPage: next === null ? null : JSON.stringify(next) }
  }

  read({ remoteIds }: OperationInput<'read-orders'>): Result<OperationOutput<'read-orders'>> {
    const trouble = this.#trouble()
    if (trouble !== null) return trouble
    if (this.#chance('truncated')) return err(issue('malformed', { reason: 'not-json' }))
    const found = remoteIds.flatMap((remoteId) => this.orders.get(remoteId) ?? [])
    return ok({ ...this.#show(found), missing: remoteIds.filter((remoteId) => !this.orders.has(remoteId)) })
  }

  #show(page: RemoteOrder[]): Pick<OperationOutput<'pull-orders'>, 'orders' | 'rejected'> {
    const rejected = page
      .filter(() => this.#chance('unreadable'))
      .map(({ remoteId }) => ({ remoteId, reason: 'made up', raw: {} }))
    const unread = new Set(rejected.map(({ remoteId }) => remoteId))
    return { orders: this.#shuffle(page.filter(({ remoteId }) => !unread.has(remoteId))), rejected }
  }

  /** Reads first and writes only what is not there, as the contract asks; reading and writing are two moments. */
  async confirm(
    input: OperationInput<'confirm-shipment'>,
    pause: () => Promise<void>,
  ): Promise<Result<OperationOutput<'confirm-shipment'>>> {
    const trouble = this.#trouble()
    if (trouble !== null) return trouble
    const before = this.orders.get(input.orderRemoteId)
    if (before === undefined) return err(issue('not-found', { reason: 'order' }))
    const there = before.fulfilments.find(({ trackingNumber }) => trackingNumber === input.trackingNumber)
    if (there !== undefined)
      return ok({ outcome: 'already-confirmed', fulfilmentRemoteId: there.remoteId, order: before })
    await pause()
    if (shippedBefore(before)) return err(issue('conflict', { reason: 'shipped-otherwise' }))
    if (before.status === 'cancelled') return err(issue('conflict', { reason: 'order-cancelled' }))
    if (this.#chance('lostRequest')) return err(issue('outcome-unknown', { reason: 'timeout' }))
    if (this.#chance('lateWrite')) {
      this.#deps.setTimer(() => this.#write(input), Math.floor(this.#deps.rng() * 2_500))
      return err(issue('outcome-unknown', { reason: 'timeout' }))
    }
    const fulfilmentRemoteId = this.#write(input)
    if (fulfilmentRemoteId === null) return err(issue('conflict', { reason: 'shipped-otherwise' }))
    if (this.#chance('lostAnswer')) return err(issue('outcome-unknown', { reason: 'connection-reset' }))
    if (this.#chance('truncated')) return err(issue('outcome-unknown', { reason: 'not-json' }))
    return ok({
      outcome: 'confirmed',
      fulfilmentRemoteId,
      order: this.orders.get(input.orderRemoteId) ?? before,
    })
  }

  cancel(
    { intentId, orderRemoteId }: OperationInput<'cancel-order'>,
    pause: () => Promise<void>,
  ): Promise<Result<OperationOutput<'cancel-order'>>> {
    return this.#writeOnce<OperationOutput<'cancel-order'>>(
      orderRemoteId,
      pause,
      (order) => {
        if (order.fulfilments.length > 0) return err(issue('conflict', { reason: 'order-shipped' }))
        return order.status === 'cancelled' ? ok({ outcome: 'already-cancelled' as const, order }) : null
      },
      (order) => {
        this.orderWrites.push({ intentId, orderRemoteId, what: 'cancel' })
        const cancelled = this.put({ ...order, status: 'cancelled', rawStatus: 'Cancelled' })
        return { outcome: 'cancelled' as const, order: cancelled }
      },
    )
  }

  note(
    { intentId, orderRemoteId, before, note }: OperationInput<'note-order'>,
    pause: () => Promise<void>,
  ): Promise<Result<OperationOutput<'note-order'>>> {
    const notes = (): string[] => this.notes.get(orderRemoteId) ?? []
    const there = (): boolean => (note === '' ? !notes().includes(before) : notes().includes(note))
    return this.#writeOnce<OperationOutput<'note-order'>>(
      orderRemoteId,
      pause,
      () => (there() ? ok({ outcome: 'already' as const }) : null),
      () => {
        this.orderWrites.push({ intentId, orderRemoteId, what: 'note' })
        const rest = notes().filter((each) => each !== before)
        this.notes.set(orderRemoteId, note === '' ? rest : [...rest, note])
        return { outcome: 'written' as const }
      },
    )
  }

  /** Reads first; what is answered by that needs no write. Reading and writing are two moments, and the answer may be lost. */
  async #writeOnce<T>(
    orderRemoteId: string,
    pause: () => Promise<void>,
    read: (order: RemoteOrder) => Result<T> | null,
    write: (order: RemoteOrder) => T,
  ): Promise<Result<T>> {
    const trouble = this.#trouble()
    if (trouble !== null) return trouble
    const now = (): RemoteOrder | undefined => this.orders.get(orderRemoteId)
    const before = now()
    if (before === undefined) return err(issue('not-found', { reason: 'order' }))
    const answered = read(before)
    if (answered !== null) return answered
    await pause()
    const unknown = err(issue('outcome-unknown', { reason: 'timeout' }))
    if (this.#chance('lostRequest')) return unknown
    const late = (): void => {
      const order = now()
      // The shop itself refuses what has been done meanwhile.
      if (order !== undefined && read(order) === null) write(order)
    }
    if (this.#chance('lateWrite')) {
      this.#deps.setTimer(late, Math.floor(this.#deps.rng() * 2_500))
      return unknown
    }
    const order = now() ?? before
    const refused = read(order)
    if (refused !== null) return refused
    const value = write(order)
    return this.#chance('lostAnswer') || this.#chance('truncated') ? unknown : ok(value)
  }

  #write({
    orderRemoteId,
    trackingNumber,
    carrier,
    intentId,
  }: OperationInput<'confirm-shipment'>): string | null {
    const order = this.orders.get(orderRemoteId)
    if (order === undefined) throw new Error('no such order')
    // Between reading and writing somebody else shipped it; the shop itself refuses.
    const other = order.fulfilments.find((each) => each.trackingNumber !== trackingNumber)
    if (other !== undefined) return null
    const remoteId = `f${this.effects.length + 1}`
    this.effects.push({ orderRemoteId, trackingNumber, intentId })
    const fulfilments = [...order.fulfilments, { remoteId, state: 'Shipped', carrier, trackingNumber }]
    this.move({
      ...order,
      status: order.status === 'cancelled' ? 'cancelled' : 'shipped',
      rawStatus: 'Shipped',
      fulfilments,
    })
    return remoteId
  }

  #trouble(): { ok: false; error: ReturnType<typeof issue> } | null {
    this.calls++
    if (this.#chance('auth')) this.signedOut = true
    if (this.signedOut) return err(issue('auth', { reason: 'refused' }))
    if (this.#chance('throttled')) return err(issue('rate-limited', { retryAfterMs: 10_000 }))
    return this.#chance('down') ? err(issue('remote-down', { reason: 'unreachable' })) : null
  }

  #chance(kind: keyof Mischief): boolean {
    return this.mischief[kind] > 0 && this.#deps.rng() < this.mischief[kind]
  }

  #shuffle(orders: RemoteOrder[]): RemoteOrder[] {
    if (!this.#chance('shuffled')) return orders
    const twice = orders.filter(() => this.#deps.rng() < 0.3)
    return [...orders, ...twice]
      .map((order) => ({ order, at: this.#deps.rng() }))
      .sort((a, b) => a.at - b.at)
      .map(({ order }) => order)
  }
}

type Answer<N extends OperationName> = (
  input: OperationInput<N>,
) => Result<OperationOutput<N>> | Promise<Result<OperationOutput<N>>>

function placeOf({ updatedAt, remoteId }: RemoteOrder) {
  return { updatedAt, id: remoteId }
}

function shippedBefore({ fulfilments }: RemoteOrder): boolean {
  return fulfilments.length > 0
}

/** Of an empty page: where it goes on, and a number that makes it unlike any other. */
type Behind = { behind: string | null; page: number }
type Sweep = { sweep: number; since: number }
type Token = Sweep | (ReturnType<typeof placeOf> & { since: number })

/** What happens in a shop meanwhile. */
function stirFakeShop(shop: FakeShop, rng: Rng): void {
  const order = pick([...shop.orders.values()], rng)
  const dice = rng()
  if (dice < 0.02) shop.cancelAll()
  else if (dice < 0.08) shop.addCart()
  else if (dice < 0.16) shop.payCart()
  else if (order === undefined || dice < 0.5) for (let i = Math.floor(rng() * 4); i >= 0; i--) shop.add()
  else if (dice < 0.65) shop.move({ ...order, shipTo: { ...QUIET_BUYER, line1: `moved ${rng()}` } })
  else if (dice < 0.72 && order.status === 'to_ship' && order.fulfilments.length === 0)
    shop.shipElsewhere(order)
  else if (dice < 0.8 && order.fulfilments.length === 0)
    shop.put({ ...order, status: 'cancelled', rawStatus: 'Cancelled' })
  else if (order.status === 'to_ship' || order.status === 'on_hold')
    shop.move({ ...order, status: rng() < 0.5 ? 'on_hold' : 'to_ship' })
}

/** What others do to its listings. */
function stirFakeCatalogue({ catalogue }: FakeShop, rng: Rng): void {
  const listing = pick([...catalogue.listings.values()], rng)
  const dice = rng()
  if (listing === undefined || dice < 0.15) catalogue.add()
  else if (dice < 0.2) catalogue.remove(listing.remoteId)
  else if (dice < 0.55) catalogue.move(listing.remoteId, Math.floor(rng() * 7) - 4)
  else if (dice < 0.8)
    catalogue.touch(
      listing.remoteId,
      fieldName({ kind: 'content', locale: rng() < 0.7 ? 'en' : 'de', part: 'title' }),
      `there ${Math.floor(rng() * 1e6)}`,
    )
  else
    catalogue.touch(
      listing.remoteId,
      fieldName({ kind: 'price', offerRemoteId: `v${listing.remoteId}`, currency: 'EUR' }),
      { minor: 2_000 + Math.floor(rng() * 1_000), currency: 'EUR' },
    )
}

/** The line and the shop get worse or better. */
function makeMischief(rng: Rng): Mischief {
  const bad = rng() < 0.7 ? 0.25 * rng() : 0
  return {
    down: rng() < 0.1 ? 1 : bad,
    throttled: bad / 2,
    lostAnswer: bad * 2,
    lateWrite: bad,
    shownLate: rng() < 0.3 ? 0.5 : 0,
    lostRequest: bad,
    auth: bad / 10,
    shuffled: 0.5,
    unreadable: bad / 20,
    tokenLost: bad,
    truncated: bad / 4,
    emptyPage: bad,
    nothing: bad / 4,
  }
}

function pick<T>(all: readonly T[], rng: Rng): T | undefined {
  return all[Math.floor(rng() * all.length)]
}
