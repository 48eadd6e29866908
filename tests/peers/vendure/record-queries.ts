import type { Variables } from './peer-api.ts'

export const orderSelection = `
  id code state active currencyCode totalWithTax subTotalWithTax shippingWithTax orderPlacedAt createdAt updatedAt
  customer { id firstName lastName emailAddress phoneNumber }
  shippingAddress { fullName company streetLine1 streetLine2 city province postalCode country countryCode phoneNumber }
  shippingLines { shippingMethod { code name } priceWithTax }
  lines { id quantity orderPlacedQuantity unitPriceWithTax proratedUnitPriceWithTax productVariant { id sku name } }
  fulfillments { id state method trackingCode createdAt updatedAt lines { orderLineId quantity } }`

export const orders = `query Orders($options: OrderListOptions) {
  orders(options: $options) { totalItems items { ${orderSelection} } }
}`

export const orderById = `query OrderById($id: ID!) { order(id: $id) { ${orderSelection} nextStates } }`

export const activeChannel = `query ActiveChannel {
  activeChannel {
    id code token defaultLanguageCode availableLanguageCodes defaultCurrencyCode availableCurrencyCodes pricesIncludeTax
  }
}`

export const addFulfillment = `mutation AddFulfillment($input: FulfillOrderInput!) {
  addFulfillmentToOrder(input: $input) {
    __typename
    ... on Fulfillment { id state method trackingCode lines { orderLineId quantity } }
    ... on ErrorResult { errorCode message }
    ... on InsufficientStockOnHandError { productVariantId productVariantName stockOnHand }
    ... on CreateFulfillmentError { fulfillmentHandlerError }
    ... on FulfillmentStateTransitionError { transitionError fromState toState }
  }
}`

export const transitionFulfillment = `mutation TransitionFulfillment($id: ID!, $state: String!) {
  transitionFulfillmentToState(id: $id, state: $state) {
    __typename
    ... on Fulfillment { id state method trackingCode nextStates }
    ... on FulfillmentStateTransitionError { errorCode message transitionError fromState toState }
  }
}`

export const transitionOrder = `mutation TransitionOrder($id: ID!, $state: String!) {
  transitionOrderToState(id: $id, state: $state) {
    __typename
    ... on Order { id state nextStates }
    ... on OrderStateTransitionError { errorCode message transitionError fromState toState }
  }
}`

export const modifyOrder = `mutation ModifyOrder($input: ModifyOrderInput!) {
  modifyOrder(input: $input) { __typename ... on Order { id state totalWithTax } ... on ErrorResult { errorCode message } }
}`

export const products = `query Products($options: ProductListOptions) {
  products(options: $options) {
    totalItems
    items {
      id createdAt updatedAt enabled languageCode name slug description
      translations { languageCode name slug description }
      variants { id sku name }
    }
  }
}`

export const variants = `query Variants($options: ProductVariantListOptions) {
  productVariants(options: $options) {
    totalItems
    items {
      id updatedAt enabled sku name price priceWithTax currencyCode prices { currencyCode price } product { id }
      stockLevels { stockLocationId stockOnHand stockAllocated } stockLevel trackInventory
    }
  }
}`

export const updateVariants = `mutation UpdateVariants($input: [UpdateProductVariantInput!]!) {
  updateProductVariants(input: $input) { id updatedAt sku price prices { currencyCode price } stockLevels { stockOnHand } }
}`

/** The seller's pull: oldest change first, carts left out, the id as tie-breaker because times have whole seconds. */
export function ordersPage(take: number, skip = 0, after = '2000-01-01T00:00:00.000Z'): Variables {
  return {
    options: {
      take,
      skip,
      sort: { updatedAt: 'ASC', id: 'ASC' },
      filter: { updatedAt: { after }, active: { eq: false } },
    },
  }
}

type Line = { id: string; quantity: number }

export function toLineInput({ id, quantity }: Line): { orderLineId: string; quantity: number } {
  return { orderLineId: id, quantity }
}

export function fulfil(
  lines: Line[],
  method: string,
  trackingCode: string,
  code = 'manual-fulfillment',
): Variables {
  return {
    input: {
      lines: lines.map(toLineInput),
      handler: {
        code,
        arguments: [
          { name: 'method', value: method },
          { name: 'trackingCode', value: trackingCode },
        ],
      },
    },
  }
}
