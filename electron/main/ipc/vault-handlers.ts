import { checkSettings } from '#core/connectors/_kit/manifest.ts'
import { findManifest } from '#core/connectors/manifests.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Handlers } from '#main/ipc/handle.ts'
import type { ConnectionStore } from '#main/secrets/connection-store.ts'
import type { VaultEntry } from '#main/secrets/vault-file.ts'
import type { TaxIdStore } from '#main/secrets/tax-id-store.ts'
import type { Vault } from '#main/secrets/vault.ts'

type VaultHandlers = Pick<
  Handlers,
  | 'vault.status'
  | 'vault.create'
  | 'vault.unlock'
  | 'connections.save'
  | 'connections.remove'
  | 'connections.list'
  | 'tax-ids.save'
  | 'tax-ids.remove'
  | 'tax-ids.list'
>

/** Secrets go in and are used; there is no way to ask for them. */
export function vaultHandlers(deps: {
  vault: Vault
  connections: ConnectionStore
  taxIds: TaxIdStore
}): VaultHandlers {
  const { vault, connections, taxIds } = deps
  return {
    'vault.status': async () => ok(await vault.status()),
    'vault.create': ({ passphrase }) => vault.create(passphrase),
    'vault.unlock': ({ passphrase }) => vault.unlock(passphrase),
    'connections.save': async ({ connectionId, ...typed }) => {
      const entry = checkEntry(typed)
      return entry.ok ? connections.save(connectionId, entry.value) : entry
    },
    'connections.remove': ({ connectionId }) => connections.remove(connectionId),
    'connections.list': async () => {
      const listed = await connections.list()
      return listed.ok ? ok({ connections: listed.value }) : listed
    },
    'tax-ids.save': (typed) => taxIds.save(typed),
    'tax-ids.remove': ({ id }) => taxIds.remove(id),
    'tax-ids.list': async () => {
      const numbers = await taxIds.list()
      return numbers.ok ? ok({ numbers: numbers.value }) : numbers
    },
  }
}

/** Only what the connector's manifest asks for is stored: known fields, complete, addresses in one form. */
function checkEntry({ connectorId, settings, secrets }: VaultEntry): Result<VaultEntry> {
  const manifest = findManifest(connectorId)
  if (manifest === null)
    return err(issue('invalid-input', { field: 'connectorId', reason: 'unknown-connector' }))
  const checked = checkSettings(manifest, settings)
  if (!checked.ok) return err(checked.error[0] ?? issue('invalid-input', { field: 'settings' }))
  const unknown = Object.keys(secrets).find((key) => !manifest.secrets.some((field) => field.key === key))
  if (unknown !== undefined) return err(issue('invalid-input', { field: unknown, reason: 'unknown-setting' }))
  const missing = manifest.secrets.find((field) => field.required && (secrets[field.key] ?? '') === '')
  if (missing !== undefined) return err(issue('invalid-input', { field: missing.key, reason: 'missing' }))
  return ok({ connectorId, settings: checked.value, secrets })
}
