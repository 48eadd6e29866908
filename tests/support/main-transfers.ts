import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ok } from '#core/shared/result.ts'
import { createBackupFolder } from '#main/files/backup-folder.ts'
import { createBackupKeys } from '#main/files/backup-key.ts'
import { createExportSessions } from '#main/files/export-sessions.ts'
import { createImportSessions } from '#main/files/import-sessions.ts'
import { transferHandlers } from '#main/ipc/transfer-handlers.ts'
import type { VaultEntries } from '#main/secrets/vault-file.ts'
import type { HostCalls } from '#renderer/platform/host.ts'

export interface MainTransfers {
  host: HostCalls
  /** Where the dialogs answer. */
  place: string
  folder: string
  /** What the vault holds now. */
  vault(): VaultEntries
  remove(): Promise<void>
}

/** Main's real part in transfers, in a folder of its own, with a quick passphrase and a vault in memory. */
export async function startTransfers(cost = 2 ** 14): Promise<MainTransfers> {
  const folder = await mkdtemp(path.join(tmpdir(), 'caravel-transfers-'))
  const place = path.join(folder, 'desk.caravel')
  let entries: VaultEntries = {}
  const vault = {
    read: () => Promise.resolve(ok(entries)),
    update: (change: (before: VaultEntries) => VaultEntries) => {
      entries = change(entries)
      return Promise.resolve(ok({}))
    },
  }
  const backups = createBackupFolder(path.join(folder, 'backups'), Date.now)
  const keys = createBackupKeys(path.join(folder, 'backups', 'key.json'), vault)
  const deps = { backups, keys, noteFile: path.join(folder, 'note.json'), now: Date.now, cost }
  const exports = createExportSessions({ ...deps, askWhere: () => Promise.resolve(place) })
  const imports = createImportSessions({ ...deps, askWhich: () => Promise.resolve(place) })
  const handlers = transferHandlers({ exports, imports, backups })
  return {
    host: handlers as unknown as HostCalls,
    place,
    folder,
    vault: () => entries,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
