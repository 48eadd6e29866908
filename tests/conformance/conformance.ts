import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { operations, type OperationName, type OperationOutput } from '#core/contracts/operations.ts'
import { ISSUE_CODES, type IssueCode } from '#core/shared/issue.ts'
import type { Money } from '#core/money/money.ts'
import type { Connector } from '#core/connectors/_kit/connector.ts'
import { manifestSchema } from '#core/connectors/_kit/manifest.ts'
import type { Settings } from '#core/connectors/_kit/operation.ts'
import { resolveTarget } from '#main/connectors/request-target.ts'
import { replay, type Fixture } from '#tests/conformance/fixture.ts'
import { leafChanges, type LeafChange } from '#tests/conformance/leaf-changes.ts'
import { describeListings, type ListingCases } from '#tests/conformance/conformance-listings.ts'
import {
  describeStatuses,
  isSessionExchange,
  type Run,
  type Statuses,
} from '#tests/conformance/conformance-run.ts'
import { describeRates, type RateCases } from '#tests/conformance/conformance-rates.ts'
import { describeRules, type RuleCases } from '#tests/conformance/conformance-rules.ts'
import { describeWrites } from '#tests/conformance/conformance-writes.ts'

/** What a connector brings to the suite: its recorded runs, and the few places only it knows. */
export interface ConnectorCases {
  connector: Connector
  settings: Settings
  /** By `<operation>.<case>`, as in the folder fixtures/. */
  fixtures: Record<string, Fixture>
  /** Runs that must come to an issue, and which. Every other fixture must succeed. */
  issues: Record<string, IssueCode>
  pull?: {
    success: string
    empty: string
    /** Pages of one pull, in order. */
    paged: string[]
    /** A page of orders that are open, whatever their time of change; where a remote's clock misses changes. */
    sweep?: string
    throttled: string
    error: string
    /** A small page whose every leaf is dropped and nulled. */
    small: string
    /** True for a path of the answer that lies in one item; false for the envelope around them. */
    isInItem: (path: readonly string[]) => boolean
    /** The page with every order in a status that does not exist. */
    withStatus: (fixture: Fixture, raw: string) => Fixture
    /** The page with every order's total set as the remote would send this amount. */
    withTotal: (fixture: Fixture, total: Money) => Fixture
  }
  read?: {
    /** Orders in several states, and ids that are not there. */
    success: string
    missing: string[]
    isInItem: (path: readonly string[]) => boolean
  }
  listings?: ListingCases
  rates?: RateCases
  rules?: RuleCases
  /** What an HTTP status means in answer to the first request of a pull, where it differs from the common table. */
  statuses?: Statuses
}

const NOW = Date.UTC(2026, 10, 22)

/** The suite every connector passes: architecture.md, "Connectors do no I/O". */
export function describeConnector(cases: ConnectorCases): void {
  const { connector, fixtures } = cases
  const { manifest } = connector
  const context = { settings: cases.settings, now: NOW }
  const run = <N extends OperationName>(fixture: Fixture) =>
    replay<N>(connector, fixture.operation as N, fixture.input, fixture.exchanges, context)
  const get = (name: string): Fixture => {
    const found = fixtures[name]
    if (found === undefined) throw new Error(`no fixture ${name}`)
    return found
  }

  describe(`connector ${manifest.id}`, () => {
    describe('what it says of itself', () => {
      it('has a manifest that parses', () => {
        expect(manifestSchema.safeParse(manifest).error?.issues).toBeUndefined()
        expect(connector.session === null).toBe(manifest.auth === 'none')
      })

      it('has exactly the operations it declares, each in a file of its name', () => {
        const declared = ['test-connection', ...manifest.capabilities].sort()
        expect(Object.keys(connector.operations).sort()).toEqual(declared)
        expect(listOperationFiles(manifest.id)).toEqual(expect.arrayContaining(declared))
        expect(listOperationFiles(manifest.id).filter((name) => name in operations)).toEqual(declared)
      })

      it('names the recorded runs of what it can pull and read', () => {
        const can = new Set<OperationName>(manifest.capabilities)
        expect(cases.pull !== undefined).toBe(can.has('pull-orders'))
        expect(cases.read !== undefined).toBe(can.has('read-orders'))
        expect(cases.listings !== undefined).toBe(can.has('pull-listings'))
        expect(cases.rates !== undefined).toBe(can.has('pull-rates'))
        expect(cases.rules !== undefined).toBe(can.has('pull-listing-rules'))
        expect(connector.checkOffline !== undefined).toBe(can.has('pull-listing-rules'))
      })

      it('has a recorded success of every operation', () => {
        for (const name of Object.keys(connector.operations))
          expect(Object.keys(fixtures)).toContain(`${name}.success`)
      })
    })

    describe.each(Object.keys(fixtures))('recorded run %s', (name) => {
      const fixture = get(name)
      it(`comes to ${cases.issues[name] ?? 'success'}`, () => {
        const { result } = run(fixture)
        const expected = cases.issues[name]
        if (expected === undefined) expect(result).toMatchObject({ ok: true })
        else expect(result).toMatchObject({ ok: false, error: [{ code: expected }] })
        if (result.ok)
          expect(operations[fixture.operation].output.safeParse(result.value).error).toBeUndefined()
      })

      it('asks only hosts of the connection, over https', () => {
        for (const request of run(fixture).requests) {
          const url = resolveTarget(manifest, cases.settings, request.url)
          expect(new URL(url).protocol).toBe('https:')
          expect(request.timeoutMs).toBeGreaterThan(0)
          expect(JSON.stringify(request)).not.toMatch(/password|authorization/i)
        }
      })

      it('says the same when it is run twice', () => {
        expect(run(fixture)).toEqual(run(fixture))
      })

      it('survives every leaf of its answers dropped or nulled', () => {
        for (const change of leafChanges(fixture.exchanges, { alike: 2 })) {
          if (isSessionExchange(fixture.exchanges[change.exchange])) continue
          const { result } = run({ ...fixture, exchanges: change.exchanges })
          if (result.ok) {
            const parsed = operations[fixture.operation].output.safeParse(result.value)
            expect(parsed.error, change.label).toBeUndefined()
          } else for (const each of result.error) expect(ISSUE_CODES, change.label).toContain(each.code)
        }
      })
    })

    if (cases.read !== undefined) describeRead(cases.read, get, run)
    if (cases.pull !== undefined) describePull(cases, cases.pull, get, run)
    if (cases.listings !== undefined) describeListings(cases.listings, get, run, cases.statuses)
    if (cases.rates !== undefined) describeRates(cases.rates, get, run)
    if (cases.rules !== undefined) describeRules(connector, cases.rules, get, run)
    describeWrites(fixtures, run)
  })
}

function describeRead(
  read: NonNullable<ConnectorCases['read']>,
  get: (name: string) => Fixture,
  run: Run,
): void {
  describe('reading orders by id', () => {
    const fixture = get(read.success)
    const asked = operations['read-orders'].input.parse(fixture.input).remoteIds
    const { result: whole } = run<'read-orders'>(fixture)

    it('accounts for every id', () => {
      if (!whole.ok) throw new Error(JSON.stringify(whole.error))
      const { orders, rejected, missing } = whole.value
      expect(missing).toEqual(read.missing)
      expect(rejected).toEqual([])
      expect([...orders.map(({ remoteId }) => remoteId), ...missing].sort()).toEqual([...asked].sort())
      expect(new Set(orders.map(({ status }) => status)).size).toBeGreaterThan(1)
    })

    it('loses at most the item whose leaf is missing, and calls none missing that is there', () => {
      for (const change of leafChanges(fixture.exchanges)) {
        const { result } = run<'read-orders'>({ ...fixture, exchanges: change.exchanges })
        if (!read.isInItem(change.path)) continue
        if (!result.ok) throw new Error(`${change.label}: ${JSON.stringify(result.error)}`)
        const { orders, rejected, missing } = result.value
        expect(orders.length + rejected.length, change.label).toBe(asked.length - read.missing.length)
        expect(rejected.length, change.label).toBeLessThanOrEqual(1)
        for (const id of missing) expect(read.missing, change.label).toContain(id)
      }
    })
  })
}

function describePull(
  cases: ConnectorCases,
  pull: NonNullable<ConnectorCases['pull']>,
  get: (name: string) => Fixture,
  run: Run,
): void {
  const pullPage = (fixture: Fixture): OperationOutput<'pull-orders'> => {
    const { result } = run<'pull-orders'>(fixture)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    return result.value
  }

  describe('pulling orders', () => {
    it('brings orders and a checkpoint', () => {
      const page = pullPage(get(pull.success))
      expect(page.orders.length).toBeGreaterThan(0)
      expect(page.rejected).toEqual([])
      const newest = Math.max(...page.orders.map(({ updatedAt }) => updatedAt))
      expect(page.checkpoint?.updatedAt).toBe(newest)
    })

    it('brings nothing and no checkpoint from an empty page', () => {
      expect(pullPage(get(pull.empty))).toMatchObject({ orders: [], rejected: [], checkpoint: null })
    })

    it('brings page by page what it brings in one', () => {
      const pages = pull.paged.map((name) => pullPage(get(name)))
      const ids = new Set(pages.flatMap(({ orders }) => orders.map(({ remoteId }) => remoteId)))
      expect([...ids].sort()).toEqual(
        pullPage(get(pull.success))
          .orders.map(({ remoteId }) => remoteId)
          .sort(),
      )
      expect(pages.slice(0, -1).every(({ nextPage }) => nextPage !== null)).toBe(true)
      expect(pages.at(-1)?.nextPage).toBeNull()
      const last = pages.findLast(({ checkpoint }) => checkpoint !== null)
      expect(last?.checkpoint).toEqual(pullPage(get(pull.success)).checkpoint)
    })

    it.runIf(pull.sweep !== undefined)('brings open orders in a sweep, and leaves the checkpoint', () => {
      const page = pullPage(get(pull.sweep ?? ''))
      expect(page.orders.length).toBeGreaterThan(0)
      expect(page.checkpoint).toBeNull()
    })

    it('never moves the checkpoint back', () => {
      const fixture = get(pull.success)
      const later = { updatedAt: Date.UTC(2099, 0, 1), id: '1' }
      const page = pullPage({ ...fixture, input: { ...(fixture.input as object), checkpoint: later } })
      expect(page.checkpoint).toEqual(later)
    })

    it('knows how long to wait when it is throttled', () => {
      const { result } = run(get(pull.throttled))
      expect(result).toMatchObject({
        ok: false,
        error: [{ code: 'rate-limited', retryAfterMs: expect.any(Number) }],
      })
    })

    it('loses at most the item whose leaf is missing', () => {
      const fixture = get(pull.small)
      const whole = pullPage(fixture)
      for (const change of leafChanges(fixture.exchanges)) checkOneLoss(fixture, whole, change)
    })

    it('keeps a status it does not know, and its word', () => {
      const page = pullPage(pull.withStatus(get(pull.small), 'AwaitingCustomsBroker'))
      expect(page.rejected).toEqual([])
      for (const order of page.orders)
        expect(order).toMatchObject({ status: 'unknown', rawStatus: 'AwaitingCustomsBroker' })
    })

    it.each([
      { minor: 1000, currency: 'JPY' },
      { minor: 1, currency: 'JPY' },
      { minor: 1250, currency: 'KWD' },
      { minor: 1999, currency: 'EUR' },
      { minor: 0, currency: 'USD' },
    ])('reads $minor minor units of $currency', (total) => {
      for (const order of pullPage(pull.withTotal(get(pull.small), total)).orders)
        expect(order.total).toEqual(total)
    })

    describeStatuses(get(pull.success), run, cases.statuses)
  })

  function checkOneLoss(fixture: Fixture, whole: OperationOutput<'pull-orders'>, change: LeafChange): void {
    const { result } = run<'pull-orders'>({ ...fixture, exchanges: change.exchanges })
    if (!pull.isInItem(change.path)) return
    expect(result.ok, change.label).toBe(true)
    if (!result.ok) return
    const { orders, rejected } = result.value
    expect(orders.length + rejected.length, change.label).toBe(whole.orders.length)
    expect(rejected.length, change.label).toBeLessThanOrEqual(1)
  }
}

function listOperationFiles(connectorId: string): string[] {
  const folder = fileURLToPath(new URL(`../../core/connectors/${connectorId}/operations/`, import.meta.url))
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort()
}
