import { timeOf, type FakeItem, type FakeMarketplace, type FakeOrder } from './account-state.ts'

/** An order of the fake as Orders 2026-01-01 shows it, with as much as was asked for. */
export function showOrder(
  order: FakeOrder,
  marketplaces: readonly FakeMarketplace[],
  included: ReadonlySet<string>,
) {
  const market = marketplaces.find(({ id }) => id === order.marketplaceId)
  const part = (name: string, value: object): object => (included.has(name) ? value : {})
  return {
    orderId: order.id,
    createdTime: timeOf(order.createdAt),
    lastUpdatedTime: timeOf(order.updatedAt),
    salesChannel: {
      ...{ channelName: 'AMAZON', marketplaceId: order.marketplaceId },
      ...(market === undefined ? {} : { marketplaceName: market.name }),
    },
    ...part('BUYER', {
      buyer: { buyerName: order.buyerName, buyerEmail: `${order.id}@marketplace.amazon.de` },
    }),
    ...(order.address === null ? {} : part('RECIPIENT', { recipient: { deliveryAddress: order.address } })),
    ...(order.total === null
      ? {}
      : part('PROCEEDS', { proceeds: { grandTotal: money(order.total, order.currency) } })),
    ...part('FULFILLMENT', {
      fulfillment: {
        ...{
          fulfillmentStatus: order.status,
          fulfilledBy: order.fulfilledBy,
          fulfillmentServiceLevel: 'STANDARD',
        },
        ...(order.shipBy === null
          ? {}
          : {
              shipByWindow: {
                earliestDateTime: timeOf(order.createdAt),
                latestDateTime: timeOf(order.shipBy),
              },
            }),
      },
    }),
    ...(order.buyerTaxNumber === null ? {} : part('TAX', { tax: showTax(order.buyerTaxNumber) })),
    orderItems: order.items.map((item) => showItem(item, order.currency, part)),
    ...part('PACKAGES', { packages: order.packages.map(showPackage) }),
  }
}

const money = (amount: string, currencyCode: string) => ({ amount, currencyCode })

function showTax({ type, number }: NonNullable<FakeOrder['buyerTaxNumber']>) {
  return {
    taxRegistrations: [{ entityType: 'BUYER', taxRegistrationType: type, taxRegistrationNumber: number }],
  }
}

function showItem(item: FakeItem, currency: string, part: (name: string, value: object) => object) {
  const total = item.breakdowns.reduce((sum, { amount }) => sum + Number(amount), 0)
  return {
    orderItemId: item.orderItemId,
    quantityOrdered: item.quantity,
    product: {
      ...{ asin: 'B08N5WRWNW', title: item.title, sellerSku: item.sku },
      ...(item.unitPrice === null ? {} : { price: { unitPrice: money(item.unitPrice, currency) } }),
    },
    ...(item.breakdowns.length === 0
      ? {}
      : part('PROCEEDS', {
          proceeds: {
            proceedsTotal: money(total.toFixed(2), currency),
            breakdowns: item.breakdowns.map(({ type, amount, details }) => ({
              ...{ type, subtotal: money(amount, currency) },
              ...(details && {
                detailedBreakdowns: details.map((each) => ({
                  ...{ subtype: each.subtype, value: money(each.amount, currency) },
                })),
              }),
            })),
          },
        })),
    ...part('CANCELLATION', showCancellation(item)),
    ...part('FULFILLMENT', {
      fulfillment: {
        quantityFulfilled: item.quantityFulfilled,
        quantityUnfulfilled: item.isCancelled === true ? 0 : item.quantity - item.quantityFulfilled,
        ...(item.iossNumber && {
          shipping: { internationalShipping: { iossNumber: item.iossNumber } },
        }),
      },
    }),
  }
}

function showCancellation({ isCancelRequested, isCancelled }: FakeItem) {
  if (isCancelRequested !== true && isCancelled !== true) return {}
  return {
    cancellation: {
      ...(isCancelRequested === true && {
        cancellationRequest: { requester: 'BUYER', cancelReason: 'No longer needed' },
      }),
      ...(isCancelled === true && {
        cancellationExecution: { cancelledBy: 'MERCHANT', cancelReason: 'No inventory' },
      }),
    },
  }
}

function showPackage({
  packageReferenceId,
  status,
  carrier,
  trackingNumber,
  shipTime,
  items,
}: FakeOrder['packages'][number]) {
  return {
    ...{
      packageReferenceId,
      createdTime: shipTime,
      packageStatus: { status },
      carrier,
      shipTime,
      trackingNumber,
    },
    packageItems: items,
  }
}
