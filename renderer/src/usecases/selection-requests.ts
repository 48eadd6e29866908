import type { DocumentRequest } from '#core/documents/document-request.ts'
import type { HandOverInput } from '#core/documents/hand-over/hand-over-model.ts'
import { handOverOf, MOST_HANDED_OVER, pickListOf } from '#core/documents/of-order/batch-papers.ts'
import { requestPapers } from '#core/documents/of-order/order-papers.ts'
import { localDay } from '#renderer/data/repos/facts.repo.ts'
import type { SelectionWish } from '#renderer/data/transfer/selection-papers.ts'
import type { GatheredOrder } from '#renderer/usecases/gather-papers.ts'

type Wish = Omit<SelectionWish, 'target' | 'title'>

/** One document of these orders, the `place`-th of its selection; hand-over lists have a request of their own. */
export function requestFor(
  { paper, media, language, copies }: Wish,
  orders: readonly GatheredOrder[],
  { place, now }: { place: number; now: number },
): DocumentRequest {
  const facts = orders.map((each) => each.facts)
  if (paper !== 'pick-list' && paper !== 'hand-over')
    return requestPapers(paper, facts, { media, language, copies })
  const list = pickListOf(String(place), localDay(now), facts)
  return { kind: 'pick-list', medium: media['pick-list'], items: [list], language, copies }
}

/** The list of one carrier, the `place`-th that is made at this moment. */
export function handOverRequest(
  { media, language, copies }: Wish,
  group: readonly GatheredOrder[],
  { place, now }: { place: number; now: number },
): { request: DocumentRequest; list: HandOverInput } {
  const date = localDay(now)
  const stamp = `${date.replaceAll('-', '')}-${String(Math.floor(now / 1000) % 100_000).padStart(5, '0')}`
  const sequenceNo = String(place)
  const list = handOverOf({
    ...{ carrier: group[0]?.facts.shipment?.service || '–', sequenceNo, date },
    ...{ manifestId: `${stamp}-${sequenceNo}`, parcels: group.map(({ facts }) => facts) },
  })
  const medium = media['hand-over']
  return { request: { kind: 'hand-over', medium, items: [list], language, copies }, list }
}

/** Parcels by service, in lists of so many as one holds. */
export function sheetsOf(all: readonly GatheredOrder[]): GatheredOrder[][] {
  const byService = new Map<string, GatheredOrder[]>()
  for (const each of all) {
    const service = each.facts.shipment?.service ?? ''
    const known = byService.get(service)
    if (known === undefined) byService.set(service, [each])
    else known.push(each)
  }
  return [...byService.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / MOST_HANDED_OVER) }, (_, at) =>
      group.slice(at * MOST_HANDED_OVER, (at + 1) * MOST_HANDED_OVER),
    ),
  )
}
