import type { OperationInput, OperationName } from '#core/contracts/operations.ts'
import type { Effect } from '#core/connectors/_kit/operation.ts'
import { fieldName, listingFields } from '#core/listing/fields.ts'
import { isEqual } from '#core/sync/merge3.ts'
import type { Remote } from '#tests/simulation/connected/remote.ts'

/** An operation under way. */
export interface Undertaking {
  operation: OperationName
  input: OperationInput<OperationName>
  /** The listings as they were at its first reading. */
  seen: Listings | null
}

/** What an operation is to change: by field, from what and to what. */
interface Wish {
  listingRemoteId: string
  intentId: string
  fields: ReadonlyMap<string, { before: unknown; value: unknown }>
  isStock: boolean
}

type Listings = ReadonlyMap<string, ReadonlyMap<string, unknown>>

/**
 * Looks at what every request really changes of the listings. A write may change what its operation was asked to change and nothing else,
 * and only from what that was made from. Somebody may be quicker between the reading and the writing; where the remote compares nothing,
 * nobody can help that.
 */
export class WriteWatch {
  readonly effects: { intentId: string; field: string }[] = []
  readonly coincided = new Set<string>()
  readonly breaches: string[] = []
  readonly #remote: Remote

  constructor(remote: Remote) {
    this.#remote = remote
  }

  async during<T>(effect: Effect, of: Undertaking | undefined, work: () => Promise<T>): Promise<T> {
    const wishes = of === undefined ? [] : wishesOf(of)
    if (of === undefined || wishes.length === 0) return work()
    if (effect === 'read') {
      const answer = await work()
      of.seen ??= this.#fields()
      return answer
    }
    // What was taken before and is due now is somebody else's.
    this.#remote.settle?.()
    const before = this.#fields()
    const answer = await work()
    this.#look(before, of, wishes)
    this.#remote.wrapPending?.((carryOut) => () => {
      const was = this.#fields()
      carryOut()
      this.#look(was, of, wishes)
    })
    this.#remote.settle?.()
    return answer
  }

  noteAnswer(of: Undertaking, value: unknown): void {
    const [wish] = wishesOf(of)
    if (wish === undefined || !wish.isStock || (value as { outcome?: string }).outcome !== 'already') return
    // Somebody else set the very amount that a lost request of ours was to set.
    if (!this.effects.some(({ intentId }) => intentId === wish.intentId))
      this.coincided.add(wish.listingRemoteId)
  }

  /** Somebody was quicker and set the very amount that is now set again: nothing changes, and one of the two is lost. */
  #noteChance(before: Listings, { isStock, intentId, listingRemoteId, fields }: Wish): void {
    if (!isStock || this.#remote.comparesStock || this.effects.some((each) => each.intentId === intentId))
      return
    for (const [field, asked] of fields)
      if (isEqual(before.get(listingRemoteId)?.get(field), asked.value)) this.coincided.add(listingRemoteId)
  }

  #look(before: Listings, of: Undertaking, wishes: readonly Wish[]): void {
    this.#compare(before, of, wishes)
    for (const wish of wishes) this.#noteChance(before, wish)
  }

  #compare(before: Listings, of: Undertaking, wishes: readonly Wish[]): void {
    for (const [remoteId, fields] of this.#fields())
      for (const field of new Set([...fields.keys(), ...(before.get(remoteId)?.keys() ?? [])])) {
        const [from, to] = [before.get(remoteId)?.get(field), fields.get(field)]
        if (!isEqual(from, to)) this.#note({ remoteId, field, from, to }, of, wishes)
      }
  }

  #note({ remoteId, field, from, to }: Change, of: Undertaking, wishes: readonly Wish[]): void {
    const wish = wishes.find(({ listingRemoteId }) => listingRemoteId === remoteId)
    const intentId = wish?.intentId ?? ''
    const said = `${of.operation} ${intentId} set ${field} of ${remoteId} from ${JSON.stringify(from)} to ${JSON.stringify(to)}`
    const asked = wish?.fields.get(field)
    // Somebody was quicker: what is there is not what was read.
    const isRace = !isEqual(of.seen?.get(remoteId)?.get(field), from)
    if (wish === undefined || asked === undefined) {
      if (!isRace) this.breaches.push(`${said}, and was not asked to`)
      return
    }
    // What was sent twice, because nobody knew of the first, sets the same again: over what others did in between.
    const isAgain = this.effects.some((each) => each.intentId === intentId && each.field === field)
    if (isAgain && wish.isStock && !this.#remote.comparesStock) {
      this.coincided.add(remoteId)
      return
    }
    this.effects.push({ intentId, field })
    if (wish.isStock) {
      const isWhole = Number(to) - Number(from) === Number(asked.value) - Number(asked.before)
      if (isWhole) return
      if (!isRace || this.#remote.comparesStock) this.breaches.push(`${said}, over what others did`)
      this.coincided.add(remoteId)
    } else if (!isRace && !isEqual(from ?? '', asked.before ?? ''))
      this.breaches.push(`${said}, made from ${JSON.stringify(asked.before)}`)
  }

  #fields(): Listings {
    return new Map([...this.#remote.listings].map(([id, listing]) => [id, listingFields(listing)]))
  }
}

interface Change {
  remoteId: string
  field: string
  from: unknown
  to: unknown
}

function wishesOf({ operation, input }: Undertaking): Wish[] {
  if (operation === 'push-listing') {
    const { intentId, listingRemoteId, changes } = input as OperationInput<'push-listing'>
    const fields = changes.map(
      ({ locale, part, before, value }): [string, { before: unknown; value: unknown }] => [
        fieldName({ kind: 'content', locale, part }),
        { before, value },
      ],
    )
    return [{ intentId, listingRemoteId, fields: new Map(fields), isStock: false }]
  }
  if (operation === 'push-price') return [wishOfPrice(input as OperationInput<'push-price'>)]
  if (operation === 'push-prices') {
    const { market, changes } = input as OperationInput<'push-prices'>
    return changes.map((each) => wishOfPrice({ ...each, market }))
  }
  if (operation !== 'push-stock') return []
  const { intentId, listingRemoteId, offerRemoteId, from, to } = input as OperationInput<'push-stock'>
  const field = fieldName({ kind: 'stock', offerRemoteId })
  return [
    { intentId, listingRemoteId, fields: new Map([[field, { before: from, value: to }]]), isStock: true },
  ]
}

function wishOfPrice(asked: Omit<OperationInput<'push-price'>, 'mayHaveArrived'>): Wish {
  const { intentId, listingRemoteId, offerRemoteId, market, before, value } = asked
  const field = fieldName({ kind: 'price', offerRemoteId, currency: value.currency, market })
  return { intentId, listingRemoteId, fields: new Map([[field, { before, value }]]), isStock: false }
}
