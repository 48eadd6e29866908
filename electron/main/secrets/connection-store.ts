import type { ChannelOutput, Nothing } from '#core/contracts/ipc.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { VaultEntry } from '#main/secrets/vault-file.ts'
import type { Vault } from '#main/secrets/vault.ts'

export type ListedConnection = ChannelOutput<'connections.list'>['connections'][number]

/** What main knows of connections: those in the vault, and the demo's, which live in memory until the app ends. */
export interface ConnectionStore {
  /** Replaces settings and secrets together: a stored secret is never sent to an address it was not given for. */
  save(id: ConnectionId, entry: VaultEntry): Promise<Result<Nothing>>
  remove(id: ConnectionId): Promise<Result<Nothing>>
  list(): Promise<Result<ListedConnection[]>>
  /** For the connector runtime only; nothing that answers a page may call it. */
  find(id: ConnectionId): Promise<Result<VaultEntry>>
  /** Puts what the remote gave in place of stored secrets; the session that it came with stays. */
  renewSecrets(id: ConnectionId, renewed: VaultEntry['secrets']): Promise<Result<Nothing>>
  /** A demo connection: never written anywhere, and never in place of a real one. */
  bindInMemory(id: ConnectionId, entry: VaultEntry): Promise<Result<Nothing>>
}

export function createConnectionStore(
  vault: Vault,
  onChange: (id: ConnectionId) => void = () => undefined,
): ConnectionStore {
  const inMemory = new Map<string, VaultEntry>()
  return {
    async save(id, entry) {
      if (inMemory.has(id)) return err(issue('conflict', { reason: 'demo-connection' }))
      const saved = await vault.update((entries) => ({ ...entries, [id]: entry }))
      if (saved.ok) onChange(id)
      return saved
    },
    async remove(id) {
      if (inMemory.delete(id)) {
        onChange(id)
        return ok({})
      }
      const stored = await vault.read()
      if (!stored.ok) return stored
      if (!Object.hasOwn(stored.value, id)) return ok({})
      const removed = await vault.update((entries) =>
        Object.fromEntries(Object.entries(entries).filter(([key]) => key !== id)),
      )
      if (removed.ok) onChange(id)
      return removed
    },
    async list() {
      const stored = await vault.read()
      if (!stored.ok && inMemory.size === 0) return stored
      const entries = [...Object.entries(stored.ok ? stored.value : {}), ...inMemory]
      // A name that no connection can have is an entry of main's own, e.g. the key of backups.
      const connections = entries.filter(([id]) => !id.startsWith('@'))
      return ok(connections.map(([id, entry]) => listed(id as ConnectionId, entry)))
    },
    async find(id) {
      const demo = inMemory.get(id)
      if (demo !== undefined) return ok(demo)
      const stored = await vault.read()
      if (!stored.ok) return stored
      const entry = Object.hasOwn(stored.value, id) ? stored.value[id] : undefined
      return entry === undefined ? err(issue('not-found', { reason: 'unknown-connection' })) : ok(entry)
    },
    async renewSecrets(id, renewed) {
      if (inMemory.has(id)) return ok({})
      return vault.update((entries) => {
        const entry = entries[id]
        if (entry === undefined) return entries
        return { ...entries, [id]: { ...entry, secrets: { ...entry.secrets, ...renewed } } }
      })
    },
    async bindInMemory(id, entry) {
      const stored = await vault.read()
      if (stored.ok && Object.hasOwn(stored.value, id))
        return err(issue('conflict', { reason: 'not-a-demo-connection' }))
      inMemory.set(id, entry)
      onChange(id)
      return ok({})
    },
  }
}

function listed(
  connectionId: ConnectionId,
  { connectorId, settings, secrets }: VaultEntry,
): ListedConnection {
  return { connectionId, connectorId, settings, hasSecrets: Object.keys(secrets).length > 0 }
}
