import type { OperationInput, OperationName, OperationOutput } from '#core/contracts/operations.ts'
import type { CheckOffline } from '#core/listing/rules.ts'
import type { HttpResponse, Operation, SessionScheme } from '#core/connectors/_kit/operation.ts'
import type { Manifest } from '#core/connectors/_kit/manifest.ts'

export type ConnectorOperations = {
  [N in OperationName]?: Operation<OperationInput<N>, OperationOutput<N>>
}

/** A connector as a value: what it is, how it signs in, what it can do. */
export interface Connector {
  manifest: Manifest
  session: SessionScheme | null
  /**
   * How long the remote wants to be left alone after this answer, ms, where it says so in its own way; null when it does not say. HTTP 429 and
   * 503 are understood without it.
   */
  waitAfter?: (response: HttpResponse) => number | null
  /** The tempo that this answer says its kind of request has, per second; null when it does not say. Only of those in `limits.rates`. */
  rateOf?: (response: HttpResponse) => number | null
  /** Holds what is not sent yet to the rules that `pull-listing-rules` brought; also in `offline-checks.ts`, for screens. */
  checkOffline?: CheckOffline
  operations: ConnectorOperations & Pick<Required<ConnectorOperations>, 'test-connection'>
}
