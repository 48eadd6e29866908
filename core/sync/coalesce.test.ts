import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConnectionId, OutboxId } from '#core/shared/ids.ts'
import { sortForSending } from '#core/sync/choose-sends.ts'
import { coalesce } from '#core/sync/coalesce.ts'
import { laneOf, type ContentChange, type OutboxRow } from '#core/sync/outbox.ts'

let made = 0

function row(change: Partial<OutboxRow> & Pick<OutboxRow, 'kind' | 'payload'>): OutboxRow {
  made++
  return {
    id: `row-${String(made).padStart(6, '0')}` as OutboxId,
    ...{ connectionId: 'shop' as ConnectionId, entityKey: 'listing:1', entityLabel: 'Mug' },
    ...{ state: 'queued', held: false, inFlight: false, attempts: 0, createdAt: made },
    ...{ nextAttemptAt: 0, leaseUntil: 0, lastIssue: null, ...change },
  }
}

const text = (locale: string, before: string | null, value: string, over: Partial<OutboxRow> = {}) =>
  row({
    kind: 'push-listing',
    payload: { listingRemoteId: '1', changes: [{ locale, part: 'title', before, value }] },
    ...over,
  } as never)

const stock = (delta: number, over: Partial<OutboxRow> = {}) =>
  row({
    kind: 'push-stock',
    payload: { listingRemoteId: '1', offerRemoteId: '7', sku: 'MUG', delta, aim: null },
    ...over,
  } as never)

/** An outbox as use cases keep it. */
function addAll(rows: readonly OutboxRow[]): OutboxRow[] {
  let outbox: OutboxRow[] = []
  for (const fresh of rows) {
    const { remove, put } = coalesce(outbox, fresh)
    outbox = [...outbox.filter(({ id }) => !remove.includes(id)), ...put]
  }
  return outbox
}

describe('changes of one kind that wait', () => {
  it('become one: from where it began to where it ended', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 8 }), (values) => {
        const rows = values.map((value, i) => text('en', i === 0 ? 'start' : (values[i - 1] ?? ''), value))
        const outbox = addAll(rows)
        expect(outbox).toHaveLength(1)
        expect(outbox[0]?.payload).toMatchObject({ changes: [{ before: 'start', value: values.at(-1) }] })
        expect(outbox[0]?.createdAt).toBe(rows[0]?.createdAt)
        expect(outbox[0]?.id).toBe(rows.at(-1)?.id)
      }),
    )
  })

  it('leave in the order they were made, also when the clock was set back in between', () => {
    const held = text('en', 'a', 'b', { held: true, createdAt: 9_000 })
    const later = text('en', 'b', 'c', { createdAt: 2_000, id: 'row-000000' as OutboxId })
    const outbox = sortForSending(addAll([held, later]))
    expect(outbox.map(({ id }) => id)).toEqual([held.id, later.id])
  })

  it('keep every language', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('en', 'de', 'ja'), fc.constantFrom('x', 'y')), { maxLength: 9 }),
        (edits) => {
          const now = new Map<string, string>()
          const rows = edits.map(([locale, value]) => {
            const before = now.get(locale) ?? null
            now.set(locale, value)
            return text(locale, before, value)
          })
          const said = new Map<string, string>()
          for (const each of addAll(rows))
            for (const { locale, value } of (each.payload as { changes: ContentChange[] }).changes)
              said.set(locale, value)
          expect(said).toEqual(now)
        },
      ),
    )
  })

  it('leave when they come back to where they began', () => {
    expect(addAll([text('en', 'a', 'b'), text('en', 'b', 'a')])).toEqual([])
    expect(addAll([stock(3), stock(-3)])).toEqual([])
  })

  it('of stock add up, whatever was joined', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.boolean())), (steps) => {
        const rows = steps.map(([delta, sent]) => stock(delta, sent ? { attempts: 1, inFlight: true } : {}))
        const sum = addAll(rows).reduce(
          (total, { payload }) => total + (payload as { delta: number }).delta,
          0,
        )
        expect(sum).toBe(steps.reduce((total, [delta]) => total + delta, 0))
      }),
    )
  })

  it('that may have left stay what they are', () => {
    const states: Partial<OutboxRow>[] = [
      { state: 'leased', attempts: 1, inFlight: true },
      { state: 'waiting', attempts: 1 },
      { state: 'blocked-conflict' },
      { held: true },
      { state: 'needs-attention', attempts: 2 },
    ]
    for (const over of states) {
      const first = text('en', 'a', 'b', over)
      expect(addAll([first, text('en', 'b', 'c')])).toContain(first)
    }
  })

  it('never cross into another lane', () => {
    const other = { entityKey: 'listing:2' }
    const rows = [text('en', 'a', 'b'), stock(2), text('en', 'x', 'y', other), stock(1, other)]
    expect(addAll(rows)).toEqual(rows)
    expect(new Set(rows.map(laneOf)).size).toBe(rows.length)
  })

  it('of shipments and cancellations are never joined', () => {
    const ship = () =>
      row({
        kind: 'confirm-shipment',
        payload: { orderRemoteId: '1', trackingNumber: 'RR1', carrier: 'Post' },
      })
    const rows = [ship(), ship()]
    expect(addAll(rows)).toEqual(rows)
  })
})
