import { useTranslation } from 'i18next-vue'
import { SORT_COLUMNS, type ListId } from '#core/order/order-query.ts'
import type { TableColumn } from '#renderer/ui/data-table.ts'

/** Everything that a list of orders can show of one, in the order of ux.md. */
const COLUMNS = [
  'ship-by',
  'placed',
  'number',
  'stage',
  'channel',
  'buyer',
  'country',
  'reason',
  'items',
  'total',
  'home',
  'service',
  'tags',
  'assignee',
  'flags',
] as const
export type OrderColumn = (typeof COLUMNS)[number]

/** How much room there is: beside the panel, a small window, a large one. */
export type Room = 'narrow' | 'normal' | 'wide'

const WIDTH: Record<OrderColumn, string> = {
  'ship-by': '116px',
  placed: '88px',
  number: 'minmax(88px, 0.8fr)',
  stage: 'minmax(132px, 2.2fr)',
  channel: 'minmax(120px, 1fr)',
  buyer: 'minmax(120px, 1.5fr)',
  country: 'minmax(84px, 0.9fr)',
  reason: 'minmax(168px, 2fr)',
  items: '44px',
  total: '128px',
  home: '128px',
  service: 'minmax(88px, 0.8fr)',
  tags: 'minmax(96px, 1fr)',
  assignee: 'minmax(80px, 0.6fr)',
  flags: 'minmax(64px, 0.5fr)',
}
const NARROW: Partial<Record<OrderColumn, string>> = {
  'ship-by': '112px',
  number: 'minmax(72px, 1fr)',
  stage: 'minmax(100px, 1.2fr)',
  buyer: 'minmax(72px, 1.5fr)',
  country: '36px',
  total: '116px',
}
const RIGHT: readonly OrderColumn[] = ['items', 'total', 'home']
const DONE: readonly ListId[] = ['handed_over', 'shipped', 'cancelled', 'unpaid']
const ON_REQUEST: readonly OrderColumn[] = ['assignee']
const WITH_ROOM: readonly OrderColumn[] = ['home', 'service', 'tags']

/** The columns of a list with their titles; those that are there on request are marked so. */
export function useOrderColumns(): (list: ListId, room: Room) => TableColumn[] {
  const { t } = useTranslation()
  return (list, room) => {
    const shown =
      room === 'narrow' ? COLUMNS.filter((id) => NARROW[id] !== undefined || id === 'placed') : COLUMNS
    return shown.map((id) => ({
      id,
      title: t(`orders:column.${id}`),
      width: (room === 'narrow' ? NARROW[id] : undefined) ?? WIDTH[id],
      ...(RIGHT.includes(id) ? { align: 'right' as const } : {}),
      sortable: SORT_COLUMNS.some((column) => column === id),
      optional: isOptional(id, list, room),
    }))
  }
}

function isOptional(id: OrderColumn, list: ListId, room: Room): boolean {
  if (id === 'ship-by') return DONE.includes(list)
  if (id === 'placed') return !DONE.includes(list)
  if (id === 'stage') return list !== 'all'
  if (id === 'reason') return list !== 'parked'
  if (WITH_ROOM.includes(id)) return room !== 'wide'
  return ON_REQUEST.includes(id)
}
