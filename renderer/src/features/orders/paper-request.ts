import type { Address } from '#core/address/address.ts'
import type { ChannelInput } from '#core/contracts/ipc.ts'
import type { Declaration } from '#core/customs/declaration.ts'
import type { PaperLanguage } from '#core/documents/words/flow-words.ts'
import { numberOf } from '#core/shipping/shipment.ts'
import type { OrderDetail } from '#renderer/data/queries/order-detail.ts'

/** Papers of an order that can be looked at and kept as a file. */
export const PAPER_KINDS = ['label', 'packing-slip-a4', 'packing-slip-a6'] as const
export type PaperKind = (typeof PAPER_KINDS)[number]

type PaperRequest = ChannelInput<'documents.layout'>['request']

export interface PaperFacts {
  detail: OrderDetail
  sender: Address
  /** Of the label that would be made; a label that is made has its own. */
  declaration: Declaration | null
  grossGrams: number
  language: PaperLanguage
}

/**
 * What is asked of main for one paper of an order; null while the order has no address. A label is a draft until one is made. A
 * packing slip has no prices: the parcel may be a gift.
 */
export function paperRequest(kind: PaperKind, facts: PaperFacts): PaperRequest | null {
  const { order } = facts.detail
  if (order.shipTo === null) return null
  const common = { language: facts.language, copies: 1 }
  if (kind === 'label')
    return { ...common, kind: 'label', medium: 'label-100x150', items: [labelOf(facts, order.shipTo)] }
  return {
    ...common,
    kind: 'packing-slip',
    medium: kind === 'packing-slip-a4' ? 'a4' : 'a6',
    items: [
      {
        ...{ orderNumber: order.number, draft: false, shipOn: '', shipTo: order.shipTo },
        ...{ shopName: facts.detail.connection?.name ?? '', withPrices: false, total: null },
        ...{ note: '', returnsUrl: '' },
        lines: facts.detail.order.lines
          .filter(({ quantity }) => quantity > 0)
          .map(({ sku, title, quantity }) => ({
            ...{ sku, title, quantity, titleEn: '', variant: '', bin: '', price: null },
          })),
      },
    ],
  }
}

function labelOf({ detail, sender, declaration, grossGrams }: PaperFacts, to: Address) {
  const { order, shipment } = detail
  return {
    orderNumber: order.number,
    serviceName: shipment?.service ?? '',
    priorityMark: '',
    from: sender,
    to,
    tracking: shipment === null ? '' : numberOf(shipment),
    declaration: shipment === null ? declaration : shipment.declaration,
    pickLines: order.lines
      .filter(({ quantity }) => quantity > 0)
      .map(({ sku, title, quantity }) => ({ sku, title, quantity })),
    grossGrams: Math.max(shipment?.grossGrams ?? grossGrams, 1),
    sizeMm: shipment?.sizeMm ?? null,
    draft: shipment === null,
  }
}
