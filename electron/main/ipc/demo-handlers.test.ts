import { afterEach, describe, expect, it } from 'vitest'
import { DEMO_STIRS } from '#core/contracts/demo.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { ok } from '#core/shared/result.ts'
import { describeDemo } from '#main/demo/demo-seed.ts'
import { createDemoShops } from '#main/demo/demo-shops.ts'
import { demoHandlers } from '#main/ipc/demo-handlers.ts'
import { createConnectionStore } from '#main/secrets/connection-store.ts'
import type { Vault } from '#main/secrets/vault.ts'
import { askDemoShop } from '#main/demo/ask-demo-shop.ts'

const DEMO = 'demo1' as ConnectionId
const REAL = 'real1' as ConnectionId

describe('stirring a demo shop', () => {
  const demo = createDemoShops({ stateFile: null, now: () => Date.parse('2026-11-22T12:00:00Z') })
  const real = {
    connectorId: 'vendure',
    settings: { baseUrl: 'https://a.example' },
    secrets: { password: 'p' },
  }
  const vault = { read: async () => ok({ [REAL]: real }) } as unknown as Vault
  const handlers = demoHandlers({ demo, describeDemo, connections: createConnectionStore(vault) })
  afterEach(() => demo.stop())

  it('does it at the shop that the connection is bound to', async () => {
    expect(await handlers['demo.start']({ shops: [{ connectionId: DEMO, shop: 'kettle' }] })).toEqual(ok({}))
    const [shop] = await demo.start([])
    for (const what of DEMO_STIRS)
      expect(await handlers['demo.stir']({ shop: DEMO, what, target: '' }), what).toEqual(ok({}))
    const { products } = (await askDemoShop(
      shop!,
      '{ products(options: { take: 1 }) { items { id } } }',
    )) as {
      products: { items: unknown[] }
    }
    expect(products.items).toEqual([{ id: '2' }])
  })

  it('does nothing at any other connection, and says when there is nothing to do', async () => {
    await handlers['demo.start']({ shops: [{ connectionId: DEMO, shop: 'kettle' }] })
    const stir = (shop: ConnectionId, target = '') => handlers['demo.stir']({ shop, what: 'title', target })
    expect(await stir(REAL)).toMatchObject({
      ok: false,
      error: { code: 'not-found', reason: 'nothing-to-stir' },
    })
    expect(await stir(DEMO, '999')).toMatchObject({
      ok: false,
      error: { code: 'not-found', field: 'target' },
    })
    expect(await stir('nobody' as ConnectionId)).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})
