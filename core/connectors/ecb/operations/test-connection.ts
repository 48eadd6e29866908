import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import { err, ok } from '#core/shared/result.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { ecbManifest } from '#core/connectors/ecb/manifest.ts'
import { askRates } from '#core/connectors/ecb/operations/pull-rates.ts'

type Name = 'test-connection'

/** Reads the newest day: an answer that is none must not pass for a connection. */
export const testConnection: Operation<OperationInput<Name>, OperationOutput<Name>> = function* (
  _input,
  { now },
) {
  const read = yield* askRates('latest', now)
  if (!read.ok) return err([read.error])
  return ok({ accountName: ecbManifest.name, apiVersion: ecbManifest.api.version })
}
