import type { Settings } from '#core/connectors/_kit/operation.ts'
import type { GraphqlApi } from '#core/connectors/_kit/graphql.ts'

/** What Vendure's error codes mean here: `errors[].extensions.code` and `errorCode` of result unions. */
const CODES: GraphqlApi['codes'] = {
  FORBIDDEN: { code: 'auth', reason: 'not-allowed' },
  UNAUTHORIZED: { code: 'auth', reason: 'signed-out' },
  INVALID_CREDENTIALS_ERROR: { code: 'auth', reason: 'wrong-credentials' },
  NATIVE_AUTH_STRATEGY_ERROR: { code: 'auth', reason: 'no-password-sign-in' },
  INTERNAL_SERVER_ERROR: { code: 'remote-down', reason: 'server-error' },
  GRAPHQL_VALIDATION_FAILED: { code: 'unsupported', reason: 'api-version' },
  GRAPHQL_PARSE_FAILED: { code: 'unsupported', reason: 'api-version' },
  BAD_USER_INPUT: { code: 'invalid-input', reason: 'refused' },
  USER_INPUT_ERROR: { code: 'invalid-input', reason: 'refused' },
  ENTITY_NOT_FOUND: { code: 'not-found' },
  CHANNEL_NOT_FOUND: { code: 'not-found', reason: 'channel' },
  EMPTY_ORDER_LINE_SELECTION_ERROR: { code: 'invalid-input', reason: 'nothing-to-ship' },
  ITEMS_ALREADY_FULFILLED_ERROR: { code: 'conflict', reason: 'shipped-otherwise' },
  INSUFFICIENT_STOCK_ON_HAND_ERROR: { code: 'invalid-input', reason: 'no-stock' },
  INVALID_FULFILLMENT_HANDLER_ERROR: { code: 'unsupported', reason: 'no-manual-fulfilment' },
  CREATE_FULFILLMENT_ERROR: { code: 'invalid-input', reason: 'refused' },
  FULFILLMENT_STATE_TRANSITION_ERROR: { code: 'conflict', reason: 'fulfilment-state' },
  ORDER_STATE_TRANSITION_ERROR: { code: 'conflict', reason: 'order-state' },
}

/** What they mean in answer to a cancellation: an order with nothing left on it was cancelled by somebody else. */
const CANCEL_CODES: GraphqlApi['codes'] = {
  ...CODES,
  EMPTY_ORDER_LINE_SELECTION_ERROR: { code: 'conflict', reason: 'order-state' },
  QUANTITY_TOO_GREAT_ERROR: { code: 'conflict', reason: 'order-state' },
  MULTIPLE_ORDER_ERROR: { code: 'conflict', reason: 'order-state' },
  CANCEL_ACTIVE_ORDER_ERROR: { code: 'conflict', reason: 'order-state' },
}

const TIMEOUT_MS = 30_000

/** The admin API of the shop in these settings; people may paste its address with or without `/admin-api`. */
export function adminApi(settings: Settings): GraphqlApi {
  const base = (settings['baseUrl'] ?? '').replace(/\/admin-api$/, '')
  return {
    path: `${base}/admin-api`,
    timeoutMs: TIMEOUT_MS,
    codes: CODES,
    refine: (found) =>
      // A 404 of the endpoint is not about an order: the shop is being moved, or the address is wrong.
      found.code === 'not-found' && found.remoteCode?.startsWith('HTTP ') === true
        ? { ...found, code: 'remote-down', reason: 'no-api-here' }
        : found,
  }
}

export function cancelApi(settings: Settings): GraphqlApi {
  return { ...adminApi(settings), codes: CANCEL_CODES }
}
