import type { OperationInput, OperationName, OperationOutput } from '#core/contracts/operations.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { Rng } from '#core/shared/ports.ts'
import type { Priority } from '#core/sync/priority.ts'
import type { Result } from '#core/shared/result.ts'
import { ok } from '#core/shared/result.ts'
import { createConnectorRuntime, type ConnectorRuntime } from '#main/connectors/runtime.ts'
import { createOneAtATime } from '#main/connectors/one-at-a-time.ts'
import type { ReadyRequest } from '#main/http/executor.ts'
import {
  createBadLine,
  GOOD_LINE,
  makeLineMischief,
  toWire,
  type LineMischief,
} from '#tests/simulation/connected/bad-line.ts'
import type { Remote } from '#tests/simulation/connected/remote.ts'
import { WriteWatch, type Undertaking } from '#tests/simulation/connected/write-watch.ts'
import type { CatalogueTruth, Pause, StoryDeps, StoryShop } from '#tests/simulation/story-shop.ts'
import { turns } from '#tests/simulation/turns.ts'
import type { WireAnswer } from '#tests/support/local-server.ts'

/** Small pages: a story should end in the middle of some. */
const PAGE_SIZE = 3

/** A remote behind the real connector and the real runtime, at the end of a bad line. */
export class ConnectedShop implements StoryShop {
  readonly connectorId: string
  calls = 0
  readonly orderWrites: { intentId: string; what: string }[] = []
  readonly catalogue: CatalogueTruth
  readonly #id: ConnectionId
  readonly #remote: Remote
  readonly #deps: StoryDeps
  readonly #runtime: ConnectorRuntime
  readonly #watch: WriteWatch
  readonly #oneAtATime = createOneAtATime()
  readonly #undertakings = new WeakMap<AbortSignal, Undertaking>()
  #mischief: LineMischief = GOOD_LINE
  #stored: ReturnType<Remote['credentials']>

  constructor(id: ConnectionId, remote: Remote, deps: StoryDeps) {
    this.#id = id
    this.#remote = remote
    this.#deps = deps
    this.#stored = remote.credentials()
    this.connectorId = remote.connectorId
    this.#watch = new WriteWatch(remote)
    this.catalogue = catalogueOf(remote, this.#watch)
    this.#runtime = this.#startMain()
  }

  get orders(): StoryShop['orders'] {
    return this.#remote.orders
  }

  get effects(): StoryShop['effects'] {
    return this.#remote.effects
  }

  get notes(): StoryShop['notes'] {
    return this.#remote.notes
  }

  get parcelsPerOrder(): number {
    return this.#remote.parcelsPerOrder
  }

  get batches(): number {
    return this.#remote.batches ?? 0
  }

  get breaches(): string[] {
    return [...this.#remote.violations, ...this.#watch.breaches].map((each) => `${this.#id}: ${each}`)
  }

  async answer<N extends OperationName>(
    operation: N,
    input: OperationInput<N>,
    _pause: Pause,
  ): Promise<Result<OperationOutput<N>>> {
    const { signal } = new AbortController()
    const undertaking: Undertaking = { operation, input, seen: null }
    this.#undertakings.set(signal, undertaking)
    // As main does: who goes first is not the connector's.
    const { priority, ...asked } = input as OperationInput<N> & { priority?: Priority }
    const paged =
      'pageSize' in asked ? { ...asked, pageSize: Math.min(asked.pageSize as number, PAGE_SIZE) } : asked
    const answer = await this.#runtime.run(this.#id, operation, paged as OperationInput<N>, {
      signal,
      priority,
    })
    if (answer.ok) this.#noteAnswer(undertaking, answer.value)
    return answer
  }

  #noteAnswer(undertaking: Undertaking, value: unknown): void {
    this.#watch.noteAnswer(undertaking, value)
    const { outcome } = value as { outcome?: string }
    const { operation, input } = undertaking
    if (operation === 'cancel-order' && outcome === 'cancelled')
      this.orderWrites.push({ intentId: (input as OperationInput<'cancel-order'>).intentId, what: 'cancel' })
    if (operation === 'note-order' && outcome === 'written')
      this.orderWrites.push({ intentId: (input as OperationInput<'note-order'>).intentId, what: 'note' })
  }

  fill(): void {
    for (let i = 0; i < 5; i++) this.#remote.placeOrder()
    for (let i = 0; i < 3; i++) this.#remote.placeListing()
  }

  stir(rng: Rng): void {
    this.#remote.stir(rng)
  }

  stirCatalogue(rng: Rng): void {
    this.#remote.stirCatalogue(rng)
  }

  stirLine(rng: Rng): void {
    this.#mischief = makeLineMischief(rng)
  }

  heal(): void {
    this.#mischief = GOOD_LINE
  }

  signIn(): void {
    this.#stored = this.#remote.credentials()
    this.#runtime.forget(this.#id)
  }

  #startMain(): ConnectorRuntime {
    const { rng, clock } = this.#deps
    const execute = createBadLine(this.#remote, {
      ...{ rng, clock, mischief: () => this.#mischief },
      pause: () => turns(Math.floor(rng() * 4)),
      disturb: (signal) => this.#disturb(signal),
      carryOut: (request, signal) => this.#carryOut(request, signal),
    })
    return createConnectorRuntime({
      execute: (request, signal) => {
        this.calls++
        return execute(request, signal)
      },
      credentials: {
        settingsOf: () =>
          Promise.resolve(ok({ connectorId: this.connectorId, settings: this.#stored.settings })),
        secretsOf: () => Promise.resolve(ok(this.#stored.secrets)),
      },
      now: clock.now,
      // What the `Date` of answers says.
      clockOffMs: () => clock.now() - clock.real(),
      sleep: (ms) => this.#sleep(ms),
    })
  }

  #disturb(signal: AbortSignal): void {
    const about = this.#undertakings.get(signal)?.input as {
      orderRemoteId?: string
      listingRemoteId?: string
    }
    const { rng } = this.#deps
    if (about.listingRemoteId !== undefined) this.#remote.stirCatalogue(rng, about.listingRemoteId)
    else this.#remote.stir(rng, about.orderRemoteId)
  }

  /** Who waits lets time go by; nothing else would, while a story waits for an answer. */
  async #sleep(ms: number): Promise<void> {
    await turns(2)
    for (let left = ms; left > 0;) left -= Math.max(1, this.#deps.clock.step(left))
  }

  #carryOut(request: ReadyRequest, signal: AbortSignal): Promise<WireAnswer> {
    return this.#oneAtATime('', () =>
      this.#watch.during(request.effect, this.#undertakings.get(signal), () =>
        this.#remote.answer(toWire(request)),
      ),
    )
  }
}

function catalogueOf(remote: Remote, watch: WriteWatch): CatalogueTruth {
  return {
    get listings() {
      return remote.listings
    },
    effects: watch.effects,
    touched: remote.touched,
    moved: remote.moved,
    coincided: watch.coincided,
  }
}
