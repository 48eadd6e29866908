import { buildSchema, getNamedType, isLeafType, isObjectType, type GraphQLNamedType } from 'graphql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEMO_SHOPS, liveQuantity } from '#main/demo/demo-orders.ts'
import { DEMO_SCHEMA } from '#main/demo/demo-schema.ts'
import { serveDemoShop, type DemoServer } from '#main/demo/demo-server.ts'
import { makeDemoShopState, type DemoShopState } from '#main/demo/demo-shop-state.ts'
import { createDemoShop } from '#main/demo/demo-shop.ts'
import { askDemoShop, askDemoShopRaw } from '#main/demo/ask-demo-shop.ts'

// The answers here were seen on a real Vendure 3.7.3 (core/connectors/vendure/README.md).

const SPEC = { ...DEMO_SHOPS[0]!, orders: 40 }
const START = Date.parse('2026-11-22T12:00:00Z')

let state: DemoShopState
let changes: number
let now: number
let online: boolean
let server: DemoServer
let access: { baseUrl: string; username: string; password: string }

beforeEach(async () => {
  ;[changes, now, online] = [0, START, true]
  state = makeDemoShopState(SPEC, START)
  const login = { username: 'demo', password: 'demo-password-1' }
  const shop = createDemoShop({ ...SPEC, ...login, state, now: () => now, onChange: () => changes++ })
  server = await serveDemoShop(shop, () => online)
  access = { baseUrl: server.baseUrl, ...login }
})
afterEach(() => server.stop())

const ask = (query: string, variables?: object) => askDemoShop(access, query, variables)
const refused = async (query: string, variables?: object) => {
  const { errors } = await askDemoShopRaw(access, query, variables)
  return [errors?.[0]?.message, errors?.[0]?.extensions?.code]
}
const updateProduct =
  'mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { id updatedAt } }'
const updateVariants =
  'mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id updatedAt } }'
const cancel = `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { __typename
  ... on Order { state totalWithTax } ... on ErrorResult { errorCode } } }`
const variant = (id: string) =>
  state.listings.flatMap(({ variants }) => variants).find((one) => one.id === id)!
const open = (n = 0) => state.orders.filter((one) => one.state === 'PaymentSettled')[n]!

describe('what a demo shop answers', () => {
  it('is there for every field of its schema', async () => {
    const schema = buildSchema(DEMO_SCHEMA)
    await ask(`mutation { addNoteToOrder(input: { id: "1", note: "x", isPublic: false }) { id } }`)
    const roots = [
      'product(id: "1")',
      'products',
      'productVariants',
      'stockLocations',
      'order(id: "1")',
      'orders',
    ]
    for (const root of [...roots, 'activeChannel', 'globalSettings', 'me']) {
      const field = schema.getQueryType()!.getFields()[root.replace(/\(.*/, '')]!
      await ask(`{ ${root} ${everything(getNamedType(field.type), 4)} }`)
    }
  })

  it.each([
    '{ products { totalItems } }',
    '{ productVariants { totalItems } }',
    'mutation { updateProduct(input: { id: "1", enabled: false }) { id } }',
    'mutation { deleteProduct(id: "1") { result } }',
    'mutation { updateProductVariants(input: [{ id: "1", stockOnHand: 0 }]) { id } }',
    'mutation { cancelOrder(input: { orderId: "1" }) { __typename } }',
    'mutation { addNoteToOrder(input: { id: "1", note: "x", isPublic: false }) { id } }',
    'mutation { updateOrderNote(input: { noteId: "1", note: "x" }) { id } }',
    'mutation { deleteOrderNote(id: "1") { result } }',
  ])('needs a session: %s', async (query) => {
    const answer = await fetch(`${access.baseUrl}/admin-api`, {
      method: 'POST',
      body: JSON.stringify({ query }),
    })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ data: null, errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    expect(changes).toBe(0)
  })

  it('is nothing while the line is cut, and nothing was changed', async () => {
    online = false
    server.cut()
    await expect(ask(updateProduct, { input: { id: '1', enabled: false } })).rejects.toThrow()
    await expect(fetch(`${access.baseUrl}/assets/preview/MUG__preview.png`)).rejects.toThrow()
    expect(changes).toBe(0)
    online = true
    expect(await ask('{ product(id: "1") { enabled } }')).toEqual({ product: { enabled: true } })
  })

  it('names a picture that is there', async () => {
    const { product } = (await ask('{ product(id: "1") { featuredAsset { preview } } }')) as {
      product: { featuredAsset: { preview: string } }
    }
    const { preview } = product.featuredAsset
    expect(new URL(preview).origin).toBe(access.baseUrl)
    const picture = await fetch(`${preview}?preset=thumb`)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect((await fetch(preview.replace('MUG', 'XXX'))).status).toBe(404)
    expect((await fetch(preview, { method: 'POST' })).status).toBe(404)
  })
})

describe('products of a demo shop', () => {
  it('page, sort and filter as there', async () => {
    const list = async (options: object) => {
      const query =
        'query ($options: ProductListOptions) { products(options: $options) { totalItems items { id } } }'
      const { products } = (await ask(query, { options })) as { products: { items: { id: string }[] } }
      return products.items.map(({ id }) => id)
    }
    expect(await list({ take: 3, skip: 8 })).toEqual(['9', '10', '11'])
    expect(await list({ filter: { id: { in: ['11', '2', '999'] } } })).toEqual(['2', '11'])
    now += 5_000
    await ask(updateProduct, { input: { id: '7', enabled: true } })
    expect(await list({ take: 1, sort: { updatedAt: 'DESC' } })).toEqual(['7'])
    const after = (at: number) => ({ filter: { updatedAt: { after: new Date(at).toISOString() } } })
    expect(await list(after(now - 1))).toEqual(['7'])
    expect(await list(after(now))).toEqual([])
    expect(await refused('{ products(options: { take: 1001 }) { totalItems } }')).toContain(
      'USER_INPUT_ERROR',
    )
  })

  it('move their time with every write, and not with their variants', async () => {
    const times = async () => {
      const { product } = (await ask('{ product(id: "1") { updatedAt variants { updatedAt } } }')) as {
        product: { updatedAt: string; variants: { updatedAt: string }[] }
      }
      return [product.updatedAt, product.variants[0]!.updatedAt].map((at) => Date.parse(at))
    }
    const [, variantBefore] = await times()
    now += 1_234
    await ask(updateProduct, { input: { id: '1', translations: [] } })
    expect(await times()).toEqual([now, variantBefore])
    const productAt = now
    now += 1_000
    await ask(updateVariants, { input: [{ id: '1', price: 1 }] })
    expect(await times()).toEqual([productAt, now])
  })

  it('take part of a text, and a new language only whole', async () => {
    const write = (translation: object) =>
      [updateProduct, { input: { id: '1', translations: [{ languageCode: 'sv', ...translation }] } }] as const
    const [slugless, code] = await refused(...write({ name: 'Mugg' }))
    expect([slugless, code]).toEqual([
      'NOT NULL constraint failed: product_translation.slug',
      'INTERNAL_SERVER_ERROR',
    ])
    expect((await refused(...write({ name: 'Mugg', slug: 'mugg' })))[0]).toMatch(/description$/)
    expect((await refused(...write({ name: null })))[0]).toMatch(/name$/)
    const whole = { languageCode: 'de', name: 'Nicht ohne die andere' }
    const half = { input: { id: '1', translations: [whole, { languageCode: 'sv', name: 'Mugg' }] } }
    expect(await refused(updateProduct, half)).toContain('INTERNAL_SERVER_ERROR')
    expect(JSON.stringify(state.listings[0])).not.toContain(whole.name)
    expect(changes).toBe(0)
    await ask(...write({ name: 'Mugg', slug: 'Blå Mugg!', description: '' }))
    await ask(...write({ description: '<b>350 ml</b>' }))
    const { product } = (await ask(
      '{ product(id: "1") { translations { languageCode name slug description } } }',
    )) as {
      product: { translations: { languageCode: string }[] }
    }
    expect(product.translations.find(({ languageCode }) => languageCode === 'sv')).toEqual({
      languageCode: 'sv',
      name: 'Mugg',
      slug: 'bla-mugg',
      description: '<b>350 ml</b>',
    })
  })

  it('give a slug that is taken a number', async () => {
    const { slug } = state.listings[1]!.translations.find(({ languageCode }) => languageCode === 'de')!
    await ask(updateProduct, { input: { id: '1', translations: [{ languageCode: 'de', slug }] } })
    expect(state.listings[0]!.translations.find(({ languageCode }) => languageCode === 'de')?.slug).toBe(
      `${slug}-2`,
    )
  })

  it('refuse what is not there, not sold in or below nothing, and then change nothing', async () => {
    const before = JSON.stringify(state)
    const input = (...list: object[]) => ({ input: [{ id: '2', stockOnHand: 1 }, ...list] })
    expect(await refused(updateVariants, input({ id: '999', stockOnHand: 3 }))).toEqual([
      'No ProductVariant with the id "999" could be found',
      'ENTITY_NOT_FOUND',
    ])
    expect(await refused(updateVariants, input({ id: '1', stockOnHand: -3 }))).toEqual([
      'stockOnHand cannot be a negative value',
      'USER_INPUT_ERROR',
    ])
    const yen = { id: '1', prices: [{ currencyCode: 'JPY', price: 1600 }] }
    expect(await refused(updateVariants, input(yen))).toEqual([
      'The currency "JPY" is not available in the current Channel',
      'USER_INPUT_ERROR',
    ])
    const elsewhere = { id: '1', stockLevels: [{ stockLocationId: '77', stockOnHand: 5 }] }
    expect((await refused(updateVariants, input(elsewhere)))[0]).toBe('FOREIGN KEY constraint failed')
    expect(await refused(updateProduct, { input: { id: '999' } })).toContain('ENTITY_NOT_FOUND')
    expect(await refused('{ product { id } }')).toContain('USER_INPUT_ERROR')
    expect(JSON.stringify(state)).toBe(before)
  })

  it('are gone when deleted, for every list and every write', async () => {
    expect(await ask('mutation { deleteProduct(id: "1") { result } }')).toEqual({
      deleteProduct: { result: 'DELETED' },
    })
    const writes: [string, object][] = [
      [updateProduct, { input: { id: '1', enabled: false } }],
      [updateVariants, { input: [{ id: '1', stockOnHand: 3 }] }],
      ['mutation { deleteProduct(id: "1") { result } }', {}],
    ]
    for (const write of writes) expect(await refused(...write)).toContain('ENTITY_NOT_FOUND')
    expect(await ask('{ productVariants(options: { filter: { id: { eq: "1" } } }) { totalItems } }')).toEqual(
      {
        productVariants: { totalItems: 0 },
      },
    )
  })
})

describe('stock of a demo shop', () => {
  const fulfil = async (order: { lines: { id: string; quantity: number }[] }) => {
    const lines = order.lines.map(({ id, quantity }) => ({ orderLineId: id, quantity }))
    const values = [{ name: 'method', value: 'Post' }]
    const query = `mutation ($input: FulfillOrderInput!) { addFulfillmentToOrder(input: $input) { __typename
      ... on Fulfillment { id } ... on InsufficientStockOnHandError { stockOnHand errorCode } } }`
    const { addFulfillmentToOrder } = (await ask(query, {
      input: { lines, handler: { code: 'manual-fulfillment', arguments: values } },
    })) as { addFulfillmentToOrder: { __typename: string; id: string } }
    return addFulfillmentToOrder
  }
  const move = (id: string, to: string) =>
    ask(`mutation { transitionFulfillmentToState(id: "${id}", state: "${to}") { __typename } }`)
  const shelf = (sku: string) => {
    const found = state.listings.flatMap(({ variants }) => variants).find((one) => one.sku === sku)!
    return [found.stockOnHand, found.stockAllocated] as const
  }

  it('falls when an order is sent, comes back when the parcel is called off, and when the order is cancelled', async () => {
    const order = open()
    const { sku, quantity } = order.lines[0]!
    const [onHand, allocated] = shelf(sku)
    const { id } = await fulfil(order)
    expect(shelf(sku)).toEqual([onHand - quantity, allocated - quantity])
    await move(id, 'Shipped')
    expect(shelf(sku)).toEqual([onHand - quantity, allocated - quantity])
    await move(id, 'Cancelled')
    expect(shelf(sku)).toEqual([onHand, allocated])
    await ask(cancel, { input: { orderId: order.id } })
    expect(shelf(sku)).toEqual([onHand, allocated - quantity])
  })

  it('is whole again after the order of a sent parcel is cancelled', async () => {
    const order = open()
    const { sku, quantity } = order.lines[0]!
    const [onHand, allocated] = shelf(sku)
    const { id } = await fulfil(order)
    await move(id, 'Shipped')
    await ask(cancel, { input: { orderId: order.id } })
    expect(shelf(sku)).toEqual([onHand, allocated - quantity])
    await move(id, 'Cancelled')
    expect(shelf(sku)).toEqual([onHand, allocated - quantity])
  })

  it('must be there for a parcel', async () => {
    const order = state.orders.find(
      (one) => one.state === 'PaymentSettled' && one.lines.every(({ sku }) => !sku.startsWith('CRD')),
    )!
    const { sku } = order.lines[0]!
    const found = state.listings.flatMap(({ variants }) => variants).find((one) => one.sku === sku)!
    await ask(updateVariants, { input: [{ id: found.id, stockOnHand: 0 }] })
    expect(await fulfil(order)).toEqual({
      __typename: 'InsufficientStockOnHandError',
      errorCode: 'INSUFFICIENT_STOCK_ON_HAND_ERROR',
      stockOnHand: 0,
    })
    expect(order.fulfillments).toEqual([])
    expect(variant(found.id).stockOnHand).toBe(0)
  })
})

describe('cancelling in a demo shop', () => {
  const result = async (input: object) => {
    const { cancelOrder } = (await ask(cancel, { input })) as { cancelOrder: Record<string, unknown> }
    return cancelOrder
  }

  it('refuses as there', async () => {
    const [order, other] = [open(), open(1)]
    const line = (id: string, quantity: number) => [{ orderLineId: id, quantity }]
    const own = order.lines[0]!
    const before = JSON.stringify(state.orders)
    const tries: [object, string][] = [
      [{ orderId: order.id, lines: [] }, 'EmptyOrderLineSelectionError'],
      [{ orderId: order.id, lines: line(own.id, 99) }, 'QuantityTooGreatError'],
      [{ orderId: order.id, lines: line(other.lines[0]!.id, 1) }, 'MultipleOrderError'],
    ]
    for (const [input, typename] of tries) expect((await result(input))['__typename']).toBe(typename)
    expect(await refused(cancel, { input: { orderId: '9999' } })).toContain('ENTITY_NOT_FOUND')
    expect(JSON.stringify(state.orders)).toBe(before)
    Object.assign(order, { state: 'AddingItems' })
    const cart = { orderId: order.id, lines: line(own.id, 1) }
    expect((await result(cart))['__typename']).toBe('CancelActiveOrderError')
  })

  it('takes all of an order, with or without its shipping, once', async () => {
    const [first, second] = [open(), open(1)]
    const kept = await result({ orderId: first.id, reason: 'why' })
    expect(kept).toEqual({ __typename: 'Order', state: 'Cancelled', totalWithTax: first.shippingWithTax })
    expect(await result({ orderId: second.id, cancelShipping: true })).toMatchObject({ totalWithTax: 0 })
    const again = await result({ orderId: first.id })
    expect(again['errorCode']).toBe('EMPTY_ORDER_LINE_SELECTION_ERROR')
    expect(first.updatedAt).toBe(now)
    expect(first.history?.map(({ type }) => type)).toEqual(['ORDER_CANCELLATION', 'ORDER_STATE_TRANSITION'])
  })

  it('takes some pieces and leaves the rest of the order', async () => {
    const order = state.orders.find(({ state: at, lines }) => at === 'PaymentSettled' && lines.length > 1)!
    const [first, rest] = [order.lines[0]!, order.lines[1]!]
    await result({ orderId: order.id, lines: [{ orderLineId: first.id, quantity: first.quantity }] })
    expect(order.state).toBe('PaymentSettled')
    const { order: shown } = (await ask(
      `{ order(id: "${order.id}") { lines { quantity orderPlacedQuantity } } }`,
    )) as {
      order: { lines: object[] }
    }
    expect(shown.lines[0]).toEqual({ quantity: 0, orderPlacedQuantity: first.quantity })
    expect(liveQuantity(order, rest)).toBe(rest.quantity)
  })
})

describe('notes of a demo shop', () => {
  it('are written, changed and deleted, and the order does not move', async () => {
    const { id, updatedAt } = open()
    const add = `mutation ($input: AddNoteToOrderInput!) { addNoteToOrder(input: $input) {
      history(options: { filter: { type: { eq: "ORDER_NOTE" } } }) { totalItems items { id isPublic data } } } }`
    now += 60_000
    const written = (await ask(add, { input: { id, note: 'first <b>', isPublic: false } })) as {
      addNoteToOrder: { history: { items: { id: string; data: object; isPublic: boolean }[] } }
    }
    const note = written.addNoteToOrder.history.items[0]!
    expect(note).toMatchObject({ data: { note: 'first <b>' }, isPublic: false })
    const update =
      'mutation ($input: UpdateOrderNoteInput!) { updateOrderNote(input: $input) { isPublic data } }'
    expect(await ask(update, { input: { noteId: note.id, note: '' } })).toEqual({
      updateOrderNote: { isPublic: false, data: { note: '' } },
    })
    expect(await ask(update, { input: { noteId: note.id, isPublic: true } })).toEqual({
      updateOrderNote: { isPublic: true, data: { note: '' } },
    })
    const remove = `mutation { deleteOrderNote(id: "${note.id}") { result message } }`
    expect(await ask(remove)).toEqual({ deleteOrderNote: { result: 'DELETED', message: null } })
    expect(await ask(remove)).toEqual({
      deleteOrderNote: { result: 'NOT_DELETED', message: 'error.entity-with-id-not-found' },
    })
    expect(await refused(update, { input: { noteId: note.id, note: 'x' } })).toContain('ENTITY_NOT_FOUND')
    expect(await refused(add, { input: { id: '9999', note: 'x', isPublic: false } })).toContain(
      'ENTITY_NOT_FOUND',
    )
    expect(open().updatedAt).toBe(updatedAt)
  })

  it('are the only entries of the history that can be changed', async () => {
    const { id } = open()
    await ask(cancel, { input: { orderId: id } })
    const entry = state.orders.find((one) => one.id === id)!.history![0]!
    const update = `mutation { updateOrderNote(input: { noteId: "${entry.id}", note: "x" }) { id } }`
    expect(await refused(update)).toContain('ENTITY_NOT_FOUND')
    expect(await ask(`mutation { deleteOrderNote(id: "${entry.id}") { result } }`)).toEqual({
      deleteOrderNote: { result: 'NOT_DELETED' },
    })
  })
})

/** Every field that needs no argument, so deep. */
function everything(type: GraphQLNamedType, depth: number): string {
  if (isLeafType(type)) return ''
  if (!isObjectType(type) || depth === 0) return '{ __typename }'
  const fields = Object.values(type.getFields()).map(
    ({ name, type: inner }) => `${name} ${everything(getNamedType(inner), depth - 1)}`,
  )
  return `{ ${fields.join(' ')} }`
}
