import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface CupsServer {
  /** For CUPS_SERVER: a socket of its own, so the machine's printers are left alone. */
  socket: string
  stop(): Promise<void>
}

/** Why CUPS cannot be tried here, or null. */
export function whyNoCups(): string | null {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return 'needs a Debian-like Linux'
  if (process.getuid?.() !== 0) return 'needs root: it starts a print server of its own'
  return null
}

/** A real cupsd in a temporary folder with one queue that prints into a PDF (cups-pdf). */
export async function startCups(queue: string, description: string): Promise<CupsServer> {
  const root = mkdtempSync(path.join(tmpdir(), 'caravel-cups-'))
  await chmod(root, 0o755)
  const socket = path.join(root, 'cups.sock')
  writeConfiguration(root, socket)
  const files = ['-c', path.join(root, 'etc', 'cupsd.conf'), '-s', path.join(root, 'etc', 'cups-files.conf')]
  const child = spawn('/usr/sbin/cupsd', ['-f', ...files], { stdio: 'ignore' })
  const stop = async (): Promise<void> => {
    await end(child)
    rmSync(root, { recursive: true, force: true })
  }
  try {
    await waitFor(() => existsSync(socket) && cups(socket, 'lpstat', ['-r']).stdout.includes('is running'))
    const made = cups(socket, '/usr/sbin/lpadmin', [
      '-p',
      queue,
      '-E',
      '-v',
      'cups-pdf:/',
      '-m',
      'lsb/usr/cups-pdf/CUPS-PDF_opt.ppd',
      '-D',
      description,
    ])
    if (made.status !== 0) throw new Error(`lpadmin: ${made.stderr}`)
    return { socket, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Waits until it holds. */
export async function waitFor(holds: () => boolean, timeoutMs = 20_000): Promise<void> {
  const until = Date.now() + timeoutMs
  while (!holds()) {
    if (Date.now() > until) throw new Error('waited in vain')
    await new Promise((done) => setTimeout(done, 100))
  }
}

function cups(socket: string, program: string, args: string[]) {
  return spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, CUPS_SERVER: socket, LC_ALL: 'C' },
  })
}

function writeConfiguration(root: string, socket: string): void {
  for (const folder of ['etc', 'spool/tmp', 'cache', 'state', 'log'])
    mkdirSync(path.join(root, folder), { recursive: true })
  const places = {
    ServerRoot: 'etc',
    RequestRoot: 'spool',
    CacheDir: 'cache',
    StateDir: 'state',
    TempDir: 'spool/tmp',
    ErrorLog: 'log/error',
  }
  const lines = Object.entries(places).map(([name, place]) => `${name} ${path.join(root, place)}`)
  writeFileSync(path.join(root, 'etc', 'cups-files.conf'), `${lines.join('\n')}\nSystemGroup root\n`)
  const open = 'Order allow,deny\n  Allow all'
  const server = ['Browsing Off', 'WebInterface No', 'DefaultAuthType None', `Listen ${socket}`]
  const access = [`<Location />\n  ${open}\n</Location>`, `<Location /admin>\n  ${open}\n</Location>`]
  const policy = '<Policy default>\n  <Limit All>\n    Order deny,allow\n  </Limit>\n</Policy>'
  writeFileSync(path.join(root, 'etc', 'cupsd.conf'), `${[...server, ...access, policy].join('\n')}\n`)
  copyFileSync('/etc/cups/cups-pdf.conf', path.join(root, 'etc', 'cups-pdf.conf'))
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}
