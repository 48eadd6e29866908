/**
 * The part of Vendure's admin API that the connector speaks, as a schema of its own: names and nullability as a
 * Vendure 3.7 server answers them (core/connectors/vendure/README.md). One suite runs against this shop and a
 * real Vendure, so that it cannot drift.
 */
export const DEMO_SCHEMA = /* GraphQL */ `
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
  }
  enum CurrencyCode {
    EUR
    USD
    JPY
  }

  interface ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  type Query {
    me: CurrentUser
    activeChannel: Channel!
    globalSettings: GlobalSettings!
    orders(options: OrderListOptions): OrderList!
    order(id: ID!): Order
  }

  type Mutation {
    login(username: String!, password: String!, rememberMe: Boolean): NativeAuthenticationResult!
    logout: Success!
    addFulfillmentToOrder(input: FulfillOrderInput!): AddFulfillmentToOrderResult!
    transitionFulfillmentToState(id: ID!, state: String!): TransitionFulfillmentToStateResult!
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
    serverConfig: ServerConfig!
  }
  type ServerConfig {
    moneyStrategyPrecision: Int!
  }
  type Channel {
    id: ID!
    code: String!
    token: String!
    defaultLanguageCode: String!
    defaultCurrencyCode: CurrencyCode!
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
    in: [String!]
  }
  input OrderFilterParameter {
    id: IDOperators
    code: StringOperators
    state: StringOperators
    active: BooleanOperators
    updatedAt: DateOperators
    orderPlacedAt: DateOperators
    _and: [OrderFilterParameter!]
    _or: [OrderFilterParameter!]
  }
  input OrderSortParameter {
    id: SortOrder
    updatedAt: SortOrder
    orderPlacedAt: SortOrder
    code: SortOrder
  }
  input OrderListOptions {
    skip: Int
    take: Int
    sort: OrderSortParameter
    filter: OrderFilterParameter
  }

  type OrderList {
    items: [Order!]!
    totalItems: Int!
  }
  type Order {
    id: ID!
    code: String!
    state: String!
    active: Boolean!
    currencyCode: CurrencyCode!
    total: Money!
    totalWithTax: Money!
    subTotalWithTax: Money!
    shippingWithTax: Money!
    createdAt: DateTime!
    updatedAt: DateTime!
    orderPlacedAt: DateTime
    customer: Customer
    shippingAddress: OrderAddress
    billingAddress: OrderAddress
    lines: [OrderLine!]!
    fulfillments: [Fulfillment!]
  }
  type Customer {
    id: ID!
    firstName: String!
    lastName: String!
    emailAddress: String!
    phoneNumber: String
  }
  type OrderAddress {
    fullName: String
    company: String
    streetLine1: String
    streetLine2: String
    city: String
    province: String
    postalCode: String
    country: String
    countryCode: String
    phoneNumber: String
  }
  type OrderLine {
    id: ID!
    quantity: Int!
    orderPlacedQuantity: Int!
    unitPrice: Money!
    unitPriceWithTax: Money!
    proratedUnitPriceWithTax: Money!
    discountedUnitPriceWithTax: Money!
    linePriceWithTax: Money!
    productVariant: ProductVariant!
    fulfillmentLines: [FulfillmentLine!]
  }
  type ProductVariant {
    id: ID!
    sku: String!
    name: String!
    languageCode: String!
  }
  type FulfillmentLine {
    orderLineId: ID!
    quantity: Int!
    fulfillmentId: ID!
  }
  type Fulfillment {
    id: ID!
    state: String!
    method: String!
    trackingCode: String!
    nextStates: [String!]!
    lines: [FulfillmentLine!]!
    createdAt: DateTime!
    updatedAt: DateTime!
  }

  input OrderLineInput {
    orderLineId: ID!
    quantity: Int!
  }
  input ConfigArgInput {
    name: String!
    value: String!
  }
  input ConfigurableOperationInput {
    code: String!
    arguments: [ConfigArgInput!]!
  }
  input FulfillOrderInput {
    lines: [OrderLineInput!]!
    handler: ConfigurableOperationInput!
  }

  type ItemsAlreadyFulfilledError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }
  type EmptyOrderLineSelectionError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }
  type InsufficientStockOnHandError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }
  type InvalidFulfillmentHandlerError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }
  type FulfillmentStateTransitionError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    transitionError: String!
    fromState: String!
    toState: String!
  }
  union AddFulfillmentToOrderResult =
    | Fulfillment
    | ItemsAlreadyFulfilledError
    | EmptyOrderLineSelectionError
    | InsufficientStockOnHandError
    | InvalidFulfillmentHandlerError
    | FulfillmentStateTransitionError
  union TransitionFulfillmentToStateResult = Fulfillment | FulfillmentStateTransitionError
`
