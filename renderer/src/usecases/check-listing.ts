import type { ConnectionId } from '#core/shared/ids.ts'
import type { OperationOutput } from '#core/contracts/operations.ts'
import type { Result } from '#core/shared/result.ts'
import type { ContentChange } from '#core/sync/outbox.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

export interface TextsToCheck {
  connectionId: ConnectionId
  listingRemoteId: string
  changes: ContentChange[]
}

/** What the other side would say of texts that are not sent yet; nothing is written there or here. Issues: those of the call. */
export function checkListing(
  { host }: UseCaseContext<'connector.check-listing'>,
  texts: TextsToCheck,
): Promise<Result<OperationOutput<'check-listing'>>> {
  return host['connector.check-listing']({ ...texts, priority: 'interactive' })
}
