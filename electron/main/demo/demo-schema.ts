import { CATALOGUE_SCHEMA } from '#main/demo/demo-schema-catalogue.ts'
import { CODES_SCHEMA } from '#main/demo/demo-schema-codes.ts'
import { ORDERS_SCHEMA } from '#main/demo/demo-schema-orders.ts'

const BASE_SCHEMA = /* GraphQL */ `
  scalar DateTime
  scalar Money
  scalar JSON

  enum SortOrder {
    ASC
    DESC
  }
  enum ErrorCode {
    INVALID_CREDENTIALS_ERROR
    ITEMS_ALREADY_FULFILLED_ERROR
    EMPTY_ORDER_LINE_SELECTION_ERROR
    FULFILLMENT_STATE_TRANSITION_ERROR
    INSUFFICIENT_STOCK_ON_HAND_ERROR
    INVALID_FULFILLMENT_HANDLER_ERROR
    QUANTITY_TOO_GREAT_ERROR
    MULTIPLE_ORDER_ERROR
    CANCEL_ACTIVE_ORDER_ERROR
    ORDER_STATE_TRANSITION_ERROR
  }
  enum DeletionResult {
    DELETED
    NOT_DELETED
  }

  interface ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  type Query {
    me: CurrentUser
    activeChannel: Channel!
    globalSettings: GlobalSettings!
  }

  type Mutation {
    login(username: String!, password: String!, rememberMe: Boolean): NativeAuthenticationResult!
    logout: Success!
  }

  type Success {
    success: Boolean!
  }
  type CurrentUser {
    id: ID!
    identifier: String!
    channels: [CurrentUserChannel!]!
  }
  type CurrentUserChannel {
    id: ID!
    token: String!
    code: String!
  }
  type InvalidCredentialsError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    authenticationError: String!
  }
  union NativeAuthenticationResult = CurrentUser | InvalidCredentialsError

  type GlobalSettings {
    id: ID!
    availableLanguages: [LanguageCode!]!
    trackInventory: Boolean!
    serverConfig: ServerConfig!
  }
  type ServerConfig {
    moneyStrategyPrecision: Int!
  }
  type Channel {
    id: ID!
    code: String!
    token: String!
    defaultLanguageCode: LanguageCode!
    availableLanguageCodes: [LanguageCode!]
    defaultCurrencyCode: CurrencyCode!
    availableCurrencyCodes: [CurrencyCode!]!
    pricesIncludeTax: Boolean!
    trackInventory: Boolean
  }

  input StringOperators {
    eq: String
    notEq: String
    contains: String
    in: [String!]
    notIn: [String!]
  }
  input DateOperators {
    eq: DateTime
    before: DateTime
    after: DateTime
  }
  input BooleanOperators {
    eq: Boolean
  }
  input IDOperators {
    eq: String
    notEq: String
    in: [String!]
    notIn: [String!]
  }
`

/**
 * The part of Vendure's admin API that the connector speaks, as a schema of its own: names and nullability as a
 * Vendure 3.7 server answers them (core/connectors/vendure/README.md). One suite runs against this shop and a
 * real Vendure, and a test compares every name and type with the real schema, so that it cannot drift.
 */
export const DEMO_SCHEMA = [BASE_SCHEMA, ORDERS_SCHEMA, CATALOGUE_SCHEMA, CODES_SCHEMA].join('\n')
