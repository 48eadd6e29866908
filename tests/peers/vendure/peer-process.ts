import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { peerDir } from './peer-folder.ts'

export type PeerProcess = {
  port: number
  pid: number
  /** Milliseconds from spawn to PEER-READY. */
  startMs: number
  /** The last lines of both outputs. */
  output: () => string
  /** Resident memory in MiB; null where /proc is missing. */
  memoryMib: () => number | null
  stop: (signal?: NodeJS.Signals) => Promise<void>
}

export type PeerProcessOptions = {
  port?: number
  env: Record<string, string>
  readyTimeoutMs: number
}

const keptLines = 200

/** Starts server.cjs and resolves when it said PEER-READY. Rejects with its output when it died or took too long. */
export async function startPeerProcess(options: PeerProcessOptions): Promise<PeerProcess> {
  const attempts = options.port === undefined ? 3 : 1
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options.port ?? (await findFreePort()), options)
    } catch (error) {
      // Another process may have taken the free port between looking and listening.
      if (attempt >= attempts || !String(error).includes('EADDRINUSE')) throw error
    }
  }
}

async function startOnce(port: number, options: PeerProcessOptions): Promise<PeerProcess> {
  const started = Date.now()
  const lines: string[] = []
  const child = spawn(process.execPath, [join(peerDir, 'server.cjs')], {
    cwd: peerDir,
    env: {
      ...cleanEnv(),
      ...options.env,
      PORT: String(port),
      STOP_WITH_STDIN: '1',
      VENDURE_DISABLE_TELEMETRY: 'true',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const killAtExit = (): void => void child.kill('SIGKILL')
  process.once('exit', killAtExit)
  child.once('exit', () => process.off('exit', killAtExit))
  child.stdin?.on('error', () => undefined)

  await waitUntilReady(child, lines, options.readyTimeoutMs)
  return {
    port,
    pid: child.pid ?? -1,
    startMs: Date.now() - started,
    output: () => lines.join('\n'),
    memoryMib: () => readMemoryMib(child.pid),
    stop: (signal = 'SIGTERM') => stopChild(child, signal),
  }
}

function waitUntilReady(child: ChildProcess, lines: string[], timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`The Vendure peer ${why}. Its output:\n${lines.join('\n') || '(none)'}`))
    }
    const timer = setTimeout(() => fail(`was not ready after ${timeoutMs} ms`), timeoutMs)
    const take = (chunk: Buffer): void => {
      for (const line of chunk.toString('utf8').split('\n')) {
        if (line.trim() === '') continue
        lines.push(line.trimEnd())
        if (lines.length > keptLines) lines.shift()
        if (line.startsWith('PEER-READY')) {
          clearTimeout(timer)
          child.off('close', onClose)
          resolve()
        }
      }
    }
    // 'close' and not 'exit': the reason is often in the last lines, which arrive after the exit.
    const onClose = (code: number | null, signal: string | null): void =>
      fail(`ended (${signal ?? code}) before it was ready`)
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.once('error', (error) => fail(`could not be started: ${error.message}`))
    child.once('close', onClose)
  })
}

async function stopChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await gone
  clearTimeout(timer)
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/** Loader and inspector options meant for the test process would break or slow the child. */
function cleanEnv(): NodeJS.ProcessEnv {
  const unwanted = new Set(['NODE_OPTIONS', 'NODE_V8_COVERAGE', 'ELECTRON_RUN_AS_NODE'])
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !unwanted.has(name)))
}

function readMemoryMib(pid: number | undefined): number | null {
  try {
    const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? null : Math.round(Number(kib) / 1024)
  } catch {
    return null
  }
}
