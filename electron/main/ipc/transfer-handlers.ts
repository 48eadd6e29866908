import { ok } from '#core/shared/result.ts'
import type { BackupFolder } from '#main/files/backup-folder.ts'
import type { ExportSessions } from '#main/files/export-sessions.ts'
import type { ImportSessions } from '#main/files/import-sessions.ts'
import type { Handlers } from '#main/ipc/handle.ts'

type TransferChannel =
  | 'export.begin'
  | 'export.write'
  | 'export.finish'
  | 'export.cancel'
  | 'import.choose'
  | 'import.unlock'
  | 'import.verify'
  | 'import.read'
  | 'import.close'
  | 'backups.list'

/** Bytes go by; places and keys stay in main. */
export function transferHandlers(deps: {
  exports: ExportSessions
  imports: ImportSessions
  backups: Pick<BackupFolder, 'list'>
}): Pick<Handlers, TransferChannel> {
  const { exports, imports, backups } = deps
  return {
    'export.begin': (input) => exports.begin(input),
    'export.write': (input) => exports.write(input),
    'export.finish': (input) => exports.finish(input),
    'export.cancel': (input) => exports.cancel(input),
    'import.choose': (input) => imports.choose(input),
    'import.unlock': (input) => imports.unlock(input),
    'import.verify': (input) => imports.verify(input),
    'import.read': (input) => imports.read(input),
    'import.close': (input) => imports.close(input),
    'backups.list': async () => ok({ backups: await backups.list() }),
  }
}
