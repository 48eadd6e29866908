import { setTimeout as sleep } from 'node:timers/promises'
import { loginMutation } from './peer-api.ts'
import * as ask from './record-queries.ts'
import type { Recorder } from './recorder.ts'

export async function recordErrors(recorder: Recorder): Promise<void> {
  const { record, order } = recorder
  const lines = order(3).lines
  await record('add-fulfillment-no-lines', {
    query: ask.addFulfillment,
    variables: ask.fulfil([], 'DHL', 'A'),
  })
  await record('add-fulfillment-bad-handler', {
    query: ask.addFulfillment,
    variables: ask.fulfil(lines, 'DHL', 'A', 'no-such-handler'),
  })
  await record('add-fulfillment-unknown-line', {
    query: ask.addFulfillment,
    variables: ask.fulfil([{ id: '99999', quantity: 1 }], 'DHL', 'A'),
  })
  await record('add-fulfillment-two-orders', {
    query: ask.addFulfillment,
    variables: ask.fulfil([...order(14).lines, ...order(15).lines], 'DHL', 'TWO-ORDERS'),
  })
  await record('add-fulfillment-no-arguments', {
    query: ask.addFulfillment,
    variables: {
      input: { lines: lines.map(ask.toLineInput), handler: { code: 'manual-fulfillment', arguments: [] } },
    },
  })
  await record('orders-take-too-many', { query: ask.orders, variables: ask.ordersPage(1001) })
  await record('orders-unknown-field', { query: '{ orders { items { id nonsense } } }' })
  await record('orders-bad-variable', { query: ask.orders, variables: { options: { take: 'many' } } })
  await record('orders-bad-date', { query: ask.orders, variables: ask.ordersPage(5, 0, 'yesterday') })
  await record('syntax-error', { query: '{ orders {' })
  await setAllStock(recorder, 0)
  await record('add-fulfillment-no-stock', {
    query: ask.addFulfillment,
    variables: ask.fulfil(order(4).lines, 'DHL', 'A'),
  })
  await setAllStock(recorder, 50)
  await recordLimitedSeller(recorder)
}

async function setAllStock({ peer, products }: Recorder, stockOnHand: number): Promise<void> {
  const input = products.flatMap((each) => each.variants.map(({ id }) => ({ id, stockOnHand })))
  await peer.admin(ask.updateVariants, { input })
}

/** FORBIDDEN says both "log in again" and "you may not": only a new login tells them apart. */
async function recordLimitedSeller({ peer, record }: Recorder): Promise<void> {
  const { createRole } = await peer.admin<{ createRole: { id: string } }>(
    'mutation { createRole(input: { code: "reader", description: "reads products", permissions: [ReadCatalog] }) { id } }',
  )
  await peer.admin(
    'mutation ($input: CreateAdministratorInput!) { createAdministrator(input: $input) { id } }',
    {
      input: {
        firstName: 'Sam',
        lastName: 'Reader',
        emailAddress: 'reader@example.com',
        password: 'reader-pass',
        roleIds: [createRole.id],
      },
    },
  )
  const answer = await peer.adminRaw(
    loginMutation,
    { username: 'reader@example.com', password: 'reader-pass' },
    null,
  )
  await record('forbidden-no-permission', {
    query: ask.orders,
    variables: ask.ordersPage(5),
    token: answer.authToken,
  })
}

export async function recordOrderChanges({ peer, record, order }: Recorder): Promise<void> {
  await peer.cancelOrder(order(5).code)
  await record('order-cancelled', { query: ask.orderById, variables: { id: order(5).id } })
  await record('add-fulfillment-cancelled-order', {
    query: ask.addFulfillment,
    variables: ask.fulfil(order(5).lines, 'DHL', 'A'),
  })
  await peer.cancelOrder(order(7).code, order(7).lines.slice(0, 1).map(ask.toLineInput))
  await record('order-partly-cancelled', { query: ask.orderById, variables: { id: order(7).id } })
  const id = order(9).id
  await record('transition-order-modifying', {
    query: ask.transitionOrder,
    variables: { id, state: 'Modifying' },
  })
  await record('order-modifying', { query: ask.orderById, variables: { id } })
  await record('modify-order-address', {
    query: ask.modifyOrder,
    variables: {
      input: { dryRun: false, orderId: id, updateShippingAddress: { streetLine1: '99 Changed Street' } },
    },
  })
  await record('transition-order-back', {
    query: ask.transitionOrder,
    variables: { id, state: 'PaymentSettled' },
  })
  await record('order-modified', { query: ask.orderById, variables: { id } })
  await record('transition-order-modifying-again', {
    query: ask.transitionOrder,
    variables: { id, state: 'Modifying' },
  })
  await record('modify-order-surcharge', {
    query: ask.modifyOrder,
    variables: {
      input: {
        dryRun: false,
        orderId: id,
        surcharges: [{ description: 'Gift wrap', price: 500, priceIncludesTax: true }],
      },
    },
  })
  await record('transition-order-unpaid', {
    query: ask.transitionOrder,
    variables: { id, state: 'PaymentSettled' },
  })
  await record('transition-order-additional-payment', {
    query: ask.transitionOrder,
    variables: { id, state: 'ArrangingAdditionalPayment' },
  })
  await record('order-arranging-additional-payment', { query: ask.orderById, variables: { id } })

  const other = order(11)
  await peer.admin(ask.transitionOrder, { id: other.id, state: 'Modifying' })
  const push = ask.fulfil(other.lines, 'DHL', 'A')
  await record('add-fulfillment-while-modifying', { query: ask.addFulfillment, variables: push })
}

export async function recordListing({ peer, record, products }: Recorder): Promise<void> {
  const product = products[0] as (typeof products)[number]
  await record('products-page', {
    query: ask.products,
    variables: { options: { take: 2, sort: { updatedAt: 'ASC' } } },
  })
  await record('products-page-german', {
    query: ask.products,
    variables: { options: { take: 1 } },
    search: '?languageCode=de',
  })
  await record('variants-page', {
    query: ask.variants,
    variables: { options: { take: 3, sort: { updatedAt: 'ASC' } } },
  })
  await record('variants-page-usd', {
    query: ask.variants,
    variables: { options: { take: 1 } },
    search: '?currencyCode=USD',
  })
  await sleep(1_100)
  const variant = product.variants[0] as (typeof product.variants)[number]
  await record('update-variant', {
    query: ask.updateVariants,
    variables: {
      input: [
        {
          id: variant.id,
          prices: [
            { currencyCode: 'EUR', price: 1777 },
            { currencyCode: 'USD', price: 1955 },
          ],
          stockOnHand: 31,
        },
      ],
    },
  })
  await record('product-after-variant-update', {
    query: ask.products,
    variables: { options: { take: 1, filter: { id: { eq: product.id } } } },
  })
  await peer.admin('mutation ($id: ID!) { deleteProduct(id: $id) { result } }', { id: product.id })
  await record('orders-with-deleted-product', { query: ask.orders, variables: ask.ordersPage(3) })
}
