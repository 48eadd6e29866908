import { describeChanges, type OrderChange } from '#core/order/list-changes.ts'
import type { Reconciled } from '#core/order/reconcile-order.ts'
import { ofOrder, type NewActivity } from '#renderer/data/repos/activity.repo.ts'

/** What our own bookkeeping derives; the fields behind it are named. */
const DERIVED = /^(stage|blocked|blockedField|rawStatus)$/

/** What a pull did to an order, as entries of its timeline: one for its stage, one that names all other fields. */
export function describeMerge({ outcome, order, changes }: Reconciled, at: number): NewActivity[] {
  const entry = (what: string, values: NewActivity['values']): NewActivity => ({
    ...ofOrder(order),
    at,
    what,
    values,
    by: 'remote',
  })
  if (outcome === 'created') return [entry('order-received', { number: order.number })]
  const stage = changes.find(({ field }) => field === 'stage')
  const fields = changes.map(({ field }: OrderChange) => field).filter((field) => !DERIVED.test(field))
  return [
    ...(stage === undefined
      ? []
      : [entry('stage-changed', { from: String(stage.from), to: String(stage.to) })]),
    ...(fields.length === 0
      ? []
      : [
          {
            ...entry('remote-changed', { fields: fields.slice(0, 12).join(', '), count: fields.length }),
            changes: describeChanges(changes.filter(({ field }) => field !== 'stage')),
          },
        ]),
  ]
}
