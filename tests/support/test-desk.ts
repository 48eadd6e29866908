import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import type { Address } from '#core/address/address.ts'
import type { ItemCustoms } from '#core/catalog/product.ts'
import type { ConnectionId, OrderId } from '#core/shared/ids.ts'
import { ok } from '#core/shared/result.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import { openDatabase, type CaravelDatabase } from '#renderer/data/database.ts'
import { readOutbox } from '#renderer/data/queries/outbox.ts'
import { FRESH_DESK } from '#renderer/data/repos/settings.repo.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import { newConnection } from '#renderer/usecases/connect-shop.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { handOver } from '#renderer/usecases/hand-over.ts'
import { importNumberRange } from '#renderer/usecases/import-number-range.ts'
import { retryOutboxRow } from '#renderer/usecases/retry-outbox-row.ts'
import { saveSettings } from '#renderer/usecases/save-settings.ts'

export const START = Date.UTC(2026, 10, 22, 8)
export const SHOP = '0000000000shop001' as ConnectionId

export const SENDER: Address = {
  name: 'Lantern & Loom',
  company: '',
  line1: 'Rm 1201, Bldg C',
  line2: '',
  city: 'Shenzhen',
  region: 'Guangdong',
  postcode: '518109',
  country: 'CN',
  phone: '+8675555550100',
  email: 'desk@example.com',
}

export const BUYER: Address = {
  name: 'Erika Muster',
  company: '',
  line1: 'Hauptstr. 1',
  line2: '',
  city: 'Berlin',
  region: '',
  postcode: '10115',
  country: 'DE',
  phone: '+493012345678',
  email: 'erika@example.com',
}

export const MUG: ItemCustoms = {
  description: 'Ceramic coffee mug',
  descriptionLocal: '',
  hs6: '691200',
  origin: 'CN',
  unitValue: null,
  unitNetGrams: 300,
}

let databases = 0

/** A database of its own, in memory. */
export async function freshDatabase(name = `test-${++databases}`): Promise<CaravelDatabase> {
  const opened = await openDatabase(name)
  if (!opened.ok) throw new Error(`${opened.error.code}.${opened.error.reason}`)
  return opened.value
}

export interface TestDesk extends UseCaseContext {
  /** Moves the clock. */
  at: { now: number }
}

/** A desk that is set up: sender, one shop, a pool of 20 numbers; main is played by `host`. */
export async function openTestDesk(host: Partial<HostCalls> = {}, seed = 1): Promise<TestDesk> {
  const db = await freshDatabase()
  const at = { now: START }
  const now = () => at.now
  const rng = seededRng(seed)
  const newId = createIdSource(now, rng)
  const desk: TestDesk = {
    db,
    at,
    now,
    rng,
    newId,
    rules: { destinations: null, rates: null },
    host: { ...fakeMain(), ...host } as HostCalls,
  }
  await setUpDesk(desk)
  return desk
}

export async function setUpDesk(ctx: UseCaseContext, sender: Address = SENDER): Promise<void> {
  await saveSettings(ctx, { patch: { ...FRESH_DESK, sender, signer: 'Li Wei', workspace: 'own' } })
  await ctx.db.connections.put(
    newConnection(SHOP, { connectorId: 'vendure', name: 'Test shop', settings: {} }, ctx.now()),
  )
  const pool = await importNumberRange(ctx, {
    service: 'Registered packet',
    from: 'RR473124829CN',
    to: 'RR473125016CN',
    lowWater: 5,
  })
  if (!pool.ok) throw new Error(pool.error.reason)
}

/** Main's part in papers and printing, as a table of fakes. */
export function fakeMain(): Partial<HostCalls> {
  return {
    'documents.render': ({ request }) => {
      const numbers = request.kind === 'label' ? request.items.map(({ tracking }) => tracking) : []
      const bytes = new TextEncoder().encode(`${request.kind} ${numbers.join()}`)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return Promise.resolve(ok({ bytes, sha256, pages: request.items.map(() => 1), refused: [] }))
    },
    'printing.print': ({ title }) => Promise.resolve(ok({ spooledAs: `${title}.pdf` })),
    'connections.save': () => Promise.resolve(ok({})),
    'connections.remove': () => Promise.resolve(ok({})),
    'connector.test-connection': () => Promise.resolve(ok({ accountName: 'Shop', apiVersion: '3' })),
  }
}

/** An order as a shop tells it. */
export function remoteOrder(n: number, change: Partial<RemoteOrder> = {}): RemoteOrder {
  const price = { minor: 1290, currency: 'EUR' }
  return {
    remoteId: String(n),
    number: `A-${1000 + n}`,
    status: 'to_ship',
    rawStatus: 'PaymentSettled',
    placedAt: START - n * 60_000,
    updatedAt: START + n * 1000,
    currency: 'EUR',
    total: { minor: 2580, currency: 'EUR' },
    buyerName: BUYER.name,
    buyerEmail: BUYER.email,
    shipTo: BUYER,
    lines: [{ remoteLineId: `${n}-1`, sku: 'MUG', title: 'Mug', quantity: 2, unitPrice: price }],
    fulfilments: [],
    ...change,
  }
}

/** Hands over without the moment in which it can be undone: what waits may go at once. */
export async function handOverNow(ctx: UseCaseContext, orderIds: readonly OrderId[]): Promise<void> {
  await handOver(ctx, { orderIds })
  for (const { id } of await readOutbox(ctx.db)) await retryOutboxRow(ctx, { id })
}
