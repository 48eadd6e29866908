import { readFileSync } from 'node:fs'
import type { HsGoods } from '#core/customs/hs/goods.ts'
import { prepareHsSearch, searchHs } from '#core/customs/hs/search-hs.ts'
import { benchRow, median, type RunBench } from '#tests/bench/bench-row.ts'

/** Search for an HS code over everyday goods, a thousand products of the seller's own and a nomenclature of 10,000 codes. */
const CODES = 10_000
const TURNS = 200
const SOUGHT = ['mug', 'cotton t-shirt', '马克杯', '6912', 'lithium battery for phone', 'other', 'c']

const run: RunBench = (say) => {
  const goods = JSON.parse(
    readFileSync(new URL('../../resources/hs-goods.json', import.meta.url), 'utf8'),
  ) as HsGoods
  const names = goods.goods.map(({ en, also }) => `${en} ${also.join(' ')}`)
  const nomenclature = Array.from({ length: CODES }, (_, i) => ({
    code: String(10_000_000 + i * 8_501),
    text: 'Other',
    path: [names[i % names.length] ?? '', names[(i * 7) % names.length] ?? ''],
  }))
  const history = Array.from({ length: 1_000 }, (_, i) => ({
    code: goods.goods[i % goods.goods.length]?.code ?? '',
    name: names[i % names.length] ?? '',
    words: `SKU-${i}`,
  }))
  const before = performance.now()
  const search = prepareHsSearch(goods, history, [{ tariff: 'EU', rows: nomenclature }])
  const rows = [benchRow('made ready', performance.now() - before, 'ms')]
  for (const text of SOUGHT) {
    const times = Array.from({ length: TURNS }, () => {
      const start = performance.now()
      searchHs(search, text)
      return performance.now() - start
    })
    rows.push(benchRow(`search ${text}`, median(times), 'ms'))
    say(text)
  }
  return Promise.resolve(rows)
}

export default run
