import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SKIPPED, specsFolder } from '#tests/contracts/specs-folder.ts'
import { createAccount } from '#tests/fakes/amazon/account-state.ts'
import { startHeldAccount, type HeldAccount } from './amazon-models/held-account.ts'

let held: HeldAccount
let fake: HeldAccount['fake']
let proxy: HeldAccount['proxy']

describe.skipIf(!specsFolder)(`Product types of Amazon, held to the official models${SKIPPED}`, () => {
  beforeAll(async () => {
    held = await startHeldAccount(['definitionsProductTypes_2020-09-01'])
    ;({ fake, proxy } = held)
  })

  afterAll(() => held.stop())

  beforeEach(() => {
    fake.use(createAccount())
    fake.account.definitions.storageUrl = proxy.baseUrl
    proxy.clear()
  })

  afterEach(() => {
    expect(held.broken()).toEqual([])
  })

  async function pull(checksum: string | null = null, ruleSet = 'DE:DRINKING_CUP') {
    const desk = held.open({ settings: { sellerId: fake.account.sellerId, marketplaces: 'DE, GB' } })
    return desk.runtime.run(desk.connectionId, 'pull-listing-rules', { ruleSet, checksum })
  }

  it('are fetched from storage, which is shown no token, and again only when they changed', async () => {
    const first = await pull()
    const checksum = first.ok ? first.value.checksum : ''
    expect(first).toMatchObject({ ok: true, value: { rules: expect.stringContaining('maxUtf8ByteLength') } })
    expect(await pull(checksum)).toEqual({ ok: true, value: { checksum, rules: null } })
    expect(fake.calls).toEqual(['GetDefinitionsProductType', 'Document', 'GetDefinitionsProductType'])
    const schema = fake.account.definitions.byType.get('DRINKING_CUP')!
    fake.account.definitions.byType.set('DRINKING_CUP', { ...schema, required: [] })
    const changed = await pull(checksum)
    expect(changed).toMatchObject({ ok: true, value: { rules: expect.stringContaining('"required":[]') } })
    expect(changed.ok && changed.value.checksum).not.toBe(checksum)
  })

  it('do not follow a link to anywhere else', async () => {
    fake.account.definitions.storageUrl = 'https://schemas.example.com'
    expect(await pull()).toMatchObject({ ok: false, error: { code: 'malformed' } })
    expect(fake.calls).toEqual(['GetDefinitionsProductType'])
  })

  it('say that a link ended, not that the account may not', async () => {
    proxy.plan({
      match: ({ path }) => path.startsWith('/documents/'),
      fault: { kind: 'status', status: 403, body: '<Error><Code>AccessDenied</Code></Error>' },
    })
    expect(await pull()).toMatchObject({ ok: false, error: { code: 'remote-down' } })
  })

  it('are each marketplace’s own, and of types that there are', async () => {
    const [de, gb] = [await pull(), await pull(null, 'GB:DRINKING_CUP')]
    expect(de.ok && gb.ok && de.value.checksum !== gb.value.checksum).toBe(true)
    expect(await pull(null, 'DE:TELEPORTER')).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})
