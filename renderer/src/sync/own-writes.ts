import type { ConnectionId } from '#core/shared/ids.ts'

/**
 * Which orders a shipment of ours was confirmed for, and when in the order of events. Some remotes do not move an order's
 * time of change when it is shipped: a page that was asked for before our confirmation came back then looks as new as the
 * confirmation, and would make a shipped order open again.
 */
export class OwnWrites {
  #count = 0
  readonly #last = new Map<string, number>()

  /** To be taken before a read is asked for. */
  mark(): number {
    return this.#count
  }

  /** A confirmation came back. */
  note(connectionId: ConnectionId, remoteId: string): void {
    this.#last.set(`${connectionId} ${remoteId}`, ++this.#count)
  }

  /** True when a read that began at `mark` may show the order as it was before our confirmation. */
  isDoubtful(mark: number, connectionId: ConnectionId, remoteId: string): boolean {
    return (this.#last.get(`${connectionId} ${remoteId}`) ?? 0) > mark
  }
}
