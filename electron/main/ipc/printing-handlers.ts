import path from 'node:path'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Handlers } from '#main/ipc/handle.ts'
import type { Printer } from '#main/printing/print-job.ts'
import type { Spooler } from '#main/printing/spooler.ts'

export interface PrintingHandlerDeps {
  spooler: Spooler
  listPrinters(): Promise<Result<Printer[]>>
  /** The folder of the `file` driver. The page learns its name, not its place. */
  folder: string
  /** Opens a folder in the system's file manager; false when that failed. */
  openFolder(folder: string): Promise<boolean>
}

type PrintingHandlers = Pick<Handlers, 'printing.list-printers' | 'printing.print' | 'printing.open-folder'>

export function printingHandlers(deps: PrintingHandlerDeps): PrintingHandlers {
  return {
    'printing.list-printers': async () => {
      const printers = await deps.listPrinters()
      // Trouble with the system's printers is no reason to hide the folder; printing to one will say what is wrong.
      return ok({ printers: printers.ok ? printers.value : [], folderName: path.basename(deps.folder) })
    },
    'printing.print': ({ target, ...job }) => deps.spooler.print(job, target),
    'printing.open-folder': async () =>
      (await deps.openFolder(deps.folder))
        ? ok({})
        : err(issue('unsupported', { reason: 'no-file-manager' })),
  }
}
