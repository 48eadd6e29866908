import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation, Step } from '#core/connectors/_kit/operation.ts'
import { callGraphql, type GraphqlApi, type GraphqlCall } from '#core/connectors/_kit/graphql.ts'
import { readField } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/vendure/issues.ts'
import { vendureManifest } from '#core/connectors/vendure/manifest.ts'
import { noteSchema } from '#core/connectors/vendure/wire.ts'

type Name = 'note-order'
type Input = OperationInput<Name>

const READ = `query ReadOrderNotes($id: ID!, $options: HistoryEntryListOptions) {
  order(id: $id) { history(options: $options) { items { id data } } }
}`

const ADD = `mutation AddOrderNote($input: AddNoteToOrderInput!) { addNoteToOrder(input: $input) { id } }`
const UPDATE = `mutation UpdateOrderNote($input: UpdateOrderNoteInput!) { updateOrderNote(input: $input) { id } }`
const DELETE = `mutation DeleteOrderNote($id: ID!) { deleteOrderNote(id: $id) { result } }`

/**
 * Keeps one note of ours in the order's history, for the shop's staff only. Which one is ours nothing but its text tells.
 * Every attempt reads the notes first, so one whose answer was lost is found and not written again.
 */
export const noteOrder: Operation<Input, OperationOutput<Name>> = function* (input, context) {
  const api = adminApi(context.settings)
  const notes = yield* readNotes(api, input.orderRemoteId)
  if (!notes.ok) return err([notes.error])
  const call = planCall(input, notes.value)
  if (call === null) return ok({ outcome: 'already' })
  const written = yield* callGraphql(api, { ...call, effect: 'write' })
  return written.ok ? ok({ outcome: 'written' }) : err([written.error])
}

interface Note {
  id: string
  text: string
}

/** What is left to do; null when nothing is. */
function planCall(
  { orderRemoteId, before, note }: Input,
  notes: readonly Note[],
): Omit<GraphqlCall, 'effect'> | null {
  const ours = before === '' ? undefined : notes.find(({ text }) => text === before)
  if (note === '')
    return ours === undefined ? null : { name: 'DeleteOrderNote', query: DELETE, variables: { id: ours.id } }
  if (notes.some(({ text }) => text === note)) return null
  if (ours !== undefined) {
    const input = { noteId: ours.id, note, isPublic: false }
    return { name: 'UpdateOrderNote', query: UPDATE, variables: { input } }
  }
  const input = { id: orderRemoteId, note, isPublic: false }
  return { name: 'AddOrderNote', query: ADD, variables: { input } }
}

/** All private notes, oldest first. */
function* readNotes(api: GraphqlApi, id: string): Step<Note[]> {
  const take = vendureManifest.limits.maxPageSize
  const notes: Note[] = []
  for (let skip = 0; ; skip += take) {
    const options = {
      ...{ take, skip, sort: { id: 'ASC' } },
      filter: { type: { eq: 'ORDER_NOTE' }, isPublic: { eq: false } },
    }
    const answer = yield* callGraphql(api, {
      name: 'ReadOrderNotes',
      query: READ,
      variables: { id, options },
      effect: 'read',
    })
    if (!answer.ok) return answer
    const order = answer.value['order']
    if (order === null) return err(issue('not-found', { reason: 'order', field: 'orderRemoteId' }))
    const raw = readField(readField(order, 'history'), 'items')
    if (!Array.isArray(raw))
      return err(issue('malformed', { reason: 'unreadable-answer', field: 'order.history.items' }))
    for (const item of raw) {
      const note = noteSchema.safeParse(item)
      // One that cannot be read may be ours: writing another beside it is worse than waiting.
      if (!note.success)
        return err(issue('malformed', { reason: 'unreadable-answer', field: 'order.history.items' }))
      notes.push({ id: note.data.id, text: note.data.data.note })
    }
    if (raw.length < take) return ok(notes)
  }
}
