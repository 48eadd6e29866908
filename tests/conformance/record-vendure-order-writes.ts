import type { Recorder } from '#tests/conformance/record-vendure-kit.ts'
import { listPeerHandles } from '../peers/vendure/peer-handles.ts'

/** Cancelling orders, and notes. */
export async function recordOrderWrites({ peer, run, breakNext }: Recorder): Promise<void> {
  const { orders } = await peer.seed({ products: 2, variantsPerProduct: 2, orders: 5 })
  const [first, shipped, lost, raced, noted] = orders
  if (!first || !shipped || !lost || !raced || !noted) throw new Error('no orders')
  const cancel = (orderRemoteId: string) => ({ intentId: 'i', orderRemoteId, reason: 'Buyer asked for it' })
  await run('cancel-order', 'success', cancel(first.id))
  await run('cancel-order', 'already', cancel(first.id))
  await listPeerHandles(peer).shipElsewhere(shipped.code, 'RR555555555DE')
  await run('cancel-order', 'shipped', cancel(shipped.id))
  await run('cancel-order', 'not-found', cancel('999999'))
  await run('cancel-order', 'already-raced', cancel(raced.id), {
    beforeWrite: () => peer.cancelOrder(raced.code),
  })
  breakNext('CancelOrder', { kind: 'drop-answer' })
  await run('cancel-order', 'lost-answer', cancel(lost.id))

  const note = (before: string, text: string, orderRemoteId = noted.id) => ({
    ...{ intentId: 'i', orderRemoteId, before, note: text },
  })
  await run('note-order', 'success', note('', 'Gift, no invoice'))
  await run('note-order', 'already', note('', 'Gift, no invoice'))
  await run('note-order', 'success-changed', note('Gift, no invoice', 'Gift'))
  breakNext('UpdateOrderNote', { kind: 'drop-answer' })
  await run('note-order', 'lost-answer', note('Gift', 'Gift, red ribbon'))
  await run('note-order', 'already-arrived', note('Gift', 'Gift, red ribbon'))
  await run('note-order', 'success-removed', note('Gift, red ribbon', ''))
  await run('note-order', 'already-removed', note('Gift, red ribbon', ''))
  await run('note-order', 'not-found', note('', 'x', '999999'))
}
