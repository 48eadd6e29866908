import * as nodeFs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { placeOfId } from '#core/customs/tax-ids/choose-tax-ids.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { fillTaxIds } from '#main/documents/fill-tax-ids.ts'
import { createConnectionStore } from '#main/secrets/connection-store.ts'
import { createTaxIdStore } from '#main/secrets/tax-id-store.ts'
import { createVault, type Vault } from '#main/secrets/vault.ts'
import { DECLARATION, labelInput } from '#tests/support/label-samples.ts'

const PASSPHRASE = 'correct horse 馬'
const IOSS = { id: 'ioss1', kind: 'ioss', country: 'EU', number: 'im 0123456789' } as const
const unavailable = {
  isEncryptionAvailable: () => false,
  encryptString: () => expect.fail('not available'),
  decryptString: () => expect.fail('not available'),
}

let file: string
const open = (): Vault => createVault({ file, safeStorage: unavailable, platform: 'linux', cost: 2 ** 14 })
beforeEach(async () => {
  file = path.join(await nodeFs.mkdtemp(path.join(tmpdir(), 'caravel-tax-ids-')), 'vault.json')
})

describe('tax ids', () => {
  it('go into the vault and come out masked; no connection is made of them', async () => {
    const vault = open()
    await vault.create(PASSPHRASE)
    const store = createTaxIdStore(vault)
    expect(await store.save(IOSS)).toEqual({ ok: true, value: {} })
    expect(
      await store.save({ ...IOSS, id: 'voec1', kind: 'voec', country: 'NO', number: '2001234' }),
    ).toMatchObject({ ok: true })
    expect(await store.list()).toEqual({
      ok: true,
      value: [
        { id: 'ioss1', masked: '••••789' },
        { id: 'voec1', masked: '••••234' },
      ],
    })
    expect(await createConnectionStore(vault).list()).toEqual({ ok: true, value: [] })
    expect(await nodeFs.readFile(file, 'utf8')).not.toContain('0123456789')

    expect(
      await createConnectionStore(vault).save('c1' as ConnectionId, {
        connectorId: 'x',
        settings: {},
        secrets: {},
      }),
    ).toMatchObject({ ok: true })
    await store.remove('ioss1')
    expect(await store.list()).toMatchObject({ value: [{ id: 'voec1' }] })
  })

  it('are refused when they are none, and nothing is written', async () => {
    const vault = open()
    await vault.create(PASSPHRASE)
    const refused = await createTaxIdStore(vault).save({ ...IOSS, number: '123' })
    expect(refused).toMatchObject({ ok: false, error: { reason: 'tax-id-ioss', field: 'number' } })
    expect(await vault.read()).toEqual({ ok: true, value: {} })
  })
})

describe('papers', () => {
  const withPlace = (text: string) =>
    labelInput({ declaration: { ...DECLARATION, senderTaxReference: `IOSS ${text}` } })

  it('have the numbers in their places, and nowhere that a buyer writes', async () => {
    const vault = open()
    await vault.create(PASSPHRASE)
    const store = createTaxIdStore(vault)
    await store.save(IOSS)
    const label = withPlace(placeOfId('ioss1'))
    label.to = { ...label.to, name: placeOfId('ioss1') }
    const filled = await fillTaxIds(label, store)
    expect(filled).toEqual({
      ok: true,
      value: { ...label, declaration: { ...label.declaration, senderTaxReference: 'IOSS IM0123456789' } },
    })
  })

  it('that need no number are drawn while the vault is locked; those that do say so', async () => {
    await open().create(PASSPHRASE)
    const store = createTaxIdStore(open())
    const plain = labelInput()
    expect(await fillTaxIds(plain, store)).toEqual({ ok: true, value: plain })
    expect(await fillTaxIds(withPlace(placeOfId('ioss1')), store)).toMatchObject({
      ok: false,
      error: { code: 'auth', reason: 'vault-locked' },
    })
  })

  it('are not drawn with a number that is gone', async () => {
    const vault = open()
    await vault.create(PASSPHRASE)
    expect(await fillTaxIds(withPlace(placeOfId('other')), createTaxIdStore(vault))).toMatchObject({
      ok: false,
      error: { code: 'not-found', reason: 'tax-id-gone' },
    })
  })
})
