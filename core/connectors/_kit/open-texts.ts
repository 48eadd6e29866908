import type { OperationInput } from '#core/contracts/operations.ts'
import type { RemoteListing } from '#core/listing/listing.ts'

export type TextChange = OperationInput<'push-listing'>['changes'][number]

/** The changes that the remote does not have yet; `moved` when a text is neither what it was nor what it is to be. */
export function listOpenTexts(
  { contents }: RemoteListing,
  changes: readonly TextChange[],
): TextChange[] | 'moved' {
  const open: TextChange[] = []
  for (const change of changes) {
    // A text that is not there and an empty one are the same to a reader.
    const current = contents[change.locale]?.[change.part] ?? ''
    if (current === change.value) continue
    if (current !== (change.before ?? '')) return 'moved'
    open.push(change)
  }
  return open
}
