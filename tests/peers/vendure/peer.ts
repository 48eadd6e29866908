import { installVendurePeer } from './peer-folder.ts'
import { openAdminSession, type ApiAnswer, type Variables } from './peer-api.ts'
import { startPeerProcess } from './peer-process.ts'
import { placeOrder, type OrderSpec, type SeededOrder } from './seed-orders.ts'
import { seedProducts, type SeededProduct, type SeededVariant } from './seed-products.ts'
import { seedShop, shopSetup } from './seed-shop.ts'

export { installVendurePeer }
export type { InstallResult } from '../install-peer.ts'
export { PeerApiError, type ApiAnswer } from './peer-api.ts'
export type { OrderSpec, SeededLine, SeededOrder } from './seed-orders.ts'
export type { SeededProduct, SeededVariant } from './seed-products.ts'

export type StartOptions = {
  /** A free one when absent. Give it to start again where a connection profile already points. */
  port?: number
  /** Database file that outlives the process; in memory when absent. */
  dbFile?: string
  /** How long a login lasts, in Vendure's notation (`2s`, `1y`). Default `1y`. */
  sessionDuration?: string
  readyTimeoutMs?: number
  log?: 'error' | 'warn' | 'info' | 'verbose'
}

export type SeedSpec = {
  products?: number
  variantsPerProduct?: number
  /** Stock on hand of each variant. */
  stock?: number
  orders?: number
  orderSpec?: OrderSpec
}

export type SeedResult = { products: SeededProduct[]; variants: SeededVariant[]; orders: SeededOrder[] }

export type PeerFulfillment = {
  id: string
  state: string
  method: string
  trackingCode: string | null
  lines: { orderLineId: string; quantity: number }[]
}

export type PeerOrder = {
  id: string
  code: string
  state: string
  active: boolean
  updatedAt: string
  orderPlacedAt: string | null
  totalWithTax: number
  nextStates: string[]
  lines: { id: string; quantity: number; orderPlacedQuantity: number; productVariant: { sku: string } }[]
  fulfillments: PeerFulfillment[]
}

export type VendurePeer = {
  /** Without a path: the seller's connection adds `/admin-api`. */
  baseUrl: string
  adminUrl: string
  shopUrl: string
  port: number
  pid: number
  adminUser: string
  adminPassword: string
  startMs: number
  /** Shop settings (once), products, and orders paid by guests. May be called again: it adds. */
  seed: (spec?: SeedSpec) => Promise<SeedResult>
  seedOrders: (n: number, spec?: OrderSpec) => Promise<SeededOrder[]>
  /** As the administrator: the data, or a thrown PeerApiError. */
  admin: <T = Record<string, unknown>>(query: string, variables?: Variables) => Promise<T>
  /** The answer as it came over the wire, errors included. `token` null: with no session. */
  adminRaw: (query: string, variables?: Variables, token?: string | null) => Promise<ApiAnswer>
  readOrder: (code: string) => Promise<PeerOrder>
  listFulfillments: (code: string) => Promise<PeerFulfillment[]>
  /** Cancels all lines, or some, as the shop's own back office would. */
  cancelOrder: (code: string, lines?: { orderLineId: string; quantity: number }[]) => Promise<void>
  /** Ends every session of the administrator, the connector's too: its next request is answered with FORBIDDEN. */
  expireSessions: () => Promise<void>
  /** Changes the password. Existing sessions stay valid; the next login with the old one fails. */
  changePassword: (password: string) => Promise<void>
  memoryMib: () => number | null
  output: () => string
  stop: (signal?: NodeJS.Signals) => Promise<void>
}

const adminUser = 'superadmin'
const firstPassword = 'superadmin'

/** Starts a Vendure server of its own on 127.0.0.1. Call `installVendurePeer` first, and `stop` at the end. */
export async function startVendurePeer(options: StartOptions = {}): Promise<VendurePeer> {
  const server = await startPeerProcess({
    ...(options.port === undefined ? {} : { port: options.port }),
    env: {
      ADMIN_USER: adminUser,
      ADMIN_PASSWORD: firstPassword,
      PEER_LOG: options.log ?? 'info',
      ...(options.dbFile === undefined ? {} : { DB_FILE: options.dbFile }),
      ...(options.sessionDuration === undefined ? {} : { SESSION_DURATION: options.sessionDuration }),
    },
    readyTimeoutMs: options.readyTimeoutMs ?? 90_000,
  })
  const baseUrl = `http://127.0.0.1:${server.port}`
  const adminUrl = `${baseUrl}/admin-api`
  const shopUrl = `${baseUrl}/shop-api`
  let password = firstPassword
  let session = openAdminSession(adminUrl, adminUser, password)
  const admin = <T>(query: string, variables?: Variables): Promise<T> => session.run<T>(query, variables)

  return {
    baseUrl,
    adminUrl,
    shopUrl,
    port: server.port,
    pid: server.pid,
    adminUser,
    get adminPassword() {
      return password
    },
    startMs: server.startMs,
    admin,
    adminRaw: (query, variables, token) => session.raw(query, variables, token),
    async seed(spec = {}) {
      await seedShop(session)
      const stock = spec.stock ?? 1000
      const from = await countProducts(admin)
      const products = await seedProducts(
        session,
        { products: spec.products ?? 6, variantsPerProduct: spec.variantsPerProduct ?? 2, stock },
        from,
      )
      const orders = await seedOrders(admin, shopUrl, spec.orders ?? 0, spec.orderSpec)
      return { products, variants: products.flatMap((product) => product.variants), orders }
    },
    seedOrders: (n, spec) => seedOrders(admin, shopUrl, n, spec),
    readOrder: (code) => readOrder(admin, code),
    listFulfillments: async (code) => (await readOrder(admin, code)).fulfillments,
    async cancelOrder(code, lines) {
      const { id } = await readOrder(admin, code)
      await admin(cancelMutation, { input: { orderId: id, reason: 'test', ...(lines ? { lines } : {}) } })
    },
    async expireSessions() {
      // Vendure's logout deletes all sessions of the user, not only the one that asked.
      const token = await session.login()
      await session.raw('mutation { logout { success } }', {}, token)
      session = openAdminSession(adminUrl, adminUser, password)
    },
    async changePassword(next) {
      await admin(
        'mutation ($input: UpdateActiveAdministratorInput!) { updateActiveAdministrator(input: $input) { id } }',
        {
          input: { password: next },
        },
      )
      password = next
      session = openAdminSession(adminUrl, adminUser, next)
    },
    memoryMib: server.memoryMib,
    output: server.output,
    stop: server.stop,
  }
}

type Admin = <T>(query: string, variables?: Variables) => Promise<T>

const cancelMutation = `mutation ($input: CancelOrderInput!) {
  cancelOrder(input: $input) { ... on Order { id state } ... on ErrorResult { errorCode message } }
}`

async function countProducts(admin: Admin): Promise<number> {
  return (await admin<{ products: { totalItems: number } }>('{ products { totalItems } }')).products
    .totalItems
}

async function seedOrders(
  admin: Admin,
  shopUrl: string,
  n: number,
  spec?: OrderSpec,
): Promise<SeededOrder[]> {
  if (n === 0) return []
  const [variants, from] = [await listVariants(admin), await countOrders(admin)]
  const made: SeededOrder[] = []
  for (let index = 0; index < n; index += 1)
    made.push(await placeOrder(shopUrl, variants, from + index, spec))
  return made
}

async function countOrders(admin: Admin): Promise<number> {
  return (await admin<{ orders: { totalItems: number } }>('{ orders { totalItems } }')).orders.totalItems
}

async function listVariants(admin: Admin): Promise<SeededVariant[]> {
  const { productVariants } = await admin<{
    productVariants: { items: { id: string; sku: string; name: string; priceWithTax: number }[] }
  }>('{ productVariants(options: { take: 1000, sort: { id: ASC } }) { items { id sku name priceWithTax } } }')
  return productVariants.items.map(({ priceWithTax, ...variant }) => ({
    ...variant,
    price: priceWithTax,
    stock: 0,
  }))
}

async function readOrder(admin: Admin, code: string): Promise<PeerOrder> {
  const { orders } = await admin<{
    orders: { items: (PeerOrder & { fulfillments: PeerFulfillment[] | null })[] }
  }>(
    `query ($code: String!) {
      orders(options: { take: 1, filter: { code: { eq: $code } } }) {
        items {
          id code state active updatedAt orderPlacedAt totalWithTax nextStates
          lines { id quantity orderPlacedQuantity productVariant { sku } }
          fulfillments { id state method trackingCode lines { orderLineId quantity } }
        }
      }
    }`,
    { code },
  )
  const order = orders.items[0]
  if (!order) throw new Error(`The peer has no order ${code}`)
  return { ...order, fulfillments: order.fulfillments ?? [] }
}

export const vendureShop = shopSetup
