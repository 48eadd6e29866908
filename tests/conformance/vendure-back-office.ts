/** Somebody at a Vendure shop: the same requests to a real one and to a demo shop, past every proxy. */
export interface BackOffice {
  productIds: () => Promise<string[]>
  setTitle: (productId: string, locale: string, title: string) => Promise<void>
  /** In the shop's integer money. */
  setPrice: (variantId: string, currency: string, price: number) => Promise<void>
  setStock: (variantId: string, stockOnHand: number) => Promise<void>
  deleteProduct: (productId: string) => Promise<void>
  addNote: (orderId: string, note: string) => Promise<void>
  notes: (orderId: string) => Promise<{ note: string; isPublic: boolean }[]>
  /** Per line of an order: how many pieces of its goods are on the shelf, and how many of those are sold. */
  allocated: (
    orderId: string,
  ) => Promise<{ sku: string; quantity: number; onHand: number; allocated: number }[]>
}

interface Shop {
  baseUrl: string
  username: string
  password: string
}

export async function openBackOffice({ baseUrl, username, password }: Shop): Promise<BackOffice> {
  const post = (query: string, variables: object, token: string) =>
    fetch(`${baseUrl}/admin-api`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    })
  const login = 'mutation ($u: String!, $p: String!) { login(username: $u, password: $p) { __typename } }'
  const ask = async <T = never>(query: string, variables: object = {}): Promise<T> => {
    const signedIn = await post(login, { u: username, p: password }, '')
    const answer = await post(query, variables, signedIn.headers.get('vendure-auth-token') ?? '')
    const { data, errors } = (await answer.json()) as { data: T; errors?: unknown }
    if (errors !== undefined) throw new Error(JSON.stringify(errors))
    return data
  }
  const setVariant = (input: object) =>
    ask('mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }', {
      input: [input],
    })

  return {
    async productIds() {
      const query = '{ products(options: { take: 500, sort: { id: ASC } }) { items { id } } }'
      const { products } = await ask<{ products: { items: { id: string }[] } }>(query)
      return products.items.map(({ id }) => id)
    },
    setTitle: (id, locale, name) =>
      ask('mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { id } }', {
        input: { id, translations: [{ languageCode: locale, name }] },
      }),
    setPrice: (id, currencyCode, price) => setVariant({ id, prices: [{ currencyCode, price }] }),
    setStock: (id, stockOnHand) => setVariant({ id, stockOnHand }),
    deleteProduct: (id) => ask('mutation ($id: ID!) { deleteProduct(id: $id) { result } }', { id }),
    addNote: (id, note) =>
      ask('mutation ($input: AddNoteToOrderInput!) { addNoteToOrder(input: $input) { id } }', {
        input: { id, note, isPublic: false },
      }),
    async notes(id) {
      const query = `query ($id: ID!) { order(id: $id) { history(
        options: { sort: { id: ASC }, filter: { type: { eq: "ORDER_NOTE" } } }) { items { isPublic data } } } }`
      const { order } = await ask<Noted>(query, { id })
      return order.history.items.map(({ isPublic, data }) => ({ note: data.note, isPublic }))
    },
    async allocated(id) {
      const query = `query ($id: ID!) { order(id: $id) { lines { orderPlacedQuantity productVariant {
        sku stockLevels { stockOnHand stockAllocated } } } } }`
      const { order } = await ask<Lined>(query, { id })
      return order.lines.map(({ orderPlacedQuantity, productVariant: { sku, stockLevels } }) => {
        const sum = (key: 'stockOnHand' | 'stockAllocated') =>
          stockLevels.reduce((all, level) => all + level[key], 0)
        return {
          sku,
          quantity: orderPlacedQuantity,
          onHand: sum('stockOnHand'),
          allocated: sum('stockAllocated'),
        }
      })
    },
  }
}

interface Noted {
  order: { history: { items: { isPublic: boolean; data: { note: string } }[] } }
}

interface Lined {
  order: {
    lines: {
      orderPlacedQuantity: number
      productVariant: { sku: string; stockLevels: { stockOnHand: number; stockAllocated: number }[] }
    }[]
  }
}
