import * as nodeFs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { SystemKeyStore } from '#main/secrets/system-key-store.ts'
import type { VaultFs } from '#main/secrets/vault-file.ts'
import { createVault, type Vault } from '#main/secrets/vault.ts'

/** Real scrypt, fewer rounds: hundreds of unlocks below. One test runs at full cost. */
const COST = 2 ** 14
const PASSPHRASE = 'correct horse 馬'
const ENTRY = {
  connectorId: 'vendure',
  settings: { address: 'https://shop.example' },
  secrets: { password: 'marker-SECRET-1' },
}

const noKeyring: SystemKeyStore = {
  isEncryptionAvailable: () => false,
  encryptString: () => expect.fail('not available'),
  decryptString: () => expect.fail('not available'),
}
const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a))
const keyring = (backend?: string): SystemKeyStore => ({
  isEncryptionAvailable: () => true,
  encryptString: (text) => flip(Buffer.from(`v1${text}`)),
  decryptString: (bytes) => {
    const text = flip(bytes).toString()
    if (!text.startsWith('v1')) throw new Error('cannot decrypt')
    return text.slice(2)
  },
  ...(backend === undefined ? {} : { getSelectedStorageBackend: () => backend }),
})

let folder: string
let file: string
beforeEach(async () => {
  folder = await nodeFs.mkdtemp(path.join(tmpdir(), 'caravel-vault-'))
  file = path.join(folder, 'vault.json')
})
const open = (more: { safeStorage?: SystemKeyStore; fs?: VaultFs; cost?: number } = {}): Vault =>
  createVault({ file, safeStorage: noKeyring, platform: 'linux', cost: COST, ...more })
const put = (vault: Vault, id = 'c1', entry = ENTRY) =>
  vault.update((entries) => ({ ...entries, [id]: entry }))
const made = async (): Promise<Vault> => {
  const vault = open()
  expect(await vault.create(PASSPHRASE)).toEqual({ ok: true, value: {} })
  expect(await put(vault)).toEqual({ ok: true, value: {} })
  return vault
}
const auth = (reason: string) => ({ ok: false, error: { code: 'auth', reason } })

describe('a passphrase vault', () => {
  it('is new, then ready, then locked at the next start, and opens again with its passphrase', async () => {
    expect(await open().status()).toEqual({ backend: 'passphrase', state: 'new' })
    const vault = await made()
    expect(await vault.status()).toEqual({ backend: 'passphrase', state: 'ready' })
    const next = open()
    expect(await next.status()).toEqual({ backend: 'passphrase', state: 'locked' })
    expect(await next.read()).toEqual(auth('vault-locked'))
    expect(await put(next)).toEqual(auth('vault-locked'))
    expect(await next.unlock('correct horse 驢')).toMatchObject(auth('wrong-passphrase'))
    expect(await next.unlock(PASSPHRASE)).toEqual({ ok: true, value: {} })
    expect(await next.read()).toEqual({ ok: true, value: { c1: ENTRY } })
  })

  it('opens at full cost, however the letters were composed', async () => {
    await open({ cost: 2 ** 17 }).create('Schlüssel-für-Große')
    expect(JSON.parse(await nodeFs.readFile(file, 'utf8'))).toMatchObject({ lock: { cost: 131072 } })
    expect(await open().unlock('Schlüssel-für-Große'.normalize('NFD'))).toMatchObject({ ok: true })
  })

  it('keeps nothing readable on disk, and the file to its owner', async () => {
    await made()
    const text = await nodeFs.readFile(file, 'utf8')
    for (const piece of ['marker', 'shop.example', 'vendure', 'horse', 'c1"'])
      expect(text).not.toContain(piece)
    expect((await nodeFs.stat(file)).mode & 0o777).toBe(0o600)
  })

  it('never seals twice with the same nonce, and keeps its salt', async () => {
    const vault = await made()
    const seen = new Set<string>()
    const salts = new Set<string>()
    for (let n = 0; n < 20; n++) {
      await put(vault)
      const { sealed, lock } = JSON.parse(await nodeFs.readFile(file, 'utf8'))
      seen.add(sealed.nonce)
      salts.add(lock.salt)
    }
    expect([seen.size, salts.size]).toEqual([20, 1])
  })

  it('cannot be replaced by a second create, nor by a short passphrase', async () => {
    expect(await open().create('short')).toMatchObject({
      ok: false,
      error: { code: 'invalid-input', field: 'passphrase' },
    })
    const vault = await made()
    for (const other of [vault, open()]) {
      expect(await other.create('another passphrase')).toMatchObject({
        ok: false,
        error: { code: 'conflict', reason: 'vault-exists' },
      })
    }
    expect(await open().unlock(PASSPHRASE)).toMatchObject({ ok: true })
  })

  it('loses no save when many come at once', async () => {
    const vault = await made()
    await Promise.all(Array.from({ length: 30 }, (_, n) => put(vault, `m${n}`)))
    const next = open()
    await next.unlock(PASSPHRASE)
    const entries = await next.read()
    expect(entries.ok && Object.keys(entries.value).length).toBe(31)
  })
})

describe('a changed file', () => {
  it('is never opened, whichever byte of whichever part was changed', async () => {
    await made()
    const original = await nodeFs.readFile(file, 'utf8')
    const parts = ['lock.salt', 'lock.check', 'sealed.nonce', 'sealed.tag', 'sealed.data'] as const
    for (const part of parts) {
      const [outer = '', inner = ''] = part.split('.')
      const length = Buffer.from(JSON.parse(original)[outer][inner], 'base64').length
      for (let at = 0; at < length; at += part === 'sealed.data' ? 11 : 3) {
        const changed = JSON.parse(original)
        const bytes = Buffer.from(changed[outer][inner], 'base64')
        bytes[at] = (bytes[at] ?? 0) ^ 1
        changed[outer][inner] = bytes.toString('base64')
        await nodeFs.writeFile(file, JSON.stringify(changed))
        const vault = open()
        expect(await vault.unlock(PASSPHRASE), `${part}[${at}]`).toMatchObject({
          ok: false,
          error: outer === 'lock' ? { code: 'auth' } : { code: 'malformed', reason: 'vault-damaged' },
        })
      }
    }
  })

  it.each([
    ['cut', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['zeroed', (text: string) => '\0'.repeat(text.length)],
    [
      'with a cost that would take all memory',
      (text: string) => text.replace('"cost": 16384', '"cost": 1073741824'),
    ],
    ['with a shortened tag', (text: string) => text.replace(/"tag": "[^"]+"/, '"tag": "AAAA"')],
    ['of another backend', (text: string) => text.replace('"passphrase"', '"system"')],
  ])('is set aside, not overwritten: %s', async (_name, change) => {
    await made()
    const broken = change(await nodeFs.readFile(file, 'utf8'))
    await nodeFs.writeFile(file, broken)
    const told: string[] = []
    const vault = createVault({
      file,
      safeStorage: noKeyring,
      cost: COST,
      onSetAside: (name) => told.push(name),
    })
    expect(await vault.status()).toEqual({ backend: 'passphrase', state: 'new' })
    expect(await vault.create('a new passphrase')).toMatchObject({ ok: true })
    expect(told).toEqual(['vault.json.set-aside-1'])
    expect(await nodeFs.readFile(`${file}.set-aside-1`, 'utf8')).toBe(broken)
  })

  it('keeps every file it ever set aside', async () => {
    for (const text of ['one', 'two']) {
      await nodeFs.writeFile(file, text)
      await open().status()
    }
    expect(await nodeFs.readFile(`${file}.set-aside-1`, 'utf8')).toBe('one')
    expect(await nodeFs.readFile(`${file}.set-aside-2`, 'utf8')).toBe('two')
  })

  it('of a later version is left alone', async () => {
    const later = JSON.stringify({ format: 'caravel-vault', version: 2, backend: 'quantum' })
    await nodeFs.writeFile(file, later)
    const vault = open()
    expect(await vault.status()).toMatchObject({ state: 'locked' })
    expect(await vault.create('some passphrase')).toMatchObject({
      ok: false,
      error: { code: 'unsupported', reason: 'vault-newer' },
    })
    expect(await vault.unlock('some passphrase')).toMatchObject({ ok: false, error: { code: 'unsupported' } })
    expect(await nodeFs.readFile(file, 'utf8')).toBe(later)
  })
})

describe('a crash in the middle of a write', () => {
  /** Fails for good from the nth call on, as a process that died or a disk that filled up. */
  function dying(after: number): { fs: VaultFs; calls: () => number } {
    let calls = 0
    const step = async <T>(work: () => Promise<T>): Promise<T> => {
      calls += 1
      if (calls > after) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
      return work()
    }
    const wrapOpen = async (name: string, flags: string, mode?: number) => {
      const handle = await nodeFs.open(name, flags, mode)
      return {
        writeFile: (bytes: string) =>
          step(async () => {
            await handle.write(bytes.slice(0, bytes.length / 2))
            await step(() => handle.write(bytes.slice(bytes.length / 2)))
          }),
        sync: () => step(() => handle.sync()),
        close: () => handle.close(),
      }
    }
    const fs = {
      ...nodeFs,
      open: (name: string, flags: string, mode?: number) => step(() => wrapOpen(name, flags, mode)),
      rename: (from: string, to: string) => step(() => nodeFs.rename(from, to)),
      rm: (name: string) => step(() => nodeFs.rm(name)),
    }
    return { fs: fs as unknown as VaultFs, calls: () => calls }
  }

  it('leaves the old vault or the new one, at every step', async () => {
    const outcomes: boolean[] = []
    for (let after = 0; after < 9; after++) {
      await nodeFs.rm(file, { force: true })
      await made()
      const vault = open({ fs: dying(after).fs })
      await vault.unlock(PASSPHRASE)
      const saved = await put(vault, 'c2')
      const next = open()
      expect(await next.unlock(PASSPHRASE), `after ${after}`).toEqual({ ok: true, value: {} })
      const entries = await next.read()
      if (!entries.ok) return expect.fail('not readable')
      expect(entries.value.c1).toEqual(ENTRY)
      if (saved.ok) expect(entries.value.c2).toEqual(ENTRY)
      const memory = await vault.read()
      expect(memory.ok && 'c2' in memory.value).toBe(saved.ok)
      outcomes.push(saved.ok)
    }
    expect(outcomes).toContain(true)
    expect(outcomes[0]).toBe(false)
  })

  it('does not trip over a temporary file left behind', async () => {
    await made()
    await nodeFs.writeFile(`${file}.${process.pid}.tmp`, 'half')
    const vault = open()
    await vault.unlock(PASSPHRASE)
    expect(await put(vault, 'c2')).toMatchObject({ ok: true })
    expect(await nodeFs.readdir(folder)).toEqual(['vault.json'])
  })
})

describe('the system key store', () => {
  it('is used where there is one, without any question', async () => {
    const vault = open({ safeStorage: keyring('gnome_libsecret') })
    expect(await vault.status()).toEqual({ backend: 'system', state: 'ready' })
    expect(await put(vault)).toMatchObject({ ok: true })
    expect(await nodeFs.readFile(file, 'utf8')).not.toContain('marker')
    expect(await open({ safeStorage: keyring() }).read()).toEqual({ ok: true, value: { c1: ENTRY } })
  })

  it.each(['basic_text', 'unknown'])('does not count when it is %s: that is plain text', async (backend) => {
    expect(await open({ safeStorage: keyring(backend) }).status()).toEqual({
      backend: 'passphrase',
      state: 'new',
    })
  })

  it('does not take over a passphrase vault', async () => {
    await made()
    expect(await open({ safeStorage: keyring() }).status()).toEqual({
      backend: 'passphrase',
      state: 'locked',
    })
  })

  it('that is gone locks the vault; it opens when the key is back', async () => {
    await put(open({ safeStorage: keyring() }))
    let there = false
    const vault = open({ safeStorage: { ...keyring(), isEncryptionAvailable: () => there } })
    expect(await vault.status()).toEqual({ backend: 'system', state: 'locked' })
    expect(await put(vault)).toEqual(auth('system-key-unavailable'))
    expect(await vault.unlock('whatever it is')).toEqual(auth('system-key-unavailable'))
    there = true
    expect(await vault.read()).toEqual({ ok: true, value: { c1: ENTRY } })
  })

  it('that is gone for good gives way to a passphrase, and its file is kept', async () => {
    await put(open({ safeStorage: keyring() }))
    const before = await nodeFs.readFile(file, 'utf8')
    const vault = open()
    expect(await vault.create(PASSPHRASE)).toMatchObject({ ok: true })
    expect(await vault.read()).toEqual({ ok: true, value: {} })
    expect(await nodeFs.readFile(`${file}.set-aside-1`, 'utf8')).toBe(before)
  })

  it('can be left for a passphrase: everything is encrypted again', async () => {
    const vault = open({ safeStorage: keyring() })
    await put(vault)
    expect(await vault.create(PASSPHRASE)).toMatchObject({ ok: true })
    expect(await vault.status()).toEqual({ backend: 'passphrase', state: 'ready' })
    const next = open({ safeStorage: keyring() })
    expect(await next.unlock(PASSPHRASE)).toMatchObject({ ok: true })
    expect(await next.read()).toEqual({ ok: true, value: { c1: ENTRY } })
  })
})
