import { execFile } from 'node:child_process'
import type { PrintTarget } from '#core/contracts/ipc.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { isPdf, type Printer, type PrintJob, type Spooled } from '#main/printing/print-job.ts'

type SystemTarget = Extract<PrintTarget, { driver: 'system' }>

export interface SystemDriver {
  list: () => Promise<Result<Printer[]>>
  print: (job: PrintJob, target: SystemTarget) => Promise<Spooled>
}

export interface SystemDriverOptions {
  platform?: NodeJS.Platform
  /** Runs a program without a shell and gives its standard output; tests replace it. */
  run?: (program: string, args: readonly string[], input?: Uint8Array) => Promise<string>
}

/**
 * The system's printers through CUPS' own commands (Linux, macOS). Electron's silent printing is not used: it loses the
 * page size (docs/adr, printing). Windows has no such command, and the usual one is not free to bundle: there a label goes
 * to the folder or, as ZPL, to the printer's address.
 */
export function createSystemDriver(options: SystemDriverOptions = {}): SystemDriver {
  const { platform = process.platform, run = runProgram } = options
  const list = () => (platform === 'win32' ? Promise.resolve(ok([])) : listPrinters(run))
  return {
    list,
    async print(job, target) {
      if (platform === 'win32') return err(issue('unsupported', { reason: 'windows-use-folder-or-address' }))
      const printers = await list()
      if (!printers.ok) return printers
      // Only a name the system itself gave: nothing else can reach the command line.
      const printer = printers.value.find(({ name }) => name === target.printer)
      if (printer === undefined) return err(await whyNoPrinter(run))
      try {
        const said = await run('lp', lpArguments(printer.name, job), job.bytes)
        return ok({ spooledAs: /\b(\S+-\d+)\b/.exec(said)?.[1] ?? printer.name })
      } catch {
        return err(issue('remote-down', { reason: 'print-queue-refused' }))
      }
    },
  }
}

/** A server that is down lists no printers either; that is another message to the person. */
async function whyNoPrinter(run: NonNullable<SystemDriverOptions['run']>): Promise<Issue> {
  const server = await run('lpstat', ['-r']).catch(() => '')
  if (/not running/.test(server)) return issue('remote-down', { reason: 'print-server-down' })
  return issue('not-found', { field: 'target.printer', reason: 'printer-not-found' })
}

/** The page's own size and no scaling: a label 2 % smaller is a barcode that does not scan. What is no PDF goes past the system's filters. */
export function lpArguments(printer: string, job: PrintJob): string[] {
  const mm = (size: number) => String(Math.round(size * 100) / 100)
  const title = job.title.replace(/[\p{Cc}\p{Cf}]/gu, '').trim() || 'label'
  const media = `media=Custom.${mm(job.widthMm)}x${mm(job.heightMm)}mm`
  if (!isPdf(job.bytes)) return ['-d', printer, '-t', title, '-n', String(job.copies), '-o', 'raw', '-']
  const page = ['-o', media, '-o', 'fit-to-page=false', '-o', 'print-scaling=none']
  return ['-d', printer, '-t', title, '-n', String(job.copies), ...page, '-']
}

async function listPrinters(run: NonNullable<SystemDriverOptions['run']>): Promise<Result<Printer[]>> {
  try {
    const names = (await run('lpstat', ['-e']))
      .split('\n')
      .map((line) => line.trim())
      .filter((name) => name !== '')
    if (names.length === 0) return ok([])
    const standard = /: (\S+)\s*$/m.exec(await run('lpstat', ['-d']).catch(() => ''))?.[1]
    const descriptions = parseDescriptions(await run('lpstat', ['-l', '-p']).catch(() => ''))
    return ok(
      names.map((name) => ({
        name,
        description: descriptions.get(name) ?? '',
        isDefault: name === standard,
      })),
    )
  } catch (error) {
    // No CUPS at all is a system without printers; anything else is trouble with its server.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok([])
    return /no destinations/i.test(String(error))
      ? ok([])
      : err(issue('remote-down', { reason: 'print-server-down' }))
  }
}

function parseDescriptions(text: string): Map<string, string> {
  const found = new Map<string, string>()
  let printer = ''
  for (const line of text.split('\n')) {
    printer = /^printer (\S+)/.exec(line)?.[1] ?? printer
    const description = /^\s+Description: (.+)$/.exec(line)?.[1]
    if (description !== undefined && !found.has(printer)) found.set(printer, description.slice(0, 400))
  }
  return found
}

function runProgram(program: string, args: readonly string[], input?: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    // English output, whatever the system speaks: it is read by a program.
    const options = { timeout: 20_000, maxBuffer: 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } }
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout)
      const failure: NodeJS.ErrnoException = new Error(`${error.message}\n${stderr}`)
      failure.code = (error as NodeJS.ErrnoException).code
      reject(failure)
    })
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}
