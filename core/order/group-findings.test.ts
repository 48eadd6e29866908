import { expect, it } from 'vitest'
import { customsError, customsWarning } from '#core/customs/finding.ts'
import { FindingGroups } from '#core/order/group-findings.ts'
import type { Order } from '#core/order/order.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { BUYER } from '#tests/support/test-desk.ts'

const order = (n: number, ...skus: string[]): Order =>
  ({ id: `o${n}` as OrderId, number: `N-${n}`, shipTo: BUYER, lines: skus.map((sku) => ({ sku })) }) as Order
const noCode = (line: number) => customsError('hs', `lines.${line}.customs.hs6`, 'hs-missing')

it('counts orders and SKUs of what says the same, errors first, then what is on most orders', () => {
  const groups = new FindingGroups()
  groups.add(order(1, 'A', 'A', 'B'), [noCode(0), noCode(1), noCode(2)])
  groups.add(order(2, 'A'), [
    noCode(0),
    customsWarning('latin', 'shipTo.latin.name', 'latin-missing', 'name'),
  ])
  groups.add(order(3, ''), [
    noCode(0),
    customsError('address', 'shipTo.city', 'address-part-missing', 'city'),
  ])
  groups.add(order(4, 'C'), [
    customsWarning('goods', 'lines.0.customs.description', 'goods-restricted', 'alcohol'),
  ])
  groups.add(order(5, 'C'), [])
  expect(groups.list()).toMatchObject([
    {
      ...{ reason: 'hs-missing', field: 'customs.hs6', orders: 3, skus: 2 },
      places: [
        {
          sku: 'A',
          orders: 2,
          shown: [{ id: 'o1' }, { id: 'o2', finding: { field: 'lines.0.customs.hs6' } }],
        },
        { sku: 'B', orders: 1, shown: [{ id: 'o1', finding: { field: 'lines.2.customs.hs6' } }] },
        { sku: '', orders: 1, shown: [{ id: 'o3' }] },
      ],
    },
    { reason: 'address-part-missing', orders: 1, skus: 0 },
    { reason: 'goods-restricted', detail: 'alcohol', field: 'customs.description', orders: 1, skus: 1 },
    { reason: 'latin-missing', orders: 1, skus: 0 },
  ])
})
