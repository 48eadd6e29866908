import type { ConnectionId } from '#core/shared/ids.ts'
import type { Connectivity } from '#core/sync/connectivity.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'
import type { Connection, QuarantinedItem } from '#renderer/data/records.ts'
import { loadConnectivity } from '#renderer/data/repos/settings.repo.ts'

export interface ConnectionHealth {
  /** Changes that this shop does not have yet. */
  backlog: number
  oldestUnsentAt: number | null
  quarantined: number
}

export function readConnections(db: CaravelDatabase): Promise<Connection[]> {
  return Promise.resolve(db.connections.orderBy('id').toArray())
}

export function watchConnections(db: CaravelDatabase): Watched<Connection[]> {
  return watch(() => readConnections(db))
}

/** How well a shop is kept up, from data: what waits and since when, not whether a socket is open. */
export async function readConnectionHealth(db: CaravelDatabase, id: ConnectionId): Promise<ConnectionHealth> {
  const rows = await db.outbox.where('connectionId').equals(id).toArray()
  return {
    backlog: rows.length,
    oldestUnsentAt: rows.length === 0 ? null : Math.min(...rows.map((row) => row.createdAt)),
    quarantined: await db.quarantine.where('connectionId').equals(id).count(),
  }
}

export function watchConnectionHealth(db: CaravelDatabase, id: ConnectionId): Watched<ConnectionHealth> {
  return watch(() => readConnectionHealth(db, id))
}

/** What did not parse, of one shop or of all. */
export function readQuarantine(db: CaravelDatabase, id?: ConnectionId): Promise<QuarantinedItem[]> {
  const found =
    id === undefined ? db.quarantine.toCollection() : db.quarantine.where('connectionId').equals(id)
  return Promise.resolve(found.toArray())
}

export function watchQuarantine(db: CaravelDatabase, id?: ConnectionId): Watched<QuarantinedItem[]> {
  return watch(() => readQuarantine(db, id))
}

export function readConnectivity(db: CaravelDatabase): Promise<Connectivity> {
  return loadConnectivity(db)
}

export function watchConnectivity(db: CaravelDatabase): Watched<Connectivity> {
  return watch(() => readConnectivity(db))
}
