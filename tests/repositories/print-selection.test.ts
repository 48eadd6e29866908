import 'fake-indexeddb/auto'
import { resolve } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RemoteOrder } from '#core/order/order.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { ok } from '#core/shared/result.ts'
import { createFontShelf } from '#main/documents/open-fonts.ts'
import { createPaperRenderer } from '#main/documents/render-papers.ts'
import { FRESH_DESK } from '#renderer/data/repos/settings.repo.ts'
import type { SelectionPaper, SelectionWish } from '#renderer/data/transfer/selection-papers.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import type { TransferControl } from '#renderer/usecases/export-workspace.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { previewPapers, type PapersPreview } from '#renderer/usecases/preview-papers.ts'
import { printSelection } from '#renderer/usecases/print-selection.ts'
import { BUYER, MUG, openTestDesk, remoteOrder, SHOP, type TestDesk } from '#tests/support/test-desk.ts'

/** Papers of many orders, drawn by main's real part: every order is printed or named with its reason, in documents of a bounded size. */

let desk: TestDesk
let printed: { title: string; widthMm: number; bytes: Uint8Array }[]
const papers = createPaperRenderer(createFontShelf(resolve('resources/fonts')))
const going = { stopped: () => false, onProgress: () => undefined }

beforeEach(async () => {
  desk = await openTestDesk()
  printed = []
  desk.host['documents.render'] = ({ request }) => papers.render(request)
  desk.host['printing.print'] = (job) => {
    printed.push(job)
    return Promise.resolve(ok({ spooledAs: job.title }))
  }
})

async function pull(
  count: number,
  change: (n: number) => Partial<RemoteOrder> = () => ({}),
): Promise<OrderId[]> {
  const remote = Array.from({ length: count }, (_, i) => remoteOrder(i + 1, change(i + 1)))
  await inUnit(desk.db, { stores: [...MERGE_STORES], durability: 'relaxed' }, () =>
    mergeRemoteOrders(desk as never, SHOP, remote),
  )
  const rows = await desk.db.orders.toArray()
  return rows.sort((a, b) => Number(a.remoteId) - Number(b.remoteId)).map(({ id }) => id)
}

function wish(paper: SelectionPaper): SelectionWish {
  const { media, language } = FRESH_DESK.papers
  return { paper, media, language, copies: 1, target: { driver: 'file' }, title: 'Papers' }
}

async function print(paper: SelectionPaper, ids: readonly OrderId[], control: TransferControl = going) {
  const result = await printSelection(desk, { ids, wish: wish(paper) }, control)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

describe('papers of a selection', () => {
  it('come in documents of a hundred, each order once, and every order’s timeline says so', async () => {
    const ids = await pull(230)
    const progress: number[] = []
    const result = await print('packing-slip', ids, {
      ...going,
      onProgress: (done) => progress.push(done),
    })
    expect(result).toMatchObject({
      printed: 230,
      spooled: ['Papers 1', 'Papers 2', 'Papers 3'],
      left: [],
      open: 0,
    })
    expect(progress).toEqual([100, 200, 230])
    const said = await desk.db.activity.filter(({ what }) => what === 'papers-spooled').toArray()
    expect(new Set(said.map(({ entityKey }) => entityKey)).size).toBe(230)
  })

  it('leave out an order that has none, one that cannot be drawn, and one that is gone, each with its reason', async () => {
    const ids = await pull(4, (n) => ({
      ...(n === 1 && { shipTo: { ...BUYER, name: '🌸' } }),
      ...(n === 2 && { shipTo: null }),
      ...(n === 3 && { shipTo: { ...BUYER, name: '🌸🌸' } }),
    }))
    const result = await print('packing-slip', [...ids, 'gone' as OrderId])
    expect(result.printed).toBe(1)
    expect(result.left.map(({ number, issue }) => [number, issue.reason])).toEqual([
      ['A-1002', 'address-missing'],
      ['', 'order'],
      ['A-1001', 'glyph-missing'],
      ['A-1003', 'glyph-missing'],
    ])
    const none = await print('packing-slip', [ids[0]!, ids[2]!])
    expect(none).toMatchObject({ printed: 0, spooled: [] })
    expect(none.left.map(({ issue }) => issue.remoteMessage)).toEqual(['U+1F338 🌸', 'U+1F338 🌸'])
  })

  it('stop where a person stops them, and what was spooled by then stays', async () => {
    const ids = await pull(250)
    const result = await print('packing-slip', ids, { ...going, stopped: () => printed.length > 0 })
    expect(result).toMatchObject({ printed: 100, open: 150, spooled: ['Papers 1'] })
  })

  it('pick by list of forty, an order in one slot of one list', async () => {
    const result = await print('pick-list', await pull(90))
    expect(result).toMatchObject({ printed: 90, left: [] })
    expect(printed).toHaveLength(3)
  })

  it('hand over what has a label, with the same lines as a table', async () => {
    const ids = await pull(3)
    await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
    const [pool] = await desk.db.pools.toArray()
    for (const orderId of ids.slice(0, 2)) {
      const made = await makeLabel(desk, { orderId, poolId: pool!.id, grossGrams: 700 })
      if (!made.ok) throw new Error(JSON.stringify(made.error))
    }
    const result = await print('hand-over', ids)
    expect(result).toMatchObject({ printed: 2, spooled: ['Papers 1'], left: [{ number: 'A-1003' }] })
    const lines = (result.csv ?? '').trim().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toContain('A-1001')
    expect(lines[2]).toContain('0.700')
  })

  it('of customs are made before there is a label, of what would be declared, and not without it', async () => {
    const ids = await pull(3, (n) => ({
      ...(n === 2 && {
        lines: [
          {
            remoteLineId: '2-1',
            sku: 'LAMP',
            title: 'Lamp',
            quantity: 1,
            unitPrice: { minor: 900, currency: 'EUR' },
          },
        ],
      }),
    }))
    await editProductCustoms(desk, { sku: 'MUG', customs: MUG })
    const result = await print('invoice', ids)
    expect(result.printed).toBe(2)
    expect(result.left).toMatchObject([{ number: 'A-1002', issue: { reason: 'missing' } }])
  })
})

describe('the first papers of a selection', () => {
  const preview = async (ids: readonly OrderId[], paper: SelectionPaper, from = 0, room = 20) => {
    const found = await previewPapers(desk, { ids, wish: wish(paper), from, room })
    if (!found.ok) throw new Error(found.error.reason)
    return found.value
  }

  it('begin with that of the first order, or are a list of forty, without anything being printed', async () => {
    const ids = await pull(50)
    const slip = await preview(ids, 'packing-slip')
    expect(slip).toMatchObject({ shown: 1, left: [], request: { kind: 'packing-slip', copies: 1 } })
    expect(await preview(ids, 'pick-list')).toMatchObject({
      ...{ shown: 40, next: null },
      request: { kind: 'pick-list' },
    })
    const drivers = await preview(ids, 'hand-over')
    expect(drivers.request).toBeNull()
    expect(drivers.left.map(({ issue }) => issue.reason)).toEqual(Array(40).fill('shipment'))
    expect(await papers.layout(slip.request!)).toMatchObject({ ok: true, value: { refused: [] } })
    expect(printed).toEqual([])
  })

  it('go on from order to order to the last one, each once, and no further than there is room', async () => {
    const ids = await pull(50)
    const numbers: string[] = []
    for (let from: number | null = 0; from !== null;) {
      const piece: PapersPreview = await preview(ids, 'packing-slip', from, 100)
      if (piece.request?.kind !== 'packing-slip') throw new Error('no papers')
      numbers.push(...piece.request.items.map(({ orderNumber }) => orderNumber))
      from = piece.next
    }
    expect(numbers).toEqual(ids.map((_, at) => `A-${1001 + at}`))
    expect(await preview(ids, 'packing-slip', 1, 2)).toMatchObject({ shown: 2, next: 6 })
  })

  it('pass over orders that can have none', async () => {
    const ids = await pull(8, (n) => (n === 7 ? {} : { shipTo: null }))
    expect(await preview(ids, 'packing-slip')).toMatchObject({ request: null, shown: 0, next: 1 })
    expect(await preview(ids, 'packing-slip', 6)).toMatchObject({ shown: 1, left: [{}], next: null })
  })
})
