import { setTimeout as sleep } from 'node:timers/promises'
import { pickBuyer, type Buyer } from './buyers.ts'
import { PeerApiError, postGraphql, unwrap, type Variables } from './peer-api.ts'
import type { SeededVariant } from './seed-products.ts'
import { shopSetup } from './seed-shop.ts'

export type SeededLine = { id: string; sku: string; quantity: number; unitPriceWithTax: number }
export type SeededOrder = {
  id: string
  code: string
  country: string
  currencyCode: string
  totalWithTax: number
  buyer: Buyer
  lines: SeededLine[]
}

export type OrderSpec = {
  /** Two-letter codes used in turn; all eleven when absent. */
  countries?: string[]
  linesPerOrder?: number
  quantity?: number
  /** Without payment the order stays a cart (`active: true`): sellers must not see it. */
  leaveUnpaid?: boolean
  /** How long the buyer hesitates with a full cart. The order's `updatedAt` stays at the time before it (see README). */
  pauseBeforePaymentMs?: number
  /** Runs with the cart full, before it is paid. */
  beforePayment?: () => Promise<void>
}

type ShopOrder = {
  id: string
  code: string
  state: string
  currencyCode: string
  totalWithTax: number
  lines: { id: string; quantity: number; unitPriceWithTax: number; productVariant: { sku: string } }[]
}

const cartFields = `id code state currencyCode totalWithTax
  lines { id quantity unitPriceWithTax productVariant { sku } }`
const orderFields = `... on Order { ${cartFields} } ... on ErrorResult { errorCode message }`

/** A guest buys in the shop, step by step as a storefront does. `n` picks the buyer and the variants. */
export async function placeOrder(
  shopUrl: string,
  variants: SeededVariant[],
  n: number,
  spec: OrderSpec = {},
): Promise<SeededOrder> {
  const buyer = pickBuyer(n, spec.countries)
  const shop = openShopSession(shopUrl)
  // An even spread: the first line walks through all variants, the second is another one.
  const count = Math.min(spec.linesPerOrder ?? 1 + (n % 2), variants.length)
  for (let index = 0; index < count; index += 1) {
    const variant = variants[(n + index * 7) % variants.length] ?? variants[0]
    if (!variant) throw new PeerApiError('NO_VARIANTS', 'seed products before orders')
    await shop.run(
      `mutation ($id: ID!, $quantity: Int!) { addItemToOrder(productVariantId: $id, quantity: $quantity) { ${orderFields} } }`,
      { id: variant.id, quantity: spec.quantity ?? 1 + (n % 3) },
    )
  }
  await setBuyer(shop, buyer)
  const order = await checkOut(shop, spec)
  return {
    id: order.id,
    code: order.code,
    country: buyer.address.countryCode,
    currencyCode: order.currencyCode,
    totalWithTax: order.totalWithTax,
    buyer,
    lines: order.lines.map(({ id, quantity, unitPriceWithTax, productVariant }) => ({
      id,
      sku: productVariant.sku,
      quantity,
      unitPriceWithTax,
    })),
  }
}

async function setBuyer(shop: ShopSession, buyer: Buyer): Promise<void> {
  const { firstName, lastName, emailAddress, phoneNumber, address } = buyer
  await shop.run(
    `mutation ($input: CreateCustomerInput!) { setCustomerForOrder(input: $input) { ${orderFields} } }`,
    {
      input: { firstName, lastName, emailAddress, phoneNumber },
    },
  )
  await shop.run(
    `mutation ($input: CreateAddressInput!) { setOrderShippingAddress(input: $input) { ${orderFields} } }`,
    {
      input: { ...address, phoneNumber },
    },
  )
}

async function checkOut(shop: ShopSession, spec: OrderSpec): Promise<ShopOrder> {
  const { eligibleShippingMethods } = await shop.run<{
    eligibleShippingMethods: { id: string; code: string }[]
  }>('{ eligibleShippingMethods { id code } }')
  const method = eligibleShippingMethods.find(({ code }) => code === shopSetup.shippingMethod)
  if (!method) throw new PeerApiError('NO_SHIPPING_METHOD', JSON.stringify(eligibleShippingMethods))
  await shop.run(
    `mutation ($id: [ID!]!) { setOrderShippingMethod(shippingMethodId: $id) { ${orderFields} } }`,
    { id: [method.id] },
  )
  if (spec.leaveUnpaid) {
    const { activeOrder } = await shop.run<{ activeOrder: ShopOrder }>(`{ activeOrder { ${cartFields} } }`)
    return activeOrder
  }
  if (spec.pauseBeforePaymentMs !== undefined) await sleep(spec.pauseBeforePaymentMs)
  await spec.beforePayment?.()
  await shop.run(`mutation { transitionOrderToState(state: "ArrangingPayment") { ${orderFields} } }`)
  const { addPaymentToOrder: order } = await shop.run<{ addPaymentToOrder: ShopOrder }>(
    `mutation ($input: PaymentInput!) { addPaymentToOrder(input: $input) { ${orderFields} } }`,
    { input: { method: shopSetup.paymentMethod, metadata: {} } },
  )
  if (order.state !== 'PaymentSettled')
    throw new PeerApiError('NOT_SETTLED', `order ${order.code} is ${order.state}`)
  return order
}

type ShopSession = { run: <T>(query: string, variables?: Variables) => Promise<T> }

/** A guest session: it begins with the first change, and its token goes along from then on. */
function openShopSession(shopUrl: string): ShopSession {
  let token: string | null = null
  return {
    async run<T>(query: string, variables?: Variables): Promise<T> {
      const answer = await postGraphql(shopUrl, query, variables, token)
      token = answer.authToken ?? token
      return unwrap(answer, query) as T
    },
  }
}
