import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { parseSearch } from '#core/order/parse-search.ts'
import { resolveBarcodes } from '#renderer/data/queries/barcodes.ts'
import { freshDatabase } from '#tests/support/test-desk.ts'

it('knows the products of a barcode, however it was typed or scanned', async () => {
  const db = await freshDatabase()
  await db.products.bulkPut([
    { id: '1', sku: 'MUG-1', barcodes: ['4006381333931', 'X-12a'] },
    { id: '2', sku: 'CUP-1', barcodes: ['036000291452'] },
    { id: '3', sku: 'BOOK', barcodes: ['9783161484100', '4006381333931'] },
    { id: '4', sku: 'NONE' },
  ] as never[])
  const skusOf = async (typed: string) =>
    (await resolveBarcodes(db, parseSearch(typed).terms)).map(({ skus }) => [...skus].sort())
  expect(await skusOf('4006381333931 mug')).toEqual([['BOOK', 'MUG-1'], []])
  expect(await skusOf('036000291452')).toEqual([['CUP-1']])
  expect(await skusOf('0036000291452')).toEqual([['CUP-1']])
  expect(await skusOf('36000291452')).toEqual([[]])
  expect(await skusOf('978-3-16-148410-0 sku:036000291452')).toEqual([['BOOK'], ['CUP-1']])
  expect(await skusOf('buyer:4006381333931 number:036000291452')).toEqual([[], []])
  expect(await skusOf('-4006381333931 "4006381333931"')).toEqual([
    ['BOOK', 'MUG-1'],
    ['BOOK', 'MUG-1'],
  ])
  db.close()
})
