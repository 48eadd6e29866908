import type { OperationInput, OperationName, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation, SessionScheme } from '#core/connectors/_kit/operation.ts'
import type { Manifest } from '#core/connectors/_kit/manifest.ts'

export type ConnectorOperations = {
  [N in OperationName]?: Operation<OperationInput<N>, OperationOutput<N>>
}

/** A connector as a value: what it is, how it signs in, what it can do. */
export interface Connector {
  manifest: Manifest
  session: SessionScheme | null
  operations: ConnectorOperations & Pick<Required<ConnectorOperations>, 'test-connection'>
}
