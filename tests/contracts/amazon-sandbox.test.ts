import { describe, expect, it } from 'vitest'
import type { OperationName } from '#core/contracts/operations.ts'
import type { SandboxCase } from './amazon-sandbox.ts'
import { casesOf, runSandbox } from './amazon-sandbox-run.ts'
import { SKIPPED, specsFolder } from './specs-folder.ts'

const SETTINGS = { region: 'na', clientId: 'client-1' }

const run = <N extends OperationName>(operation: N, input: unknown, cases: readonly SandboxCase[]) =>
  runSandbox(operation, input, cases, SETTINGS)

describe.skipIf(!specsFolder)(`Amazon’s own sandbox cases${SKIPPED}`, () => {
  const refused = { ok: false, error: [{ code: 'invalid-input', reason: 'refused' }] }

  it('of searching for orders come to orders, or to a refusal', () => {
    const cases = casesOf('orders_2026-01-01', 'searchOrders')
    const input = { checkpoint: null, pageToken: null, pageSize: 100 }
    const results = cases.map((each) => run('pull-orders', input, [each]))
    expect(results.filter(({ ok }) => !ok)).toMatchObject([refused])
    expect(results.flatMap((each) => (each.ok ? each.value.rejected : []))).toEqual([])
    expect(results.flatMap((each) => (each.ok ? each.value.orders : []))).toMatchObject([
      {
        ...{ number: '250-1234567-8901234', status: 'shipped', total: { minor: 19_940, currency: 'JPY' } },
        ...{ lines: [{ quantity: 1 }, { quantity: 2, unitPrice: { minor: 6_980, currency: 'JPY' } }] },
        charges: { goods: { minor: 19_940 }, tax: { minor: 0 } },
      },
      {
        ...{ number: '202-7654321-1098765', status: 'shipped', total: { minor: 3_499, currency: 'GBP' } },
        fulfilments: [{ carrier: 'DPD', trackingNumber: '15501234567890123456', state: 'IN_TRANSIT' }],
      },
      {
        ...{ number: '171-2345678-9012345', status: 'to_ship', total: { minor: 159_990, currency: 'BRL' } },
        ...{ shipBy: Date.UTC(2024, 11, 24, 23, 59, 59), shipTo: { country: 'BR' } },
      },
    ])
  })

  it('of one order come to the order, or to a refusal', () => {
    const cases = casesOf('orders_2026-01-01', 'getOrder')
    const results = cases.map((each) =>
      run('read-orders', { remoteIds: [each.parameters['orderId']] }, [each]),
    )
    expect(results.filter(({ ok }) => !ok)).toMatchObject([refused])
    expect(results.flatMap((each) => (each.ok ? each.value.orders : []))).toMatchObject([
      {
        status: 'to_ship',
        total: { minor: 29_990, currency: 'BRL' },
        shipTo: { region: 'SP', country: 'BR' },
      },
      { status: 'shipped', lines: [{ quantity: 2, unitPrice: { minor: 6_250, currency: 'TRY' } }] },
      {
        ...{ status: 'to_ship', lines: [{ unitPrice: { minor: 4_999 }, tax: { minor: 1_000 } }] },
        charges: { goods: { minor: 3_999 }, tax: { minor: 1_000 }, taxIncluded: false },
      },
    ])
  })

  it('of a shipment come to a confirmation, or to a refusal', () => {
    const cases = casesOf('ordersV0', 'confirmShipment')
    const [order] = casesOf('orders_2026-01-01', 'getOrder')
    const results = cases.map(({ parameters, ...told }) => {
      const { packageDetail } = parameters['body'] as {
        packageDetail: { trackingNumber: string; carrierCode: string }
      }
      const input = {
        ...{ intentId: 'intent-1', orderRemoteId: parameters['orderId'] },
        ...{ trackingNumber: packageDetail.trackingNumber, carrier: packageDetail.carrierCode },
      }
      return run('confirm-shipment', input, [order!, { parameters, ...told }, order!])
    })
    expect(results).toMatchObject([{ ok: true, value: { outcome: 'confirmed' } }, refused])
  })

  it('of where an account sells come to its name', () => {
    const cases = casesOf('sellers', 'getMarketplaceParticipations')
    const none = casesOf('orders_2026-01-01', 'getOrder').filter(({ response }) => response.status === 400)
    expect(cases.map((each) => run('test-connection', {}, [each, ...none]))).toMatchObject([
      { ok: true, value: { accountName: 'BestSellerStore · US' } },
    ])
  })
})
