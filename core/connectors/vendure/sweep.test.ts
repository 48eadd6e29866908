import { describe, expect, it } from 'vitest'
import type { OperationInput } from '#core/contracts/operations.ts'
import type { HttpRequest } from '#core/connectors/_kit/operation.ts'
import { pullOrders } from '#core/connectors/vendure/operations/pull-orders.ts'
import { readOrders } from '#core/connectors/vendure/operations/read-orders.ts'
import { OPEN_STATES } from '#core/connectors/vendure/units.ts'

const context = { settings: { baseUrl: 'https://shop.example.com', username: 'seller' }, now: 0 }
const checkpoint = { updatedAt: Date.UTC(2026, 10, 22, 10), id: '7' }

const rawOrder = (id: string) => ({
  ...{ id, code: `C${id}`, state: 'PaymentSettled', currencyCode: 'EUR', totalWithTax: 100 },
  ...{ updatedAt: '2026-11-22T09:00:00.000Z', lines: [] },
})

type Asked = { take: number; skip?: number; sort?: unknown; filter: Record<string, unknown> }

/** Runs one page over these items, and says what was asked for. */
function pullPage(input: Partial<OperationInput<'pull-orders'>>, items: unknown[]) {
  const work = pullOrders({ checkpoint, pageToken: null, pageSize: 2, ...input }, context)
  const asked = optionsOf(work.next().value as HttpRequest)
  const text = JSON.stringify({ data: { orders: { items } } })
  const last = work.next({ kind: 'answer', status: 200, headers: {}, text, receivedAt: 0 })
  if (last.done !== true || !last.value.ok) throw new Error(JSON.stringify(last.value))
  return { asked, page: last.value.value }
}

function optionsOf(request: HttpRequest): Asked {
  return (request.json as { variables: { options: Asked } }).variables.options
}

describe('the sweep of a pull', () => {
  it('follows the changes, goes by position, and leaves the checkpoint alone', () => {
    const changes = pullPage({}, [])
    expect(changes.asked.filter['updatedAt']).toEqual({ after: '2026-11-22T09:59:57.000Z' })
    const moved = { updatedAt: checkpoint.updatedAt + 60_000, id: '9' }
    const first = pullPage({ checkpoint: moved, pageToken: changes.page.nextPage }, [
      rawOrder('1'),
      rawOrder('2'),
    ])
    expect(first.asked).toMatchObject({ take: 2, skip: 0, sort: { id: 'ASC' } })
    expect(first.asked.filter).not.toHaveProperty('updatedAt')
    const [open, placed] = first.asked.filter['_or'] as Record<string, unknown>[]
    expect(open).toEqual({ state: { in: OPEN_STATES } })
    // Since the checkpoint that the pull began at, not the one it has come to.
    expect(placed).toMatchObject({ orderPlacedAt: { after: '2026-11-22T09:59:57.000Z' } })
    expect(first.page).toMatchObject({ orders: [{ remoteId: '1' }, { remoteId: '2' }], checkpoint: null })
    const second = pullPage({ checkpoint: moved, pageToken: first.page.nextPage }, [rawOrder('3')])
    expect(second.asked).toMatchObject({ skip: 2, sort: { id: 'ASC' } })
    expect(second.page).toMatchObject({ checkpoint: null, nextPage: null })
  })

  it('asks for open orders only after the first pull of a shop', () => {
    const { page } = pullPage({ checkpoint: null }, [])
    const sweep = pullPage({ checkpoint: null, pageToken: page.nextPage }, [])
    expect(sweep.asked.filter).toEqual({ active: { eq: false }, state: { in: OPEN_STATES } })
    expect(OPEN_STATES).toEqual([
      'PaymentAuthorized',
      'PaymentSettled',
      'PartiallyShipped',
      'Modifying',
      'ArrangingAdditionalPayment',
    ])
  })
})

describe('reading by id', () => {
  const read = (remoteIds: string[], items: unknown[]) => {
    const work = readOrders({ remoteIds }, context)
    const asked = optionsOf(work.next().value as HttpRequest)
    const text = JSON.stringify({ data: { orders: { items } } })
    const last = work.next({ kind: 'answer', status: 200, headers: {}, text, receivedAt: 0 })
    if (last.done !== true || !last.value.ok) throw new Error(JSON.stringify(last.value))
    return { asked, answer: last.value.value }
  }

  it('asks once for each id and leaves no state out', () => {
    const { asked, answer } = read(['1', '2', '1'], [rawOrder('2')])
    expect(asked).toMatchObject({ take: 2, filter: { id: { in: ['1', '2'] } } })
    expect(asked.filter).not.toHaveProperty('state')
    expect(answer).toMatchObject({ orders: [{ remoteId: '2' }], missing: ['1'] })
  })

  it('calls nothing missing while an item has no readable id', () => {
    const { answer } = read(['1', '2'], [{ ...rawOrder('2'), id: null }])
    expect(answer).toMatchObject({ orders: [], rejected: [{ remoteId: '' }], missing: [] })
  })
})
