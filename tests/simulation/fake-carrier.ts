import { ATTEMPT_SLACK_MS, type OperationInput, type OperationOutput } from '#core/contracts/operations.ts'
import type { Manifest } from '#core/connectors/_kit/manifest.ts'
import { manifests } from '#core/connectors/manifests.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { Clock, Rng } from '#core/shared/ports.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import type { SetTimer } from '#renderer/sync/sync-deps.ts'

export const CARRIER = '0000000carrier01' as ConnectionId

/** No connector of a carrier is part of the app yet; use cases and the engine read what one offers. */
const manifest: Manifest = {
  ...{ id: 'fake-carrier', name: 'Fake carrier', kind: 'carrier', auth: 'none', settings: [], secrets: [] },
  capabilities: ['buy-label', 'resolve-purchase', 'void-label'],
  address: { hosts: ['carrier.example'], settings: [] },
  limits: { requestsPerSecond: 10, burst: 10, concurrency: 2, maxPageSize: 1 },
  api: { version: '1', checkedOn: '2026-11-22' },
  personalKeys: [],
}
if (!manifests.includes(manifest)) (manifests as Manifest[]).push(manifest)

/** How often, per call, the carrier or the line to it misbehaves; 0 to 1. */
export interface CarrierMischief {
  down: number
  throttled: number
  /** It refuses to sell. */
  refused: number
  /** The label is sold, its answer does not arrive. */
  lostAnswer: number
  /** A gateway gives up (HTTP 500); the label is sold a while later. */
  lateWrite: number
  /** The answer is lost and nothing was sold. */
  lostRequest: number
  /** It says that there is such a purchase, whether sold or not. */
  duplicate: number
  /** It cannot say what became of a purchase. */
  unsure: number
}

export const GOOD_CARRIER: CarrierMischief = {
  ...{ down: 0, throttled: 0, refused: 0, lostAnswer: 0 },
  ...{ lateWrite: 0, lostRequest: 0, duplicate: 0, unsure: 0 },
}

export interface Sale extends OperationOutput<'buy-label'> {
  intentId: string
  reference: string
  /** By the carrier's own clock. */
  soldAt: number
}

interface CarrierDeps {
  rng: Rng
  now: Clock
  setTimer: SetTimer
}

/** A label that was taken back, and its money. */
export interface Refund {
  intentId: string
  purchaseRemoteId: string
  cost: Sale['cost']
}

/** How long after its answer a gateway's request may still be carried out. */
const LATEST_WRITE_MS = 40_000

/**
 * A carrier without idempotency keys: every request that arrives sells a label and costs money. It lists purchases by time only, looks
 * for a reference among them, and keeps the contract's word: `nothing` is only said when no request of that purchase is under way any more.
 */
export class FakeCarrier {
  mischief: CarrierMischief = GOOD_CARRIER
  /** One line per label that was paid for. */
  readonly sold: Sale[] = []
  searches = 0
  /** One line per label that was taken back. */
  readonly refunds: Refund[] = []
  /** Purchases whose parcel it has seen: their labels are not taken back. */
  readonly used = new Set<string>()
  /** Requests that have arrived and are not decided, by reference. */
  readonly #underWay = new Map<string, number>()
  readonly #deps: CarrierDeps

  constructor(deps: CarrierDeps) {
    this.#deps = deps
  }

  async buy(
    input: OperationInput<'buy-label'>,
    pause: () => Promise<void>,
  ): Promise<Result<OperationOutput<'buy-label'>>> {
    const trouble = this.#trouble()
    if (trouble !== null) return trouble
    if (this.#chance('refused')) return err(issue('invalid-input', { reason: 'refused' }))
    if (this.#chance('lostRequest')) return err(issue('outcome-unknown', { reason: 'timeout' }))
    this.#begin(input.reference)
    if (this.#chance('lateWrite')) {
      this.#deps.setTimer(() => this.#sell(input), Math.floor(this.#deps.rng() * LATEST_WRITE_MS))
      return err(issue('outcome-unknown', { reason: 'server-error', remoteCode: 'HTTP 500' }))
    }
    await pause()
    const sale = this.#sell(input)
    if (this.#chance('duplicate')) return err(issue('conflict', { remoteCode: 'HTTP 409' }))
    if (this.#chance('lostAnswer')) return err(issue('outcome-unknown', { reason: 'connection-reset' }))
    return ok(sale)
  }

  resolve({
    reference,
    attempted,
  }: OperationInput<'resolve-purchase'>): Result<OperationOutput<'resolve-purchase'>> {
    this.searches++
    const trouble = this.#trouble()
    if (trouble !== null) return trouble
    if (this.#chance('unsure')) return err(issue('not-found', { remoteCode: 'HTTP 404' }))
    const listed = this.sold.filter(
      ({ soldAt }) =>
        soldAt >= attempted.from - ATTEMPT_SLACK_MS && soldAt <= attempted.to + ATTEMPT_SLACK_MS,
    )
    const sale = listed.find((each) => each.reference === reference)
    if (sale !== undefined) return ok({ outcome: 'bought', ...sale })
    if (this.#underWay.has(reference)) return err(issue('outcome-unknown', { reason: 'not-read-back' }))
    return ok({ outcome: 'nothing' })
  }

  async takeBack(
    input: OperationInput<'void-label'>,
    pause: () => Promise<void>,
  ): Promise<Result<OperationOutput<'void-label'>>> {
    const trouble = this.#trouble()
    if (trouble !== null) return trouble
    if (this.#chance('lostRequest')) return err(issue('outcome-unknown', { reason: 'timeout' }))
    if (this.#chance('lateWrite')) {
      this.#deps.setTimer(() => this.#refund(input), Math.floor(this.#deps.rng() * LATEST_WRITE_MS))
      return err(issue('outcome-unknown', { reason: 'server-error', remoteCode: 'HTTP 500' }))
    }
    await pause()
    const answer = this.#refund(input)
    if (this.#chance('lostAnswer')) return err(issue('outcome-unknown', { reason: 'connection-reset' }))
    return answer
  }

  /** A parcel comes by: its label is used from now on. */
  see(purchaseRemoteId: string): void {
    this.used.add(purchaseRemoteId)
  }

  /** Idempotent by the purchase, not by the intent, as carriers are. A parcel that was seen stays seen: no later request voids its label. */
  #refund({
    intentId,
    purchaseRemoteId,
  }: OperationInput<'void-label'>): Result<OperationOutput<'void-label'>> {
    const sale = this.sold.find((each) => each.purchaseRemoteId === purchaseRemoteId)
    if (sale === undefined) return err(issue('not-found', { remoteCode: 'HTTP 404' }))
    const before = this.refunds.some((each) => each.purchaseRemoteId === purchaseRemoteId)
    if (before) return ok({ outcome: 'already-voided' })
    if (this.used.has(purchaseRemoteId)) return err(issue('conflict', { remoteCode: 'HTTP 409' }))
    this.refunds.push({ intentId, purchaseRemoteId, cost: sale.cost })
    return ok({ outcome: 'voided' })
  }

  #begin(reference: string): void {
    this.#underWay.set(reference, (this.#underWay.get(reference) ?? 0) + 1)
  }

  #sell({ intentId, reference }: OperationInput<'buy-label'>): Sale {
    const left = (this.#underWay.get(reference) ?? 1) - 1
    if (left > 0) this.#underWay.set(reference, left)
    else this.#underWay.delete(reference)
    const trackingNumber = `FAKE${String(this.sold.length + 1).padStart(8, '0')}`
    const sale: Sale = {
      ...{ intentId, reference, trackingNumber, purchaseRemoteId: `p-${trackingNumber}` },
      soldAt: this.#deps.now(),
      cost: { minor: 450, currency: 'EUR' },
      label: { mime: 'application/pdf', base64: btoa(`%PDF-1.4 ${trackingNumber}`) },
    }
    this.sold.push(sale)
    return sale
  }

  #trouble(): { ok: false; error: ReturnType<typeof issue> } | null {
    if (this.#chance('throttled')) return err(issue('rate-limited', { retryAfterMs: 10_000 }))
    return this.#chance('down') ? err(issue('remote-down', { reason: 'unreachable' })) : null
  }

  #chance(kind: keyof CarrierMischief): boolean {
    return this.mischief[kind] > 0 && this.#deps.rng() < this.mischief[kind]
  }
}

type Answer = <T>(run: () => T | Promise<T>) => Promise<T>

/** Main's part in buying and giving back. */
export function carrierLine(
  carrier: FakeCarrier,
  answer: Answer,
  pause: () => Promise<void>,
): Pick<HostCalls, 'connector.buy-label' | 'connector.resolve-purchase' | 'connector.void-label'> {
  return {
    'connector.buy-label': ({ connectionId: _carrier, ...input }) => answer(() => carrier.buy(input, pause)),
    'connector.resolve-purchase': ({ connectionId: _carrier, ...input }) =>
      answer(() => carrier.resolve(input)),
    'connector.void-label': ({ connectionId: _carrier, ...input }) =>
      answer(() => carrier.takeBack(input, pause)),
  }
}
