import 'fake-indexeddb/auto'
import { beforeEach, expect, it } from 'vitest'
import { loadDuties, loadNomenclatures } from '#renderer/data/repos/nomenclature.repo.ts'
import { fileSource, importTariff } from '#renderer/usecases/import-tariff.ts'
import { sha256Text } from '#core/shared/sha256.ts'
import { openTestDesk, START, type TestDesk } from '#tests/support/test-desk.ts'

let desk: TestDesk
beforeEach(async () => (desk = await openTestDesk()))

const fileOf = (codes: number) =>
  [
    'HTS Number,Indent,Description,General Rate of Duty',
    ...Array.from({ length: codes }, (_, i) => `${69120000 + i},0,Goods ${i},${i % 9}%`),
  ].join('\n')

/** Bytes that come in pieces of this many, as from a disk. */
function slowFile(text: string, piece = 5_000): Blob {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  const stream = () =>
    new ReadableStream<Uint8Array>({
      pull(to) {
        if (at >= bytes.length) return to.close()
        to.enqueue(bytes.slice(at, (at += piece)))
      },
    })
  return { size: bytes.length, stream } as Blob
}

interface Options {
  name?: string
  stopAfter?: number
}
async function take(text: string, { name = 'hts.csv', stopAfter = Infinity }: Options = {}) {
  const steps: number[] = []
  const control = {
    onProgress: (done: number) => void steps.push(done),
    stopped: () => steps.length >= stopAfter,
  }
  const taken = await importTariff(desk, fileSource({ name, bytes: slowFile(text), columns: null }), control)
  return { taken, steps }
}
const idsOf = async () => (await desk.db.referenceFiles.toCollection().primaryKeys()).map(String)

it('a tariff comes in parts, with its duties, and is replaced by a shorter one of the same country only', async () => {
  const text = fileOf(4_500)
  const { taken, steps } = await take(text)
  expect(taken).toEqual({
    ok: true,
    value: { tariff: 'US', codes: 4_500, duties: 4_500, left: 0, rejected: [] },
  })
  expect(steps.length).toBeGreaterThan(10)
  expect(steps.at(-1)).toBe(new TextEncoder().encode(text).length)
  await take('CN_CODE;name\n69120021;Pottery\n', { name: 'cn.csv' })
  const [eu, us] = await loadNomenclatures(desk.db)
  expect(eu).toMatchObject({ name: 'cn.csv', rows: [{ code: '69120021', text: 'Pottery', path: [] }] })
  expect(us).toMatchObject({ name: 'hts.csv', importedAt: START, sha256: sha256Text(text) })
  expect(us?.rows.map((row) => row.text)).toEqual(Array.from({ length: 4_500 }, (_, i) => `Goods ${i}`))

  await take(fileOf(10))
  expect((await loadNomenclatures(desk.db)).map(({ rows }) => rows.length)).toEqual([1, 10])
  expect((await idsOf()).filter((id) => id.includes(':US'))).toHaveLength(4)
})

it('one that fails or is stopped changes nothing and leaves nothing behind', async () => {
  await take(fileOf(3_000))
  const before = await idsOf()
  const stopped = await take(fileOf(9_000), { stopAfter: 20 })
  expect(stopped.taken).toMatchObject({ ok: false, error: { code: 'cancelled' } })
  expect(await idsOf()).toEqual(before)
  for (const text of ['nothing', 'htsno,description\n6912,Ceramic'])
    expect((await take(text)).taken).toMatchObject({ ok: false, error: { code: 'malformed' } })
  expect(await idsOf()).toEqual(before)
  expect((await loadNomenclatures(desk.db))[0]?.rows).toHaveLength(3_000)
})

it('what an import that was cut off left behind goes with the next one', async () => {
  const orphan = { kind: 'nomenclature' as const, name: '', importedAt: 0, sha256: '', text: '[]' }
  await desk.db.referenceFiles.put({ ...orphan, id: 'nomenclature:US:lost:0' })
  await take(fileOf(10))
  expect((await idsOf()).some((id) => id.includes('lost'))).toBe(false)
})

it('damaged rows are named by line and cost nothing else; a damaged part costs its rows only', async () => {
  const lines = fileOf(2_500).split('\n')
  lines[100] = '69I2,0,Typo,1%'
  const { taken } = await take(lines.join('\n'))
  expect(taken).toMatchObject({
    value: { codes: 2_499, left: 1, rejected: [{ line: 101, reason: 'hs-not-digits' }] },
  })
  const [first] = (await idsOf()).filter((id) => /^nomenclature:US:.+:0$/.test(id))
  await desk.db.referenceFiles.update(first!, { text: '[{"code":' })
  expect((await loadNomenclatures(desk.db))[0]?.rows).toHaveLength(499)
})

it('duties are looked up in the parts that may have them', async () => {
  await take(fileOf(4_500))
  expect((await loadDuties(desk.db, 'US', '6912301210')).map(({ code }) => code)).toEqual([
    '6912000000',
    '6912300000',
    '6912301200',
  ])
  expect(await loadDuties(desk.db, 'US', '691230')).toHaveLength(101)
  expect(await loadDuties(desk.db, 'GB', '691230')).toEqual([])
  expect(await loadDuties(desk.db, 'US', '420212')).toEqual([])
})
