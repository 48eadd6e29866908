import type { OrderId } from '#core/shared/ids.ts'
import { DEFAULT_NO_SCAN_DAYS, type ClockSettings } from '#core/order/clock.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { InsightsReader } from '#renderer/data/order-index/read-insights.ts'
import { clockOfColumns } from '#renderer/data/order-index/clock-columns.ts'
import { OrderFollower } from '#renderer/data/order-index/order-follower.ts'
import { OrderIndex } from '#renderer/data/order-index/order-index.ts'
import type { Selection, ViewState } from '#renderer/data/order-index/order-views.ts'
import { OwnChanges } from '#renderer/data/order-index/own-changes.ts'
import { Paced } from '#renderer/data/order-index/paced.ts'
import { readTexts } from '#renderer/data/order-index/read-changes.ts'
import { lastChange } from '#renderer/data/repos/order-changes.repo.ts'
import { storedFacts } from '#renderer/data/order-index/search-facts.ts'
import { loadDesk } from '#renderer/data/repos/settings.repo.ts'
import { watchAtOnce } from '#renderer/data/queries/watch.ts'
import { breathe } from '#renderer/platform/breathe.ts'
import { systemClock } from '#renderer/platform/clock.ts'
import type { FromWorker, OrdersAnswer, OrdersCall } from '#renderer/worker/messages.ts'

export interface DeskTools {
  db: CaravelDatabase
  post: (message: FromWorker) => void
  /** Only one worker stores the index, and none while the disk is nearly full. */
  mayWrite: () => boolean
  onError: (error: unknown) => void
}

/** Idle is when nothing was taken over for so long. */
const IDLE_MS = 5_000
/** Nobody is at work when nothing was asked for so long: storing a large index takes the better part of a second. It waits no longer than this. */
const QUIET_MS = 3_000
const MOST_WAIT_MS = 600_000
const TICK_MS = 1_000
const CHECK_EVERY_MS = 6 * 3_600_000
const FIRST_CHECK_MS = 60_000
const RETRY_MS = 10_000

/** The index over all orders of this worker's window: follows the store and answers the page, whether or not this worker leads. */
export class OrderIndexDesk {
  readonly index: OrderIndex
  readonly #follower: OrderFollower
  readonly #insights: InsightsReader
  readonly #tools: DeskTools
  readonly #ready: Promise<void>
  readonly #pace: Paced
  readonly #teller: Paced
  /** What pages have not heard yet, by view. */
  readonly #untold = new Map<number, ViewState>()
  #tookOverAt = 0
  #askedAt = 0
  #workedAt = systemClock()
  #checkFrom = systemClock() + FIRST_CHECK_MS
  #clock: ClockSettings = { noScanDays: DEFAULT_NO_SCAN_DAYS }
  #isKeeping = false
  #isStopped = false
  #stopFollowing = (): void => undefined

  constructor(tools: DeskTools) {
    this.#tools = tools
    const { db, post } = tools
    db.ownChanges = new OwnChanges()
    const onError = (error: unknown): void => this.#fail(error)
    this.index = new OrderIndex({
      now: systemClock,
      clock: clockOfColumns(() => this.#clock),
      facts: storedFacts(db),
      readTexts: (ids) => readTexts(db, ids),
      breathe,
      onChange: (state) => this.#tell(state),
    })
    this.#follower = new OrderFollower({
      db,
      breathe,
      index: this.index,
      onState: (state) => post({ kind: 'orders-state', state }),
    })
    this.#insights = new InsightsReader(db, this.index, breathe)
    this.#pace = new Paced(() => this.#catchUp(), onError)
    this.#teller = new Paced(() => this.#tellAll(), onError)
    this.#ready = this.#start()
    this.#ready.catch(onError)
  }

  /** Waits until the index can answer. */
  async answer(call: OrdersCall): Promise<OrdersAnswer> {
    this.#askedAt = systemClock()
    await this.#ready
    const { index } = this
    switch (call.do) {
      case 'open':
        return index.open(call.query, call.first)
      case 'change':
        return index.change(call.view, call.query, call.first)
      case 'window':
        return index.window(call.view, call.from, call.count)
      case 'place':
        return index.placeOf(call.view, call.id)
      case 'let-in':
        return index.letIn(call.view, call.always)
      case 'facets':
        return index.facets(call.view, call.of)
      case 'insights':
        await this.#follower.catchUp()
        return this.#insights.read(call.query)
    }
  }

  /** Orders that are chosen by now; those that are named need no index. Null when their view is no longer open. */
  async idsOf(selection: Selection): Promise<OrderId[] | null> {
    if ('ids' in selection) return selection.ids
    await this.#ready
    return this.index.idsOf(selection)
  }

  close(view: number): void {
    this.#untold.delete(view)
    this.index.close(view)
  }

  stop(): void {
    this.#isStopped = true
    this.#stopFollowing()
    this.#follower.stop()
    this.#insights.stop()
    this.#pace.end()
    this.#teller.end()
  }

  async #start(): Promise<void> {
    const { db, post } = this.#tools
    post({ kind: 'orders-state', state: { state: 'loading', done: 0, total: 0 } })
    await this.#load()
    if (this.#isStopped) return
    const following = watchAtOnce(() => lastChange(db)).subscribe(
      (seq) => {
        if (seq !== this.#follower.seq) this.#pace.ask()
      },
      (error) => this.#fail(error),
    )
    const settings = watchAtOnce(() => loadDesk(db)).subscribe(
      ({ noScanDays }) => (this.#clock = { noScanDays }),
      (error) => this.#fail(error),
    )
    const timer = setInterval(
      () => void this.#keepHouse().catch((error: unknown) => this.#fail(error)),
      TICK_MS,
    )
    this.#stopFollowing = () => {
      following.unsubscribe()
      settings.unsubscribe()
      clearInterval(timer)
    }
  }

  #tell(state: ViewState): void {
    this.#untold.set(state.view, state)
    this.#teller.ask()
  }

  #tellAll(): void {
    for (const state of this.#untold.values()) this.#tools.post({ kind: 'orders-view', state })
    this.#untold.clear()
  }

  /** A store that refuses may be well again by and by; until then the questions wait. */
  async #load(): Promise<void> {
    while (!this.#isStopped) {
      try {
        return await this.#follower.load()
      } catch (error) {
        this.#fail(error)
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      }
    }
  }

  async #catchUp(): Promise<void> {
    this.#tookOverAt = systemClock()
    await this.#follower.catchUp()
  }

  /** In idle time: looks whether something was missed, reads ahead what sums need, stores the index, then looks through it portion by portion. */
  async #keepHouse(): Promise<void> {
    const now = systemClock()
    if (this.#isKeeping || now - this.#tookOverAt < IDLE_MS) return
    this.#isKeeping = true
    try {
      // The news of a commit may be lost, as where the machine slept; the note is not.
      if ((await lastChange(this.#tools.db)) !== this.#follower.seq) return this.#pace.ask()
      if (!this.#mayWork(now)) return
      await this.#insights.prepare()
      await this.#follower.settle()
      if (this.#follower.isDue && this.#tools.mayWrite()) await this.#follower.save()
      else if (now >= this.#checkFrom && (await this.#follower.checkNext(this.#tools.mayWrite())))
        this.#checkFrom = now + CHECK_EVERY_MS
    } finally {
      this.#isKeeping = false
    }
  }

  /** Whether nobody waits for an answer, or somebody has been asking for too long. */
  #mayWork(now: number): boolean {
    const may = now - this.#askedAt >= QUIET_MS || now - this.#workedAt >= MOST_WAIT_MS
    if (may) this.#workedAt = now
    return may
  }

  #fail(error: unknown): void {
    if (!this.#isStopped) this.#tools.onError(error)
  }
}
