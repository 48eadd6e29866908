import 'fake-indexeddb/auto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import tariffAddresses from '../../resources/tariff-addresses.json' with { type: 'json' }
import { readTariffAddresses, type TariffAddress } from '#core/customs/hs/tariff-address.ts'
import { ok } from '#core/shared/result.ts'
import { createTariffDownloads, type TariffDownloads } from '#main/http/tariff-downloads.ts'
import { loadNomenclatures, loadTariffsHere } from '#renderer/data/repos/nomenclature.repo.ts'
import { fetchTariff } from '#renderer/usecases/fetch-tariff.ts'
import { CHAPTERS } from '#tests/support/full-tariffs.ts'
import { openTestDesk, START, type TestDesk } from '#tests/support/test-desk.ts'

/** Main's downloads and the import together, against a server that does as servers do. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void

const HTS = JSON.stringify(
  Array.from({ length: 3_000 }, (_, i) => ({
    htsno: `${CHAPTERS[i % CHAPTERS.length]}12.${1000 + Math.floor(i / CHAPTERS.length)}`,
    ...{ indent: '0', description: `Goods ${i}` },
    general: `${i % 9}%`,
  })),
)
const MOST_BYTES = 1_000_000
const closing: (() => void)[] = []
let desk: TestDesk
let answer: Answer
let downloads: TariffDownloads
let only: TariffAddress
let asked: IncomingMessage[]

beforeEach(async () => {
  asked = []
  const server = createServer((request, response) => {
    asked.push(request)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => (server.closeAllConnections(), server.close()))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hts`
  const [first] = readTariffAddresses(tariffAddresses)
  if (first === undefined) throw new Error('no address')
  only = { ...first, url, mostBytes: MOST_BYTES }
  downloads = createTariffDownloads({ addresses: [only], idleMs: 1_000 })
  desk = await openTestDesk({
    'tariff.begin': (input) => downloads.begin(input),
    'tariff.read': (input) => downloads.read(input),
    'tariff.close': (input) => (downloads.close(input), Promise.resolve(ok({}))),
  })
})
afterEach(() => closing.splice(0).forEach((close) => close()))

const steps: [number, number][] = []
function fetchIt(stopAfter = Infinity) {
  steps.length = 0
  const control = {
    onProgress: (done: number, total: number) => void steps.push([done, total]),
    stopped: () => steps.length >= stopAfter,
  }
  return fetchTariff(desk, 'us-hts', control)
}
const parts = () => desk.db.referenceFiles.count()
const send =
  (text: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(text)

describe('a tariff from its address', () => {
  it('comes with how far it is, and is not read again while the server says it is the same', async () => {
    const length = String(Buffer.byteLength(HTS))
    const facts = {
      etag: '"r16"',
      'last-modified': 'Mon, 02 Nov 2026 08:00:00 GMT',
      'content-length': length,
    }
    answer = send(HTS, facts)
    expect(await fetchIt()).toMatchObject({ ok: true, value: { tariff: 'US', codes: 3_000, duties: 3_000 } })
    expect(steps.at(-1)).toEqual([Number(length), Number(length)])
    const origin = {
      address: 'us-hts',
      etag: '"r16"',
      lastModified: facts['last-modified'],
      checkedAt: START,
    }
    expect(await loadTariffsHere(desk.db)).toMatchObject([
      { kind: 'nomenclature', count: 3_000, origin },
      { kind: 'duties', count: 3_000, origin },
    ])
    answer = ({ headers }, response) =>
      response.writeHead(headers['if-none-match'] === '"r16"' ? 304 : 500).end()
    desk.at.now += 60_000
    expect(await fetchIt()).toEqual({ ok: true, value: null })
    expect((await loadTariffsHere(desk.db)).map((each) => each.origin?.checkedAt)).toEqual(
      Array(2).fill(START + 60_000),
    )
    expect(asked.map(({ headers }) => headers['if-modified-since'])).toEqual([
      undefined,
      facts['last-modified'],
    ])
  })

  it('comes packed, and from another path of the same host', async () => {
    const packed = gzipSync(HTS)
    answer = ({ url }, response) =>
      url === '/hts'
        ? response.writeHead(302, { location: '/v4/hts' }).end()
        : response
            .writeHead(200, { 'content-encoding': 'gzip', 'content-length': String(packed.length) })
            .end(packed)
    expect(await fetchIt()).toMatchObject({ ok: true, value: { codes: 3_000 } })
    expect(steps.at(-1)).toEqual([Buffer.byteLength(HTS), 0])
  })
})

const cutOff: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': '900000' }).write(HTS.slice(0, 100_000))
  setTimeout(() => response.destroy(), 50)
}
const cutInChunks: Answer = (_request, response) => {
  response.writeHead(200).write(HTS.slice(0, 100_000))
  setTimeout(() => response.destroy(), 50)
}
const stalls: Answer = (_request, response) => void response.writeHead(200).write(HTS.slice(0, 100_000))
const endless: Answer = (_request, response) => {
  response.writeHead(200).write('[')
  const record = JSON.stringify({ htsno: '6912.0010', description: 'x'.repeat(60_000) }) + ','
  const more = (): void => {
    if (!response.destroyed) response.write(record, () => setImmediate(more))
  }
  more()
}

const records = JSON.parse(HTS) as { htsno: string }[]
/** Well made up to there, and nobody says that there was more. */
const endsEarly = HTS.slice(0, HTS.indexOf('},', 100_000) + 1)
const firstHalf = JSON.stringify(records.filter(({ htsno }) => htsno < '50'))
const oneOfMany = JSON.stringify(records.slice(0, 960))
const renamed = HTS.replaceAll('htsno', 'hts_number')

describe('what goes wrong', () => {
  const status =
    (code: number): Answer =>
    (_request, response) =>
      response.writeHead(code).end('no')
  const page = '<!doctype html><title>Maintenance</title>'
  const elsewhere: Answer = (_request, response) =>
    response.writeHead(302, { location: 'http://localhost:1/hts' }).end()
  const round: Answer = (_request, response) => response.writeHead(302, { location: '/hts' }).end()

  it.each<[string, Answer, string, string]>([
    ['the line is cut', cutOff, 'remote-down', 'tariff-cut-off'],
    ['the line is cut and nobody said how much would come', cutInChunks, 'remote-down', 'tariff-cut-off'],
    ['nothing more comes', stalls, 'remote-down', 'tariff-slow'],
    ['no answer comes', () => undefined, 'remote-down', 'tariff-slow'],
    ['the server hangs up', ({ socket }) => socket.destroy(), 'remote-down', 'tariff-unreachable'],
    ['it is not there', status(404), 'not-found', 'tariff-missing'],
    ['the server is ill', status(500), 'remote-down', 'tariff-unreachable'],
    ['the server lets nobody in', status(403), 'remote-down', 'tariff-refused'],
    ['it was asked too often', status(429), 'rate-limited', 'tariff-busy'],
    ['a web page comes', send(page, { 'content-type': 'text/html' }), 'malformed', 'tariff-web-page'],
    ['a web page comes that is called data', send(page), 'malformed', 'tariff-web-page'],
    ['it ends between two records', send(endsEarly), 'malformed', 'nomenclature-cut-off'],
    ['only the first chapters come', send(firstHalf), 'malformed', 'tariff-incomplete'],
    ['less than half of it comes', send(oneOfMany), 'malformed', 'tariff-incomplete'],
    ['the records have other names', send(renamed), 'malformed', 'nomenclature-empty'],
    ['an error comes as data', send('{"error":"no such table"}'), 'malformed', 'nomenclature-head'],
    ['nothing comes', send(''), 'malformed', 'nomenclature-head'],
    ['other data comes', send('a,b\n1,2\n'), 'malformed', 'nomenclature-head'],
    ['it says it is too large', send('x'.repeat(MOST_BYTES + 1)), 'malformed', 'nomenclature-too-large'],
    ['it does not end', endless, 'malformed', 'nomenclature-too-large'],
    ['it is on another host', elsewhere, 'unsupported', 'tariff-elsewhere'],
    ['it goes round in a circle', round, 'unsupported', 'tariff-elsewhere'],
  ])(
    '%s: the tariff of before stays, nothing else does, and the next attempt begins anew',
    async (_name, wrong, code, reason) => {
      answer = send(HTS.replace('Goods 0', 'Goods of before'))
      await fetchIt()
      const before = await parts()
      answer = wrong
      expect(await fetchIt()).toMatchObject({ ok: false, error: { code, reason } })
      expect(await parts()).toBe(before)
      expect((await loadNomenclatures(desk.db))[0]?.rows[0]?.text).toBe('Goods of before')
      answer = send(HTS)
      expect(await fetchIt()).toMatchObject({ ok: true, value: { codes: 3_000, left: 0 } })
      expect(await parts()).toBe(before)
    },
  )

  it('a person stops it', async () => {
    answer = send(HTS)
    expect(await fetchIt(1)).toMatchObject({ error: { code: 'cancelled' } })
    expect(await parts()).toBe(0)
  })

  it('a person stops it while the server says nothing', async () => {
    answer = stalls
    const from = performance.now()
    downloads = createTariffDownloads({ addresses: [only], idleMs: 60_000 })
    expect(await fetchIt(3)).toMatchObject({ error: { code: 'cancelled' } })
    expect(performance.now() - from).toBeLessThan(10_000)
    expect(await parts()).toBe(0)
  })

  it('an address that is not in the list is not asked', async () => {
    const wish = { address: 'http://127.0.0.1/', etag: '', lastModified: '' }
    expect(await downloads.begin(wish)).toMatchObject({ error: { reason: 'tariff-unknown' } })
    expect(asked).toEqual([])
  })
})

it('the list names https addresses, with a page and a day', () => {
  const all = readTariffAddresses(tariffAddresses)
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  for (const { url, source, checkedOn } of all) {
    expect([new URL(url).protocol, new URL(source).protocol]).toEqual(['https:', 'https:'])
    expect(checkedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
  }
  expect(() => readTariffAddresses([{ ...all[0]!, url: 'http://hts.usitc.gov/' }])).toThrow('us-hts')
})
