import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { loadNomenclatures } from '#renderer/data/repos/nomenclature.repo.ts'
import { importNomenclature } from '#renderer/usecases/import-nomenclature.ts'
import { openTestDesk } from '#tests/support/test-desk.ts'

const fileOf = (codes: number) =>
  [
    'HTS Number,Indent,Description',
    ...Array.from({ length: codes }, (_, i) => `${69120000 + i},0,Goods ${i}`),
  ].join('\n')

it('a nomenclature is kept whole over several records, and replaced by a shorter one of the same tariff only', async () => {
  const desk = await openTestDesk()
  const take = (tariff: 'US' | 'EU', text: string) =>
    importNomenclature(desk, { name: `${tariff}.csv`, text, tariff })
  expect(await take('US', fileOf(4_500))).toEqual({ ok: true, value: { codes: 4_500, rejected: [] } })
  expect(await take('EU', 'code;name\n69120021;Pottery\n')).toMatchObject({ ok: true })
  const [eu, us] = await loadNomenclatures(desk.db)
  expect(eu?.rows).toEqual([{ code: '69120021', text: 'Pottery', path: [] }])
  expect(us?.rows.map(({ text }) => text)).toEqual(Array.from({ length: 4_500 }, (_, i) => `Goods ${i}`))

  expect(await take('US', 'nothing')).toMatchObject({ ok: false, error: { reason: 'nomenclature-head' } })
  expect((await loadNomenclatures(desk.db))[1]?.rows).toHaveLength(4_500)
  await take('US', fileOf(10))
  expect((await loadNomenclatures(desk.db)).map(({ rows }) => rows.length)).toEqual([1, 10])
})

it('a damaged part costs its rows only', async () => {
  const desk = await openTestDesk()
  await importNomenclature(desk, { name: 'hts.csv', text: fileOf(2_500), tariff: 'US' })
  await desk.db.referenceFiles.update('nomenclature:US:0', { text: '[{"code":' })
  expect((await loadNomenclatures(desk.db))[0]?.rows).toHaveLength(500)
})
