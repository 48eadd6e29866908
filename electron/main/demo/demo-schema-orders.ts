/** The part of Vendure's admin API that is about orders; see DEMO_SCHEMA. */
export const ORDERS_SCHEMA = /* GraphQL */ `
  extend type Query {
    orders(options: OrderListOptions): OrderList!
    order(id: ID!): Order
  }

  extend type Mutation {
    addFulfillmentToOrder(input: FulfillOrderInput!): AddFulfillmentToOrderResult!
    transitionFulfillmentToState(id: ID!, state: String!): TransitionFulfillmentToStateResult!
    cancelOrder(input: CancelOrderInput!): CancelOrderResult!
    addNoteToOrder(input: AddNoteToOrderInput!): Order!
    updateOrderNote(input: UpdateOrderNoteInput!): HistoryEntry!
    deleteOrderNote(id: ID!): DeletionResponse!
  }

  enum HistoryEntryType {
    ORDER_NOTE
    ORDER_CANCELLATION
    ORDER_STATE_TRANSITION
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
    nextStates: [String!]!
    history(options: HistoryEntryListOptions): HistoryEntryList!
  }
  type HistoryEntryList {
    items: [HistoryEntry!]!
    totalItems: Int!
  }
  type HistoryEntry {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    type: HistoryEntryType!
    isPublic: Boolean!
    administrator: Administrator
    data: JSON!
  }
  type Administrator {
    id: ID!
    firstName: String!
    lastName: String!
    emailAddress: String!
  }
  input HistoryEntryFilterParameter {
    id: IDOperators
    type: StringOperators
    isPublic: BooleanOperators
    createdAt: DateOperators
    updatedAt: DateOperators
    _and: [HistoryEntryFilterParameter!]
    _or: [HistoryEntryFilterParameter!]
  }
  input HistoryEntrySortParameter {
    id: SortOrder
    createdAt: SortOrder
    updatedAt: SortOrder
  }
  input HistoryEntryListOptions {
    skip: Int
    take: Int
    sort: HistoryEntrySortParameter
    filter: HistoryEntryFilterParameter
  }
  type DeletionResponse {
    result: DeletionResult!
    message: String
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
  type FulfillmentLine {
    orderLineId: ID!
    quantity: Int!
    fulfillmentId: ID!
  }
  type Fulfillment {
    id: ID!
    state: String!
    method: String!
    trackingCode: String
    nextStates: [String!]!
    lines: [FulfillmentLine!]!
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
  input CancelOrderInput {
    orderId: ID!
    lines: [OrderLineInput!]
    cancelShipping: Boolean
    reason: String
  }
  input AddNoteToOrderInput {
    id: ID!
    note: String!
    isPublic: Boolean!
  }
  input UpdateOrderNoteInput {
    noteId: ID!
    note: String
    isPublic: Boolean
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
    productVariantId: ID!
    productVariantName: String!
    stockOnHand: Int!
  }
  type QuantityTooGreatError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }
  type MultipleOrderError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }
  type CancelActiveOrderError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    orderState: String!
  }
  type OrderStateTransitionError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    transitionError: String!
    fromState: String!
    toState: String!
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
  union CancelOrderResult =
    | Order
    | EmptyOrderLineSelectionError
    | QuantityTooGreatError
    | MultipleOrderError
    | CancelActiveOrderError
    | OrderStateTransitionError
`
