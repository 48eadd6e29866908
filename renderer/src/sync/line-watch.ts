import type { ConnectionId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import {
  outcomeOf,
  reduceConnectivity,
  type Connectivity,
  type ConnectivityEvent,
} from '#core/sync/connectivity.ts'
import { wake } from '#core/sync/outbox-machine.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { loadOutbox } from '#renderer/data/repos/outbox.repo.ts'
import { loadConnectivity, saveConnectivity } from '#renderer/data/repos/settings.repo.ts'
import type { Connection } from '#renderer/data/records.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'

/** Keeps the one record from which every window shows online or offline: what the last calls came to. */
export class LineWatch {
  readonly #deps: SyncDeps
  #state: Connectivity | null = null

  constructor(deps: SyncDeps) {
    this.#deps = deps
  }

  /**
   * A call ended. The first that goes through after a while without wakes what waited for the line, or for this shop. True
   * when the desk was offline before and is not any more.
   */
  async note(
    connectionId: ConnectionId,
    issue: Issue | null,
    connections: readonly ConnectionId[],
  ): Promise<boolean> {
    const outcome = outcomeOf(issue)
    if (outcome === 'none') return false
    const before = await this.current()
    await this.#apply({ kind: 'outcome', connectionId, outcome, connections, at: this.#deps.now() })
    if (outcome !== 'reached') return false
    const back = before.state === 'offline'
    if (back) await this.wakeRows()
    else if (before.unreachable.some((each) => each.connectionId === connectionId))
      await this.wakeRows(connectionId)
    return back
  }

  async hint(online: boolean): Promise<void> {
    await this.#apply({ kind: 'hint', online, at: this.#deps.now() })
  }

  /** Rows that waited only for the line go now, of one shop or of all. */
  async wakeRows(of?: ConnectionId): Promise<void> {
    const { db, now } = this.#deps
    await inUnit(db, { stores: ['outbox'], durability: 'relaxed' }, async () => {
      const { rows } = await loadOutbox(db)
      const isMeant = (id: ConnectionId): boolean => of === undefined || id === of
      const woken = rows.map((row) => (isMeant(row.connectionId) ? wake(row, now()) : row))
      await db.outbox.bulkPut(woken.filter((row, i) => row !== rows[i]))
    })
  }

  /** What is known of the line now. */
  async current(): Promise<Connectivity> {
    return (this.#state ??= await loadConnectivity(this.#deps.db))
  }

  async #apply(event: ConnectivityEvent): Promise<void> {
    const before = await this.current()
    const after = reduceConnectivity(before, event)
    if (after === before) return
    this.#state = after
    await saveConnectivity(this.#deps.db, after)
  }
}

/** Of these connections, those that calls are made to. */
export function inUse(connections: readonly Connection[]): ConnectionId[] {
  return connections
    .filter(
      ({ paused, needsSignIn, disconnectedAt }) => !paused && !needsSignIn && disconnectedAt === undefined,
    )
    .map(({ id }) => id)
}
