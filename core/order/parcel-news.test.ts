import { expect, it } from 'vitest'
import { hasParcelNews } from '#core/order/parcel-news.ts'
import type { RemoteFulfilment, RemoteStatus } from '#core/order/order.ts'

const word = (status: RemoteStatus, ...states: string[]) => ({
  status,
  fulfilments: states.map((state, i): RemoteFulfilment => ({
    ...{ remoteId: String(i), state, carrier: 'Post', trackingNumber: 'RR1' },
  })),
})

it.each([
  ['the first word that it left is an echo', word('to_ship'), word('shipped', 'Shipped'), false],
  ['the same once more', word('shipped', 'Shipped'), word('shipped', 'Shipped'), false],
  ['its state moved on', word('shipped', 'Shipped'), word('shipped', 'InTransit'), true],
  ['another parcel beside it', word('shipped', 'Shipped'), word('shipped', 'Shipped', 'Pending'), false],
  ['from the desk to the road', word('handed_over', 'A'), word('shipped', 'A'), true],
  ['delivered', word('shipped', 'A'), word('delivered', 'A'), true],
  ['delivered at once', word('to_ship'), word('delivered', 'A'), true],
  ['taken back', word('shipped', 'A'), word('to_ship'), false],
  ['cancelled', word('shipped', 'A'), word('cancelled', 'A'), false],
])('%s', (_name, before, now, expected) => {
  expect(hasParcelNews(before, now)).toBe(expected)
})
