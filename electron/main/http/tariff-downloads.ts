import { randomUUID } from 'node:crypto'
import { IncomingMessage } from 'node:http'
import * as https from 'node:https'
import type { Readable } from 'node:stream'
import axios, { type AxiosInstance, type AxiosResponse } from 'axios'
import type { ChannelInput, ChannelOutput } from '#core/contracts/ipc.ts'
import type { TariffAddress } from '#core/customs/hs/tariff-address.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

type Begin = ChannelInput<'tariff.begin'>
type Begun = ChannelOutput<'tariff.begin'>

export interface TariffDownloads {
  begin(wish: Begin): Promise<Result<Begun>>
  read(input: ChannelInput<'tariff.read'>): Promise<Result<ChannelOutput<'tariff.read'>>>
  close(input: ChannelInput<'tariff.close'>): void
}

export interface TariffDownloadsOptions {
  addresses: readonly TariffAddress[]
  /** Longest wait for an answer, and between two pieces of it. */
  idleMs?: number
  /** More certificates to trust, e.g. of a test server; PEM. */
  ca?: string
}

/** What runs. `left` is how many bytes may still come. */
interface Download {
  session: string
  pieces: AsyncIterator<Buffer>
  /** The piece that is waited for, and for how long by now, ms. */
  waiting: { piece: Promise<IteratorResult<Buffer>>; ms: number } | null
  stream: Readable
  left: number
  isFirst: boolean
}

const MOST_REDIRECTS = 3
/** Who reads is answered at least so often, with nothing if there is nothing: it may have been told to stop. */
const ANSWER_MS = 500

/**
 * Fetches tariffs from the addresses of the list, and from nowhere else: https, redirects on the same host only, bounded in size, no session
 * of anybody. What was cut off is begun anew, never continued: the file may be another one by then. Issues: `not-found` tariff-missing,
 * tariff-unknown; `remote-down` tariff-unreachable, tariff-refused, tariff-cut-off, tariff-slow; `rate-limited.tariff-busy`; `malformed`
 * tariff-web-page, nomenclature-too-large; `unsupported.tariff-elsewhere`; `cancelled` when another one has begun.
 */
export function createTariffDownloads({
  addresses,
  idleMs = 30_000,
  ca,
}: TariffDownloadsOptions): TariffDownloads {
  const client = createClient(ca)
  let running: Download | null = null

  const end = (): void => {
    running?.stream.destroy()
    running = null
  }
  const fail = (problem: Issue): { ok: false; error: Issue } => {
    end()
    return err(problem)
  }

  return {
    async begin({ address, etag, lastModified }) {
      end()
      const wanted = addresses.find(({ id }) => id === address)
      if (wanted === undefined) return err(issue('not-found', { reason: 'tariff-unknown' }))
      const headers = {
        ...(etag === '' ? {} : { 'if-none-match': etag }),
        ...(lastModified === '' ? {} : { 'if-modified-since': lastModified }),
      }
      const answer = await ask(client, wanted.url, headers, idleMs)
      if (!answer.ok) return answer
      const { status, data: stream } = answer.value
      const facts = factsOf(answer.value)
      if (status === 304) stream.destroy()
      if (status === 304) return ok({ ...facts, session: null })
      const refused = refusalOf(answer.value, wanted, facts.totalBytes)
      if (refused !== null) stream.destroy()
      if (refused !== null) return err(refused)
      const session = randomUUID()
      const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
      running = { session, pieces, waiting: null, stream, left: wanted.mostBytes, isFirst: true }
      return ok({ ...facts, session })
    },
    async read({ session }) {
      const download = running
      if (download?.session !== session) return err(issue('cancelled'))
      const next = await nextPiece(download, idleMs)
      if (running !== download) return err(issue('cancelled'))
      if (!next.ok) return fail(next.error)
      if (next.value === null) end()
      return ok({ bytes: next.value })
    },
    close({ session }) {
      if (running?.session === session) end()
    },
  }
}

function createClient(ca: string | undefined): AxiosInstance {
  return axios.create({
    adapter: 'http',
    proxy: false,
    maxRedirects: 0,
    responseType: 'stream',
    validateStatus: () => true,
    httpsAgent: new https.Agent({ minVersion: 'TLSv1.2', ca }),
    headers: { accept: 'text/csv,application/json', 'user-agent': 'Caravel' },
  })
}

type Answer = AxiosResponse<Readable>

async function ask(
  client: AxiosInstance,
  address: string,
  headers: Record<string, string>,
  idleMs: number,
): Promise<Result<Answer>> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), idleMs)
  try {
    let url = address
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const answer = await client.get<Readable>(url, { headers, signal: stop.signal })
      const to = answer.status >= 301 && answer.status <= 308 && answer.status !== 304
      if (!to) return ok(answer)
      answer.data.destroy()
      const target = new URL(String(answer.headers['location'] ?? ''), url)
      if (target.origin !== new URL(address).origin) break
      url = target.href
    }
    return err(issue('unsupported', { reason: 'tariff-elsewhere' }))
  } catch {
    const reason = stop.signal.aborted ? 'tariff-slow' : 'tariff-unreachable'
    return err(issue('remote-down', { reason }))
  } finally {
    clearTimeout(timer)
  }
}

function factsOf({ headers, data }: Answer): Omit<Begun, 'session'> {
  const header = (name: string): string => {
    const value: unknown = headers[name]
    return typeof value === 'string' ? value : ''
  }
  const length = header('content-length')
  // Of a packed answer, which comes through another stream, it is not the length of what comes out.
  const isPlain = data instanceof IncomingMessage && /^\d{1,12}$/.test(length)
  return {
    totalBytes: isPlain ? Number(length) : null,
    etag: header('etag').slice(0, 300),
    lastModified: header('last-modified').slice(0, 100),
  }
}

function refusalOf(
  { status, headers }: Answer,
  { mostBytes }: TariffAddress,
  total: number | null,
): Issue | null {
  if (status === 429) return issue('rate-limited', { reason: 'tariff-busy' })
  if (status === 401 || status === 403) return issue('remote-down', { reason: 'tariff-refused' })
  if (status >= 500) return issue('remote-down', { reason: 'tariff-unreachable' })
  if (status !== 200) return issue('not-found', { reason: 'tariff-missing' })
  if (/^text\/html/i.test(String(headers['content-type'] ?? '')))
    return issue('malformed', { reason: 'tariff-web-page' })
  return total !== null && total > mostBytes ? issue('malformed', { reason: 'nomenclature-too-large' }) : null
}

/** Null at the end, empty while nothing more has come. */
async function nextPiece(download: Download, idleMs: number): Promise<Result<Uint8Array | null>> {
  let timer: NodeJS.Timeout | undefined
  const waiting = (download.waiting ??= { piece: download.pieces.next(), ms: 0 })
  const wait = Math.min(ANSWER_MS, idleMs - waiting.ms)
  const nothing = new Promise<'nothing'>((resolve) => (timer = setTimeout(() => resolve('nothing'), wait)))
  try {
    const next = await Promise.race([waiting.piece, nothing])
    if (next === 'nothing') {
      waiting.ms += wait
      if (waiting.ms < idleMs) return ok(new Uint8Array())
      return err(issue('remote-down', { reason: 'tariff-slow' }))
    }
    download.waiting = null
    if (next.done === true) return ok(null)
    download.left -= next.value.length
    if (download.left < 0) return err(issue('malformed', { reason: 'nomenclature-too-large' }))
    const isPage = download.isFirst && /^\uFEFF?\s*</.test(next.value.toString('utf8', 0, 200))
    download.isFirst = false
    return isPage ? err(issue('malformed', { reason: 'tariff-web-page' })) : ok(new Uint8Array(next.value))
  } catch {
    return err(issue('remote-down', { reason: 'tariff-cut-off' }))
  } finally {
    clearTimeout(timer)
  }
}
