import 'fake-indexeddb/auto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import tariffAddresses from '../../resources/tariff-addresses.json' with { type: 'json' }
import { readTariffAddresses } from '#core/customs/hs/tariff-address.ts'
import { ok } from '#core/shared/result.ts'
import { createTariffDownloads } from '#main/http/tariff-downloads.ts'
import { loadNomenclatures, loadTariffsHere } from '#renderer/data/repos/nomenclature.repo.ts'
import { fetchTariff } from '#renderer/usecases/fetch-tariff.ts'
import { euCodesCsv, htsJson, ukCodesCsv, ukDutiesCsv } from '#tests/support/full-tariffs.ts'
import { openTestDesk, type TestDesk } from '#tests/support/test-desk.ts'

/** Tariffs of the official size and formats through main's downloads into the store, as servers of today send them: packed, length unknown. */
const FILES: Readonly<Record<string, () => Generator<string>>> = {
  'us-hts': htsJson,
  'gb-codes': ukCodesCsv,
  'gb-duties': ukDutiesCsv,
  'eu-cn-2026': euCodesCsv,
}
const server = createServer(({ url = '' }, response) => {
  const [, id = '', share = '1'] = url.split('/')
  const file = FILES[id]
  if (file === undefined) return void response.writeHead(404).end()
  const pieces = [...file()]
  response.writeHead(200, { 'content-encoding': 'gzip' })
  Readable.from(pieces.slice(0, Math.ceil(pieces.length * Number(share))))
    .pipe(createGzip())
    .pipe(response)
})
let desk: TestDesk
let share = 1

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const open = () =>
    createTariffDownloads({
      addresses: readTariffAddresses(tariffAddresses).map((each) => ({
        ...each,
        url: `${origin}/${each.id}/${share}`,
      })),
    })
  let downloads = open()
  desk = await openTestDesk({
    'tariff.begin': (input) => (downloads = open()).begin(input),
    'tariff.read': (input) => downloads.read(input),
    'tariff.close': (input) => (downloads.close(input), Promise.resolve(ok({}))),
  })
})
afterAll(() => (server.closeAllConnections(), server.close()))

async function fetchIt(id: string) {
  const steps: number[] = []
  const control = { onProgress: (done: number) => void steps.push(done), stopped: () => false }
  return { result: await fetchTariff(desk, id, control), steps }
}

it.each([
  ['us-hts', { tariff: 'US', codes: 28_800, duties: 28_800 }],
  ['gb-codes', { tariff: 'GB', codes: 17_280, duties: 0 }],
  ['gb-duties', { tariff: 'GB', codes: 0, duties: 17_280 }],
  ['eu-cn-2026', { tariff: 'EU', codes: 11_520, duties: 0 }],
] as const)('%s comes whole, and what ends early afterwards changes nothing of it', async (id, expected) => {
  share = 1
  const { result, steps } = await fetchIt(id)
  expect(result).toMatchObject({ ok: true, value: { ...expected, left: 0 } })
  expect(steps.length).toBeGreaterThan(20)
  expect(steps).toEqual([...steps].sort((a, b) => a - b))
  const before = await loadTariffsHere(desk.db)
  share = 0.4
  const cut = await fetchIt(id)
  expect(cut.result).toMatchObject({ ok: false, error: { code: 'malformed' } })
  expect(await loadTariffsHere(desk.db)).toEqual(before)
})

it('all of them are there without a line, beside each other', async () => {
  const here = await loadNomenclatures(desk.db)
  expect(here.map(({ tariff, rows }) => [tariff, rows.length]).sort()).toEqual([
    ['EU', 11_520],
    ['GB', 17_280],
    ['US', 28_800],
  ])
  expect(
    here.flatMap(({ rows }) => rows).every(({ code, path }) => code.length >= 8 && path.length > 0),
  ).toBe(true)
})
