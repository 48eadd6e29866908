import type { ConnectionId, OrderId } from '#core/shared/ids.ts'
import { BLOCKED_REASONS, STAGES, type Order } from '#core/order/order.ts'
import { BUYER } from '#tests/support/test-desk.ts'

const SHOPS = ['shop-a', 'shop-b', 'shop-c'] as ConnectionId[]
const COUNTRIES = ['DE', 'FR', 'JP', 'US', '']
const NAMES = [
  'Ärger Zoé',
  'argus',
  '山田太郎',
  '',
  'Smith',
  'smith',
  'Smithsonian Institution of Long Names A',
  'Øre',
]
const TAGS = ['gift', 'fragile', '礼物']
const START = Date.UTC(2026, 10, 1)

/** An order with whatever `rng` says; its facts need not go together, as lists do not care. */
export function madeOrder(id: string, rng: () => number): Order {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(rng() * from.length)]!
  const number = Math.floor(rng() * 2_000)
  const currency = pick(['EUR', 'JPY', 'USD'])
  const stage = pick(STAGES)
  const country = pick(COUNTRIES)
  // Whole seconds, as the index has them.
  const at = (): number => START + Math.floor(rng() * 40 * 86_400) * 1_000
  return {
    id: id as OrderId,
    connectionId: pick(SHOPS),
    remoteId: id,
    number: `A-${number}`,
    status: 'to_ship',
    rawStatus: 'PAID',
    placedAt: rng() < 0.1 ? null : at(),
    remoteUpdatedAt: at(),
    shipBy: rng() < 0.2 ? null : at(),
    currency,
    total: { minor: Math.floor(rng() * 100_000), currency },
    buyerName: pick(NAMES),
    buyerEmail: `${id}@example.com`,
    shipTo: country === '' ? null : { ...BUYER, name: '', country },
    lines: Array.from({ length: Math.floor(rng() * 4) }, (_, n) => ({
      remoteLineId: String(n),
      sku: pick(['MUG', 'BOWL', 'CUP', `S-${number % 40}`]),
      title: pick(['Mug', '茶碗', 'Déjà-vu bowl']),
      quantity: 1 + Math.floor(rng() * 3),
      unitPrice: { minor: Math.floor(rng() * 5_000), currency },
      customs: null,
    })),
    fulfilments: [],
    stage,
    blocked: stage === 'to_ship' && rng() < 0.5 ? pick(BLOCKED_REASONS) : null,
    blockedField: '',
    blockedDetail: null,
    held: rng() < 0.1,
    note: rng() < 0.1 ? 'ring twice' : '',
    trackingNumber: rng() < 0.5 ? `RR${number}CN` : '',
    updatedAt: at(),
    ...(rng() < 0.3 ? { tags: TAGS.filter(() => rng() < 0.5) } : {}),
    ...(rng() < 0.3 ? { assignee: pick(['Li', 'Ana']) } : {}),
    ...(rng() < 0.3 ? { service: pick(['Packet', 'Express']) } : {}),
    ...(rng() < 0.3 ? { printedAt: at() } : {}),
    ...(rng() < 0.3 ? { handedOverAt: at() } : {}),
    ...(rng() < 0.2 ? { newsAt: at() } : {}),
  }
}
