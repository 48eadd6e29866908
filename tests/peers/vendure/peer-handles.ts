// Relative: this folder is a package of its own, so '#tests/' would not be ours.
import type { ShopWithCatalogue } from '../../conformance/vendure-catalogue.ts'
import type { ShopWithNotes } from '../../conformance/vendure-order-writes.suite.ts'
import type { VendurePeer } from './peer.ts'

/** What the conformance suites may do behind the desk's back, as a Vendure administrator. */
export function listPeerHandles(peer: VendurePeer): Omit<ShopWithCatalogue & ShopWithNotes, 'stop'> {
  return {
    baseUrl: peer.baseUrl,
    username: peer.adminUser,
    password: peer.adminPassword,
    placeOrders: (n) => peer.seedOrders(n),
    placeLate: async (beforePayment) => (await peer.seedOrders(1, { beforePayment }))[0]!,
    cancelOrder: (code) => peer.cancelOrder(code),
    expireSessions: () => peer.expireSessions(),
    listFulfilments: async (code) =>
      (await peer.listFulfillments(code)).map(({ state, method, trackingCode }) => ({
        state,
        method,
        trackingCode: trackingCode ?? '',
      })),
    ...listShippingHandles(peer),
    ...listCatalogueHandles(peer),
    ...listNoteHandles(peer),
  }
}

function listShippingHandles(peer: VendurePeer) {
  const ship = async (lines: { orderLineId: string; quantity: number }[], trackingNumber: string) => {
    const named = { method: 'DHL', trackingCode: trackingNumber }
    const values = Object.entries(named).map(([name, value]) => ({ name, value }))
    const added = await peer.admin<{ addFulfillmentToOrder: { id: string } }>(
      'mutation ($input: FulfillOrderInput!) { addFulfillmentToOrder(input: $input) { ... on Fulfillment { id } } }',
      { input: { lines, handler: { code: 'manual-fulfillment', arguments: values } } },
    )
    await peer.admin(
      'mutation ($id: ID!) { transitionFulfillmentToState(id: $id, state: "Shipped") { ... on Fulfillment { id } } }',
      { id: added.addFulfillmentToOrder.id },
    )
  }
  return {
    shipElsewhere: async (code: string, trackingNumber: string) => {
      const { lines } = await peer.readOrder(code)
      await ship(
        lines.map(({ id, quantity }) => ({ orderLineId: id, quantity })),
        trackingNumber,
      )
    },
    shipOneLine: async (code: string, trackingNumber: string) => {
      const [line] = (await peer.readOrder(code)).lines
      await ship([{ orderLineId: line!.id, quantity: 1 }], trackingNumber)
    },
    cancelOneLine: async (code: string) => {
      const [line] = (await peer.readOrder(code)).lines
      await peer.cancelOrder(code, [{ orderLineId: line!.id, quantity: 1 }])
    },
  }
}

function listCatalogueHandles(peer: VendurePeer) {
  const updateVariants = async (input: Record<string, unknown>[]) => {
    await peer.admin(
      'mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }',
      { input },
    )
  }
  const updateProduct = async (input: Record<string, unknown>) => {
    await peer.admin('mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { id } }', {
      input,
    })
  }
  return {
    makeListings: async (n: number) => {
      const { products } = await peer.seed({ products: n, variantsPerProduct: 2, stock: 20 })
      return products.map(({ id, variants }) => ({ id, offers: variants.map((variant) => variant.id) }))
    },
    setOffer: (id: string, { eur, stock, counted }: Parameters<ShopWithCatalogue['setOffer']>[1]) =>
      updateVariants([
        {
          id,
          ...(eur === undefined ? {} : { prices: [{ currencyCode: 'EUR', price: eur }] }),
          ...(stock === undefined ? {} : { stockOnHand: stock }),
          ...(counted === undefined ? {} : { trackInventory: counted ? 'TRUE' : 'FALSE' }),
        },
      ]),
    setStocks: (offers: readonly string[], stock: number) =>
      updateVariants(offers.map((id) => ({ id, stockOnHand: stock }))),
    setTexts: (id: string, languageCode: string, texts: object) =>
      updateProduct({ id, translations: [{ languageCode, ...texts }] }),
    hideListing: (id: string) => updateProduct({ id, enabled: false }),
    removeListing: async (id: string) => {
      await peer.admin('mutation ($id: ID!) { deleteProduct(id: $id) { result } }', { id })
    },
    addPlace: async (offerId: string, pieces: number) => {
      const { stockLocations } = await peer.admin<{ stockLocations: { items: { id: string }[] } }>(
        '{ stockLocations(options: { filter: { name: { eq: "Second" } } }) { items { id } } }',
      )
      const known = stockLocations.items[0]?.id
      const level = { stockLocationId: known ?? (await makePlace(peer)), stockOnHand: pieces }
      await updateVariants([{ id: offerId, stockLevels: [level] }])
    },
    readLevels: async (offerId: string) => {
      const { productVariant } = await peer.admin<{ productVariant: { stockLevels: Level[] } }>(
        'query ($id: ID!) { productVariant(id: $id) { stockLevels { stockLocationId stockOnHand stockAllocated } } }',
        { id: offerId },
      )
      return productVariant.stockLevels
        .sort((a, b) => Number(a.stockLocationId) - Number(b.stockLocationId))
        .map(({ stockOnHand, stockAllocated }) => ({ onHand: stockOnHand, allocated: stockAllocated }))
    },
  }
}

async function makePlace(peer: VendurePeer): Promise<string> {
  const { createStockLocation } = await peer.admin<{ createStockLocation: { id: string } }>(
    'mutation { createStockLocation(input: { name: "Second", description: "" }) { id } }',
  )
  return createStockLocation.id
}

interface Level {
  stockLocationId: string
  stockOnHand: number
  stockAllocated: number
}

type HistoryEntry = { type: string; isPublic: boolean; data: { note?: string; reason?: string } }

function listNoteHandles(peer: VendurePeer) {
  const readHistory = async (id: string) =>
    (
      await peer.admin<{ order: { totalWithTax: number; history: { items: HistoryEntry[] } } }>(
        `query ($id: ID!) { order(id: $id) { totalWithTax history(options: { take: 1000, sort: { id: ASC } }) {
        items { type isPublic data } } } }`,
        { id },
      )
    ).order
  return {
    listNotes: async (orderId: string) =>
      (await readHistory(orderId)).history.items
        .filter(({ type }) => type === 'ORDER_NOTE')
        .map(({ data, isPublic }) => ({ text: data.note ?? '', isPublic })),
    addNote: async (id: string, note: string, isPublic: boolean) => {
      await peer.admin('mutation ($input: AddNoteToOrderInput!) { addNoteToOrder(input: $input) { id } }', {
        input: { id, note, isPublic },
      })
    },
    readCancellations: async (orderId: string) => {
      const { totalWithTax, history } = await readHistory(orderId)
      const entries = history.items.filter(({ type }) => type === 'ORDER_CANCELLATION')
      return { totalWithTax, reasons: entries.map(({ data }) => data.reason ?? '') }
    },
    countPieces: async () => {
      const { productVariants } = await peer.admin<{ productVariants: { items: Level[] } }>(
        '{ productVariants(options: { take: 1000 }) { items { stockOnHand stockAllocated } } }',
      )
      const sum = (pick: (level: Level) => number) =>
        productVariants.items.reduce((total, level) => total + pick(level), 0)
      return { onHand: sum((level) => level.stockOnHand), allocated: sum((level) => level.stockAllocated) }
    },
  }
}
