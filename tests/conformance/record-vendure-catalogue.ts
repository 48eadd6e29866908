import { setTimeout as sleep } from 'node:timers/promises'
import type { OperationInput } from '#core/contracts/operations.ts'
import type { Recorder } from '#tests/conformance/record-vendure-kit.ts'
import { listPeerHandles } from '../peers/vendure/peer-handles.ts'

type Pull = OperationInput<'pull-listings'>

/** Pulling and reading listings, and writing their texts, prices and stock. */
export async function recordCatalogue(recorder: Recorder): Promise<void> {
  const { products } = await recorder.peer.seed({ products: 8, variantsPerProduct: 2, stock: 20 })
  const made = products.map(({ id, variants }) => ({ id, offers: variants.map((variant) => variant.id) }))
  await recordPulls(recorder, made)
  await recordPushes(recorder, made)
}

type Made = { id: string; offers: string[] }[]

async function recordPulls({ peer, run, breakNext }: Recorder, made: Made): Promise<void> {
  const shop = listPeerHandles(peer)
  await shop.setOffer(made[1]!.offers[0]!, { counted: false })
  await shop.hideListing(made[2]!.id)
  await shop.removeListing(made[7]!.id)
  const pull: Pull = { checkpoint: null, pageToken: null, pageSize: 100 }
  const whole = await run('pull-listings', 'success', pull)
  if (!whole.ok) throw new Error('no walk')
  let input: Pull = { ...pull, pageSize: 3 }
  for (let page = 1; page === 1 || input.pageToken !== null; page += 1) {
    const answer = await run('pull-listings', `paged-${page}`, input)
    if (!answer.ok) throw new Error(`no page ${page}`)
    input = { ...input, pageToken: answer.value.nextPage }
  }
  await sleep(4_000)
  await shop.setTexts(made[0]!.id, 'de', { name: 'Becher, neu' })
  await shop.setOffer(made[3]!.offers[1]!, { eur: 4321 })
  await run('pull-listings', 'changed', { ...pull, checkpoint: whole.value.checkpoint })
  const never = { updatedAt: Date.UTC(2099, 0, 1), id: '1' }
  await run('pull-listings', 'empty', { ...pull, checkpoint: never })
  await run('read-listings', 'success', { remoteIds: [made[0]!.id, made[2]!.id, made[7]!.id, '999999'] })
  breakNext('PullListings', { kind: 'status', status: 500 })
  await run('pull-listings', 'error', pull)
  breakNext('PullListings', { kind: 'status', status: 429, retryAfter: 30 })
  await run('pull-listings', 'throttled', pull)
}

async function recordPushes({ peer, run, breakNext }: Recorder, made: Made): Promise<void> {
  const shop = listPeerHandles(peer)
  const [listing, other] = [made[4]!, made[5]!]
  const target = { intentId: 'i', mayHaveArrived: false, listingRemoteId: listing.id }
  const offer = { ...target, offerRemoteId: listing.offers[0]! }
  await shop.setTexts(listing.id, 'en', { name: 'Board' })
  await shop.setOffer(listing.offers[0]!, { eur: 1000 })

  const texts = (before: string | null, value: string, locale = 'en'): OperationInput<'push-listing'> => ({
    ...target,
    changes: [{ locale, part: 'title', before, value }],
  })
  await run('push-listing', 'success', texts('Board', 'Oak board'))
  await run('push-listing', 'success-new-language', texts(null, '橡木砧板', 'zh-Hans'))
  await run('push-listing', 'already', texts('Board', 'Oak board'))
  await run('push-listing', 'moved', texts('Plank', 'Oak plank'))
  await run('push-listing', 'refused', texts(null, 'nuq', 'tlh'))
  await run('push-listing', 'not-found', { ...texts('Board', 'Oak'), listingRemoteId: '999999' })
  breakNext('UpdateProduct', { kind: 'drop-answer' })
  await run('push-listing', 'lost-answer', texts('Oak board', 'Oak cutting board'))

  const eur = (minor: number) => ({ minor, currency: 'EUR' })
  await run('push-price', 'success', { ...offer, before: eur(1000), value: eur(1111) })
  await run('push-price', 'already', { ...offer, before: eur(1000), value: eur(1111) })
  await run('push-price', 'moved', { ...offer, before: eur(1000), value: eur(1222) })
  const pounds = { minor: 999, currency: 'GBP' }
  await run('push-price', 'refused', { ...offer, before: null, value: pounds })
  const dinars = { minor: 1255, currency: 'KWD' }
  await run('push-price', 'digits', { ...offer, before: null, value: dinars })
  breakNext('UpdateVariant', { kind: 'drop-answer' })
  await run('push-price', 'lost-answer', { ...offer, before: eur(1111), value: eur(1333) })

  await run('push-stock', 'success', { ...offer, from: 20, to: 12 })
  await run('push-stock', 'already', { ...offer, mayHaveArrived: true, from: 20, to: 12 })
  await run('push-stock', 'moved', { ...offer, from: 20, to: 5 })
  breakNext('UpdateVariant', { kind: 'drop-answer' })
  await run('push-stock', 'lost-answer', { ...offer, from: 12, to: 9 })
  await shop.addPlace(other.offers[0]!, 7)
  const places = { ...target, listingRemoteId: other.id, offerRemoteId: other.offers[0]! }
  await run('push-stock', 'elsewhere', { ...places, from: 27, to: 6 })
}
