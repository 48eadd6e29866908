import { cancelDemoOrder, type CancelInput } from '#main/demo/cancel-demo-order.ts'
import type { DemoShopWorld } from '#main/demo/demo-shop-state.ts'
import { addFulfillment, transitionFulfillment, type FulfillInput } from '#main/demo/fulfil-demo-order.ts'
import { listDemoOrders } from '#main/demo/list-demo-orders.ts'
import { addNote, deleteNote, updateNote } from '#main/demo/note-demo-order.ts'
import type { ListOptions } from '#main/demo/page-demo-list.ts'
import type { Showing } from '#main/demo/show-demo-listing.ts'
import { showEntry, showOrder } from '#main/demo/show-demo-order.ts'

/** The order part of the schema: what each query and mutation does. */
export function orderResolvers(world: DemoShopWorld, showing: Showing) {
  const { state } = world
  return {
    order: ({ id }: { id: string }) => {
      const order = state.orders.find((candidate) => candidate.id === id)
      return order ? showOrder(order, state.listings, showing) : null
    },
    orders: ({ options }: { options?: ListOptions | null }) => {
      const { items, totalItems } = listDemoOrders(state.orders, options ?? {})
      return { totalItems, items: items.map((order) => showOrder(order, state.listings, showing)) }
    },
    addFulfillmentToOrder: ({ input }: { input: FulfillInput }) => addFulfillment(world, input),
    transitionFulfillmentToState: (args: { id: string; state: string }) => transitionFulfillment(world, args),
    cancelOrder: ({ input }: { input: CancelInput }) => {
      const result = cancelDemoOrder(world, input)
      return '__typename' in result
        ? result
        : { __typename: 'Order', ...showOrder(result, state.listings, showing) }
    },
    addNoteToOrder: ({ input }: { input: { id: string; note: string; isPublic: boolean } }) =>
      showOrder(addNote(world, input), state.listings, showing),
    updateOrderNote: ({
      input,
    }: {
      input: { noteId: string; note?: string | null; isPublic?: boolean | null }
    }) => showEntry(updateNote(world, input)),
    deleteOrderNote: ({ id }: { id: string }) => deleteNote(world, id),
  }
}
