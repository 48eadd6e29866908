import type { FakeAccount, FakeItem, FakeOrder } from './account-state.ts'

export type ItemFacts = Partial<Omit<FakeItem, 'orderItemId'>>

export interface OrderFacts extends Partial<
  Pick<
    FakeOrder,
    | 'marketplaceId'
    | 'status'
    | 'fulfilledBy'
    | 'currency'
    | 'total'
    | 'address'
    | 'shipBy'
    | 'buyerTaxNumber'
  >
> {
  items?: ItemFacts[]
}

const ADDRESS = {
  ...{ name: 'Tamsin Tamarack', addressLine1: 'Hafenstraße 12', addressLine2: '3. Stock', city: 'Bremen' },
  ...{ postalCode: '28195', countryCode: 'DE', phone: '+49 421 496000', addressType: 'RESIDENTIAL' },
}

/** Puts an order into the account, as a buyer would at this moment. */
export function placeOrder(account: FakeAccount, facts: OrderFacts = {}): FakeOrder {
  const n = account.nextId()
  const items = (facts.items ?? [{}]).map((item): FakeItem => makeItem(account, item))
  const order: FakeOrder = {
    ...{
      id: `302-${String(n).padStart(7, '0')}-${String(n * 7).padStart(7, '0')}`,
      marketplaceId: 'A1PA6795UKMFR9',
    },
    ...{ createdAt: account.now(), updatedAt: account.now(), status: 'UNSHIPPED', fulfilledBy: 'MERCHANT' },
    ...{ currency: 'EUR', total: '25.00', buyerName: 'Tamsin Tamarack', address: ADDRESS },
    ...{ shipBy: null, buyerTaxNumber: null },
    ...facts,
    ...{ items, packages: [] },
  }
  account.orders.set(order.id, order)
  return order
}

function makeItem(account: FakeAccount, facts: ItemFacts): FakeItem {
  const quantity = facts.quantity ?? 2
  const unitPrice = facts.unitPrice === undefined ? '12.50' : facts.unitPrice
  return {
    ...{ orderItemId: String(80_000_000_000 + account.nextId()), sku: 'MUG-01', title: 'Stoneware mug' },
    breakdowns:
      unitPrice === null ? [] : [{ type: 'ITEM', amount: (Number(unitPrice) * quantity).toFixed(2) }],
    quantityFulfilled: 0,
    ...facts,
    ...{ quantity, unitPrice },
  }
}
