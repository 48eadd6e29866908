import { describe, expect, it } from 'vitest'
import type { ConnectionId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import { createConnectionStore } from '#main/secrets/connection-store.ts'
import type { VaultEntries } from '#main/secrets/vault-file.ts'
import type { Vault } from '#main/secrets/vault.ts'

const ID = 'c1' as ConnectionId
const DEMO = 'demo1' as ConnectionId
const entry = (password = 'p') => ({
  connectorId: 'vendure',
  settings: { baseUrl: 'https://a.example' },
  secrets: { password },
})

function memoryVault(open = true) {
  const state: { entries: VaultEntries } = { entries: {} }
  const locked = err(issue('auth', { reason: 'vault-locked' }))
  const vault = {
    read: async () => (open ? ok(state.entries) : locked),
    update: async (change: (entries: VaultEntries) => VaultEntries) => {
      if (!open) return locked
      state.entries = change(state.entries)
      return ok({})
    },
  } as Vault
  return { vault, state }
}

describe('the connection store', () => {
  it('replaces settings and secrets together, never one without the other', async () => {
    const { vault, state } = memoryVault()
    const store = createConnectionStore(vault)
    await store.save(ID, entry())
    await store.save(ID, {
      connectorId: 'vendure',
      settings: { baseUrl: 'https://evil.example' },
      secrets: {},
    })
    expect(state.entries[ID]).toEqual({
      connectorId: 'vendure',
      settings: { baseUrl: 'https://evil.example' },
      secrets: {},
    })
    const listed = await store.list()
    expect(listed).toMatchObject({ ok: true, value: [{ connectionId: ID, hasSecrets: false }] })
  })

  it('renews a secret beside the others, and brings back none that was removed', async () => {
    const { vault, state } = memoryVault()
    const forgotten: string[] = []
    const store = createConnectionStore(vault, (id) => forgotten.push(id))
    await store.save(ID, { ...entry(), secrets: { clientSecret: 's', refreshToken: 'first' } })
    await store.renewSecrets(ID, { refreshToken: 'second' })
    expect(state.entries[ID]?.secrets).toEqual({ clientSecret: 's', refreshToken: 'second' })
    // The session that it came with goes on.
    expect(forgotten).toEqual([ID])
    await store.remove(ID)
    await store.renewSecrets(ID, { refreshToken: 'third' })
    expect(state.entries).toEqual({})
  })

  it('lists no secret', async () => {
    const { vault } = memoryVault()
    const store = createConnectionStore(vault)
    await store.save(ID, entry('hunter2'))
    await store.bindInMemory(DEMO, entry('hunter2'))
    const listed = await store.list()
    expect(JSON.stringify(listed)).not.toContain('hunter2')
    expect(listed.ok && listed.value.map(({ hasSecrets }) => hasSecrets)).toEqual([true, true])
  })

  it('keeps demo connections out of the vault, and out of its way', async () => {
    const { vault, state } = memoryVault()
    const store = createConnectionStore(vault)
    await store.save(ID, entry())
    expect(await store.bindInMemory(ID, entry('demo'))).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    })
    expect(await store.bindInMemory(DEMO, entry('demo'))).toMatchObject({ ok: true })
    expect(await store.save(DEMO, entry())).toMatchObject({ ok: false, error: { code: 'conflict' } })
    expect(Object.keys(state.entries)).toEqual([ID])
    expect(await store.find(DEMO)).toMatchObject({ ok: true, value: { secrets: { password: 'demo' } } })
    expect(await store.remove(DEMO)).toMatchObject({ ok: true })
    expect(await store.find(DEMO)).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })

  it('works with demo shops while the vault is locked', async () => {
    const store = createConnectionStore(memoryVault(false).vault)
    expect(await store.list()).toMatchObject({ ok: false, error: { code: 'auth' } })
    await store.bindInMemory(DEMO, entry())
    expect(await store.list()).toMatchObject({ ok: true, value: [{ connectionId: DEMO }] })
    expect(await store.find(ID)).toMatchObject({ ok: false, error: { reason: 'vault-locked' } })
  })

  it('tells who has to forget a session', async () => {
    const told: string[] = []
    const store = createConnectionStore(memoryVault().vault, (id) => told.push(id))
    await store.save(ID, entry())
    await store.remove(ID)
    await store.remove(ID)
    await store.bindInMemory(DEMO, entry())
    expect(told).toEqual([ID, ID, DEMO])
  })

  it('finds nothing under names every object has', async () => {
    const store = createConnectionStore(memoryVault().vault)
    for (const id of ['__proto__', 'constructor', 'toString']) {
      expect(await store.find(id as ConnectionId)).toMatchObject({ ok: false, error: { code: 'not-found' } })
    }
  })
})
