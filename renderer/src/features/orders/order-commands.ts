import type { Ref } from 'vue'
import type { OrderId } from '#core/shared/ids.ts'
import { useCommands } from '#renderer/app/commands.ts'
import type { SelectionVerb } from '#renderer/features/orders/bulk-verbs.ts'
import { useOrderActions } from '#renderer/features/orders/order-actions.ts'

interface OrderPage {
  targets: () => OrderId[]
  /** More than one order is selected, perhaps more than have names here. */
  many: () => boolean
  /** Asks for what a verb on all that is selected needs to know. */
  askAll: (kind: SelectionVerb) => unknown
  table: Readonly<Ref<{ focus(): void; move(delta: 1 | -1): void; toggleActive(): void } | null>>
  /** Opens an order and puts the cursor into a field of its panel. */
  openField: (orderId: OrderId, path: string) => unknown
  close: () => void
  toggleFull: () => unknown
  letIn: () => void
  fresh: () => number
}

/** The keys of the orders page. */
export function useOrderCommands(page: OrderPage): void {
  const actions = useOrderActions()
  const some = () => page.many() || page.targets().length > 0
  const first = (run: (orderId: OrderId) => unknown) => () => {
    const [orderId] = page.targets()
    return orderId && run(orderId)
  }

  /** Of one order at once; of several after a question. */
  const each = (kind: SelectionVerb, one: (orderId: OrderId) => unknown) => () =>
    page.many() ? page.askAll(kind) : first(one)()

  useCommands([
    { id: 'orders.next', group: 'list', shortcut: 'j', run: () => page.table.value?.move(1) },
    { id: 'orders.previous', group: 'list', shortcut: 'k', run: () => page.table.value?.move(-1) },
    { id: 'orders.select', group: 'list', shortcut: 'x', run: () => page.table.value?.toggleActive() },
    {
      id: 'orders.open',
      group: 'list',
      shortcut: 'Enter',
      when: some,
      run: first((id) => page.openField(id, '')),
    },
    {
      id: 'orders.full',
      group: 'list',
      icon: 'i-lucide-maximize-2',
      shortcut: 'f',
      when: some,
      run: () => page.toggleFull(),
    },
    { id: 'orders.close', group: 'list', shortcut: 'Escape', run: () => page.close() },
    {
      id: 'orders.show-new',
      group: 'list',
      icon: 'i-lucide-arrow-down',
      shortcut: 'u',
      when: () => page.fresh() > 0,
      run: () => page.letIn(),
    },
    {
      id: 'orders.edit',
      group: 'order',
      icon: 'i-lucide-pencil',
      shortcut: 'e',
      when: some,
      run: first((id) => page.openField(id, 'shipTo')),
    },
    {
      id: 'orders.note',
      group: 'order',
      icon: 'i-lucide-sticky-note',
      shortcut: 'n',
      when: some,
      run: each('note', (id) => page.openField(id, 'note')),
    },
    {
      id: 'orders.hold',
      group: 'order',
      icon: 'i-lucide-hand',
      shortcut: 'h',
      when: some,
      run: each('hold', actions.toggleHold),
    },
    {
      id: 'orders.label',
      group: 'order',
      icon: 'i-lucide-tag',
      shortcut: 'l',
      when: some,
      run: each('label', (id) => page.openField(id, 'grossGrams')),
    },
    {
      id: 'orders.print',
      group: 'order',
      icon: 'i-lucide-printer',
      shortcut: 'p',
      when: some,
      run: each('print', actions.printLabelOf),
    },
    {
      id: 'orders.reprint',
      group: 'order',
      icon: 'i-lucide-printer-check',
      shortcut: 'R',
      when: some,
      run: first(actions.printLabelOf),
    },
    {
      id: 'orders.hand-over',
      group: 'order',
      icon: 'i-lucide-truck',
      shortcut: 'o',
      when: some,
      run: each('hand-over', (id) => actions.handOverAll([id])),
    },
  ])
}
