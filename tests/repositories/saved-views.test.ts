import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { plainQuery } from '#core/order/order-query.ts'
import type { ViewId } from '#core/order/saved-view.ts'
import type { ViewRecord } from '#renderer/data/records.ts'
import { loadViews } from '#renderer/data/repos/saved-views.repo.ts'
import { arrangeQueue, orderViews, removeView, restoreView } from '#renderer/usecases/order-views.ts'
import { addView, changeView } from '#renderer/usecases/save-view.ts'
import { takeInView } from '#renderer/usecases/share-view.ts'
import { freshDatabase } from '#tests/support/test-desk.ts'

const content = (name: string) => ({ name, query: plainQuery('blocked'), columns: [], density: null })

async function deskWith(...names: string[]) {
  const db = await freshDatabase()
  let made = 0
  const ctx = { db, newId: (() => `id${++made}`) as never }
  const ids: ViewId[] = []
  for (const name of names) {
    const added = await addView(ctx, content(name))
    if (added.ok) ids.push(added.value.id)
  }
  const shown = async () => (await loadViews(db)).views.map(({ name }) => name)
  return { db, ctx, ids, names: shown }
}

it('views stand in the order that a person gave them, and one that was deleted comes back to its place', async () => {
  const { db, ctx, ids, names } = await deskWith('a', ' b ', 'c')
  expect(await names()).toEqual(['a', 'b', 'c'])
  await orderViews(ctx, { ids: [...ids].reverse() })
  expect(await names()).toEqual(['c', 'b', 'a'])
  const removed = await removeView(ctx, { id: ids[1] as ViewId })
  expect(await names()).toEqual(['c', 'a'])
  if (!removed.ok || removed.value === null) throw new Error('nothing was removed')
  await restoreView(ctx, { view: removed.value })
  expect(await names()).toEqual(['c', 'b', 'a'])
  db.close()
})

it('at most one view opens first; a view without a name is refused, and one that is gone says so', async () => {
  const { db, ctx, ids } = await deskWith('a', 'b')
  for (const id of ids) await changeView(ctx, { id, patch: { opensFirst: true } })
  expect((await loadViews(db)).views.map(({ opensFirst }) => opensFirst)).toEqual([false, true])
  expect(await changeView(ctx, { id: ids[0] as ViewId, patch: { name: '  ' } })).toMatchObject({
    error: { code: 'invalid-input', reason: 'view-name' },
  })
  expect(await changeView(ctx, { id: 'gone' as ViewId, patch: {} })).toMatchObject({
    error: { code: 'not-found', reason: 'view-gone' },
  })
  db.close()
})

it('columns of a queue are kept beside the views and put back; a torn record is as if it were not there', async () => {
  const { db, ctx, names } = await deskWith('a')
  await arrangeQueue(ctx, { list: 'all', columns: [{ id: 'number', width: 120 }] })
  await db.savedViews.put({ kind: 'view', id: 'torn', name: 7 } as unknown as ViewRecord)
  expect((await loadViews(db)).queues).toEqual({ all: [{ id: 'number', width: 120 }] })
  expect(await names()).toEqual(['a'])
  await arrangeQueue(ctx, { list: 'all', columns: null })
  expect((await loadViews(db)).queues).toEqual({})
  db.close()
})

it('a file that does not fit brings nothing', async () => {
  const { db, ctx, names } = await deskWith('a')
  expect(
    await takeInView(ctx, { content: '{"format":"caravel.order-view","version":1,"view":{}}' }),
  ).toMatchObject({
    error: { reason: 'view-field' },
  })
  expect(await names()).toEqual(['a'])
  db.close()
})
