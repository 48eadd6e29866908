import type { OperationOutput } from '#core/contracts/operations.ts'
import type { Result } from '#core/shared/result.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Tests credentials beside the ones in use, so that a typing error never replaces those. Nothing of them is kept. */
export async function tryCredentials(
  { host, newId }: UseCaseContext,
  connectorId: string,
  credentials: { settings: Record<string, string>; secrets: Record<string, string> },
): Promise<Result<OperationOutput<'test-connection'>>> {
  const connectionId = newId<'connection'>()
  const saved = await host['connections.save']({ connectionId, connectorId, ...credentials })
  if (!saved.ok) return saved
  const tested = await host['connector.test-connection']({ connectionId })
  await host['connections.remove']({ connectionId })
  return tested
}
