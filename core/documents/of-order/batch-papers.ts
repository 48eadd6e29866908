import type { HandOverInput } from '#core/documents/hand-over/hand-over-model.ts'
import { trackingOf, type PaperFacts } from '#core/documents/of-order/paper-facts.ts'
import { packingLinesOf } from '#core/documents/of-order/parcel-papers.ts'
import type { PickListInput } from '#core/documents/packing/packing-model.ts'

/** Orders of one pick list: what a trolley takes, and what the column of slots can name when all of them want the same thing. */
export const MOST_PICKED = 40
/** Parcels of one hand-over list; a driver signs every list. */
export const MOST_HANDED_OVER = 500

/** One walk along the shelves for these orders; each has the slot of its place in the list. */
export function pickListOf(batchName: string, madeOn: string, orders: readonly PaperFacts[]): PickListInput {
  return {
    ...{ batchName, madeOn },
    orders: orders.map((facts, at) => ({
      ...{ orderNumber: facts.order.number, slot: String(at + 1), destination: facts.to.country },
      lines: packingLinesOf(facts),
    })),
  }
}

/** One list that a driver signs. */
export interface HandOverSheet {
  /** Who takes the parcels: the service on their labels. */
  carrier: string
  sequenceNo: string
  manifestId: string
  date: string
  parcels: readonly PaperFacts[]
}

/** Each parcel once, also where it is of several orders. */
export function handOverOf({ parcels, ...sheet }: HandOverSheet): HandOverInput {
  const byNumber = new Map<string, PaperFacts[]>()
  for (const facts of parcels) {
    const known = byNumber.get(trackingOf(facts))
    if (known === undefined) byNumber.set(trackingOf(facts), [facts])
    else known.push(facts)
  }
  const from = parcels[0]?.from
  return {
    ...sheet,
    ...{ account: '', origin: from?.latin?.city ?? from?.city ?? '', draft: false },
    lines: [...byNumber].map(([tracking, orders]) => ({
      tracking,
      orderNumber: orders.map(({ order }) => order.number).join(', '),
      destination: orders[0]?.to.country ?? '',
      service: orders[0]?.shipment?.service ?? '',
      grams: orders[0]?.grossGrams ?? 0,
      bag: '',
    })),
  }
}
