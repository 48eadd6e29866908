import { compareCheckpoints, type PullCheckpoint } from '#core/sync/checkpoint.ts'
import type { OutboxState } from '#core/sync/outbox.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { SyncEngine } from '#renderer/sync/engine.ts'
import { answerAlarm } from '#renderer/usecases/answer-alarm.ts'
import { releaseOutboxRow } from '#renderer/usecases/release-outbox-row.ts'
import { signInEverywhere, stirLine, stirShop } from '#tests/simulation/actions.ts'
import { contentsOf, differences, digestOf, type Contents } from '#tests/simulation/end-state.ts'
import { GOOD_CARRIER } from '#tests/simulation/fake-carrier.ts'
import { FakeLocks } from '#tests/simulation/fake-locks.ts'
import { decideAll, stirCatalogue } from '#tests/simulation/listing-actions.ts'
import { findListingBreaches } from '#tests/simulation/listing-invariants.ts'
import { openWindow, type DeskWindow, type World } from '#tests/simulation/incarnation.ts'
import { findBreaches } from '#tests/simulation/invariants.ts'
import { turns, within } from '#tests/simulation/turns.ts'

const MINUTE = 60_000
const MOVES_BY_ITSELF: ReadonlySet<OutboxState> = new Set(['queued', 'leased', 'accepted', 'waiting'])

/** What people, shops, the line and fate do, one after the other, and what must hold in the end. */
export class Story {
  kills = 0
  /** How often a window that was open already took the lead over. */
  takeovers = 0
  jumps = 0
  /** How often a person had to choose. */
  conflicts = 0
  readonly #world: World
  /** A connection that nobody kills, to look. */
  readonly #eye: CaravelDatabase
  readonly #locks = new FakeLocks()
  #windows: DeskWindow[] = []
  /** When main was started; 0 while the one of the beginning lives. */
  #mainSince = 0
  #after: Contents = []
  readonly #breaches: string[] = []
  readonly #furthest = new Map<string, PullCheckpoint>()

  constructor(world: World, eye: CaravelDatabase) {
    this.#world = world
    this.#eye = eye
  }

  /** Of everything that is stored in the end. */
  get digest(): string {
    return digestOf(this.#after)
  }

  async open(): Promise<DeskWindow> {
    const window = await openWindow(this.#world, this.#locks, this.#mainSince)
    this.#windows.push(window)
    void window.died.then(() => {
      this.kills++
      if (window.engine !== null && this.#windows.length > 1) this.takeovers++
      this.#windows = this.#windows.filter((each) => each !== window)
    })
    return window
  }

  async step(): Promise<void> {
    const { rng } = this.#world
    const dice = rng()
    if (dice < 0.21) stirShop(this.#world)
    else if (dice < 0.29) stirCatalogue(this.#world)
    else if (dice < 0.41) stirLine(this.#world)
    else if (dice < 0.83) await this.#actAtTheDesk()
    else if (dice < 0.89) this.#engine()?.syncNow()
    else if (dice < 0.91) await this.#inSome((window) => this.#answerAlarms(window))
    else if (dice < 0.93) await this.#inSome((window) => signInEverywhere(window, this.#world))
    else await this.#fate(rng())
    await turns(Math.floor(rng() * 20))
    await this.#reviveIfDead()
    if (rng() < 0.7) this.#world.clock.step(Math.floor(rng() * MINUTE))
    await this.#watchCheckpoints()
  }

  /** Heals everything, lets time pass until nothing is left to do, and starts the program anew: nothing may change by that. */
  async comeToRest(): Promise<string[]> {
    for (const window of this.#windows) window.dieAfter(null)
    await this.#reviveIfDead()
    const [window] = this.#windows
    for (const shop of this.#world.shops.values()) shop.heal()
    if (this.#world.carrier !== undefined) this.#world.carrier.mischief = GOOD_CARRIER
    await signInEverywhere(window!, this.#world)
    for (const { id, held } of await this.#eye.outbox.toArray())
      if (held) await releaseOutboxRow(window!.ctx, { id })
    for (let i = 0, quiet = false; i < 40 && !quiet; i++) quiet = await this.#letTimePass(window!)
    await this.#watchCheckpoints()
    const defects = this.#world.defects.map(
      (error) => `defect: ${error instanceof Error ? error.stack : String(error)}`,
    )
    const { shops, carrier } = this.#world
    return [
      ...this.#breaches,
      ...defects,
      ...[...shops.values()].flatMap(({ breaches }) => breaches),
      ...(await findBreaches(this.#eye, shops, carrier)),
      ...(await findListingBreaches(this.#eye, shops)),
      ...(await this.#restart()),
    ]
  }

  end(): void {
    for (const window of this.#windows) window.kill()
  }

  /**
   * A while, in which arrives whatever was under way; then everything is asked about and read. True when that found nothing to do and
   * nothing to ask: the desk is as it will stay.
   */
  async #letTimePass(window: DeskWindow): Promise<boolean> {
    await this.#answerAlarms(window)
    // A refusal from before may have come in since everybody signed in.
    const connections = await this.#eye.connections.toArray()
    if (connections.some(({ needsSignIn }) => needsSignIn)) await signInEverywhere(window, this.#world)
    for (let left = this.#world.restMs ?? MINUTE; left > 0;) left -= Math.max(1, this.#world.clock.step(left))
    await decideAll(window, this.#world.rng)
    const engine = await this.#leader()
    await engine.settled()
    const before = this.#writes()
    const goesOn = await this.#isReading()
    const askedAt = this.#world.clock.now()
    engine.syncNow()
    await engine.settled()
    await turns(20)
    await engine.settled()
    // One that was still reading when it was asked has not seen what came behind it.
    const hasRead = await this.#haveRead(askedAt)
    return !goesOn && hasRead && this.#writes() === before && !(await this.#isBusy())
  }

  async #haveRead(since: number): Promise<boolean> {
    const connections = await this.#eye.connections.toArray()
    return connections
      .filter(({ id }) => this.#world.shops.has(id))
      .every(({ lastPullAt }) => lastPullAt !== null && lastPullAt >= since)
  }

  /** A reading that was cut off goes on where it was: what changed behind it is left for the next. */
  async #isReading(): Promise<boolean> {
    const connections = await this.#eye.connections.toArray()
    return connections.some(
      ({ pageToken, catalogue }) => pageToken !== null || (catalogue?.walkStartedAt ?? null) !== null,
    )
  }

  /** How much was ever written to shops and carriers. */
  #writes(): number {
    const { shops, carrier } = this.#world
    return [...shops.values()].reduce(
      (sum, { effects, orderWrites, catalogue }) =>
        sum + effects.length + orderWrites.length + catalogue.effects.length,
      carrier?.sold.length ?? 0,
    )
  }

  /** Everybody is killed in the middle of resting; what comes up again finds all of it and does nothing. */
  async #restart(): Promise<string[]> {
    const before = await contentsOf(this.#eye)
    const kills = this.kills
    for (const window of this.#windows) window.kill()
    await turns(5)
    this.kills = kills
    this.#mainSince = this.#world.clock.now()
    await this.open()
    const engine = await this.#leader()
    await engine.settled()
    await turns(10)
    await engine.settled()
    const after = await contentsOf(this.#eye)
    this.conflicts = await this.#eye.activity.filter(({ what }) => what === 'conflict-found').count()
    this.#after = after
    return differences(before, after)
  }

  /** What befalls a desk: windows die, now or in the midst of what comes, open, or give way; clocks are set. */
  async #fate(dice: number): Promise<void> {
    const { rng, clock } = this.#world
    const window = this.#some()
    if (dice < 0.2) window?.kill()
    else if (dice < 0.55) window?.dieAfter(1 + Math.floor(rng() * 80))
    else if (dice < 0.75 && this.#windows.length < 2) await this.open()
    else if (dice < 0.85) await this.#inSome((one) => this.#giveWay(one))
    else {
      this.jumps++
      clock.jump(rng() < 0.5 ? Math.floor(rng() * 180) * MINUTE : -Math.floor(rng() * 5) * MINUTE)
    }
  }

  /** A window that is closed in peace, with another that stays. */
  async #giveWay(window: DeskWindow): Promise<void> {
    if (this.#windows.length < 2) return
    if (window.engine !== null) this.takeovers++
    await window.resign()
    this.kills--
    window.kill()
  }

  async #reviveIfDead(): Promise<void> {
    if (this.#windows.length > 0) return
    // Every other time main died too; else what it was doing may still arrive.
    if (this.#world.rng() < 0.5) this.#mainSince = this.#world.clock.now()
    await this.open()
  }

  #some(): DeskWindow | undefined {
    return this.#windows[Math.floor(this.#world.rng() * this.#windows.length)]
  }

  /** In a window that is alive, until it is done or dead. */
  async #inSome(work: (window: DeskWindow) => Promise<unknown>): Promise<void> {
    const window = this.#some()
    if (window !== undefined) await Promise.race([work(window), window.died])
  }

  #engine(): SyncEngine | null {
    return this.#windows.find(({ engine }) => engine !== null)?.engine ?? null
  }

  async #leader(): Promise<SyncEngine> {
    for (let i = 0; i < 1_000; i++) {
      const engine = this.#engine()
      if (engine !== null) return engine
      await turns(1)
    }
    throw new Error('nobody leads')
  }

  /** A person looks at what a pull was stopped for, and takes it. */
  async #answerAlarms({ ctx }: DeskWindow): Promise<void> {
    for (const { id, alarm } of await this.#eye.connections.toArray())
      if (alarm !== undefined) await answerAlarm(ctx, { connectionId: id, take: true })
  }

  /** Something waits, for its time or for a person's word; rows that only a person can move on do not count. */
  async #isBusy(): Promise<boolean> {
    const rows = await this.#eye.outbox.toArray()
    const connections = await this.#eye.connections.toArray()
    if (connections.some(({ alarm, needsSignIn }) => alarm !== undefined || needsSignIn)) return true
    if ((await this.#eye.conflicts.count()) > 0) return true
    return rows.some(({ state }) => MOVES_BY_ITSELF.has(state))
  }

  /** Half of the time the next thing happens while this one is still under way. */
  async #actAtTheDesk(): Promise<void> {
    const { rng, defects } = this.#world
    const { actions = [] } = this.#world
    const act = actions[Math.floor(rng() * actions.length)]
    const window = this.#some()
    if (window === undefined) return
    const done = act?.(window.ctx, rng).catch((error: unknown) => {
      if (!window.dead) defects.push(error)
    })
    if (rng() < 0.6) await within(200, Promise.race([done, window.died]))
  }

  async #watchCheckpoints(): Promise<void> {
    for (const { id, checkpoint } of await this.#eye.connections.toArray()) {
      const before = this.#furthest.get(id)
      if (before !== undefined && (checkpoint === null || compareCheckpoints(checkpoint, before) < 0))
        this.#breaches.push(`checkpoint of ${id} moved back`)
      if (checkpoint !== null) this.#furthest.set(id, checkpoint)
    }
  }
}
