import type { ConnectionId, OutboxId } from '#core/shared/ids.ts'
import { makeId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import type { Order } from '#core/order/order.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'

/** What the repository suite stores, and the few words that its cases are written in. */

export const SHOP = '0000000000shop001' as ConnectionId
export const AT = Date.UTC(2026, 10, 22, 8)
const rng = seededRng(11)

export function order(n: number, change: Partial<Order> = {}): Order {
  const money = { minor: 1000 + n, currency: 'EUR' }
  return {
    id: makeId<'order'>(AT + n, rng),
    connectionId: SHOP,
    remoteId: String(n),
    number: `A-${n}`,
    status: 'to_ship',
    rawStatus: 'Paid',
    placedAt: AT - n * 1000,
    remoteUpdatedAt: AT,
    shipBy: null,
    currency: 'EUR',
    total: money,
    buyerName: `Zoë ${n}`,
    buyerEmail: '',
    shipTo: null,
    lines: [
      {
        remoteLineId: '1',
        sku: n % 2 ? 'MUG' : 'CUP',
        title: 'Thing',
        quantity: 1,
        unitPrice: money,
        customs: null,
      },
    ],
    fulfilments: [],
    stage: 'to_ship',
    blocked: null,
    blockedField: '',
    blockedDetail: null,
    held: false,
    note: '',
    trackingNumber: '',
    updatedAt: AT,
    ...change,
  }
}

export function save(db: CaravelDatabase, orders: Order[]): Promise<void> {
  return inUnit(db, { stores: ORDER_STORES, durability: 'strict' }, () => saveOrders(db, orders))
}

export function outboxRow(id: string) {
  return {
    id: id as OutboxId,
    connectionId: SHOP,
    entityKey: 'order:1',
    entityLabel: 'A-1',
    kind: 'confirm-shipment' as const,
    payload: { orderRemoteId: '1', trackingNumber: 'RR473124829CN', carrier: 'Registered packet' },
    state: 'queued' as const,
    held: false,
    inFlight: false,
    attempts: 0,
    createdAt: AT,
    nextAttemptAt: AT,
    leaseUntil: 0,
    lastIssue: null,
  }
}

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error)
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}.${result.error.reason}`)
  return result.value
}

export function remove(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = request.onerror = request.onblocked = () => resolve()
  })
}

export async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 10))
}
