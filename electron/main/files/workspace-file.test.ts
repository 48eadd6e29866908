import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Backup } from '#core/contracts/transfer.ts'
import { ok } from '#core/shared/result.ts'
import { createBackupFolder, keptBackups } from '#main/files/backup-folder.ts'
import { createBackupKeys } from '#main/files/backup-key.ts'
import { createExportSessions } from '#main/files/export-sessions.ts'
import { createImportSessions } from '#main/files/import-sessions.ts'
import { DamagedFile, FRAME_BYTES, FrameSealer, openFrames, type ReadAt } from '#main/files/sealed-frames.ts'
import type { VaultEntries } from '#main/secrets/vault-file.ts'

const key = { key: randomBytes(32), context: randomBytes(32) }
const reader =
  (bytes: Buffer): ReadAt =>
  (position, length) =>
    Promise.resolve(bytes.subarray(position, position + length))

async function openAll(bytes: Buffer): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const { plain } of openFrames(reader(bytes), 0, key)) parts.push(plain)
  return Buffer.concat(parts)
}

describe('sealed frames', () => {
  const plain = randomBytes(FRAME_BYTES * 2 + 500)
  const sealer = new FrameSealer(key)
  const frames = [...sealer.push(plain.subarray(0, 100)), ...sealer.push(plain.subarray(100)), sealer.end()]

  it('come back as they were', async () => {
    expect(frames).toHaveLength(3)
    expect((await openAll(Buffer.concat(frames))).equals(plain)).toBe(true)
    expect((await openAll(new FrameSealer(key).end())).length).toBe(0)
  })

  it.each([
    ['cut off at the end of a frame', [0, 1]],
    ['without its first frame', [1, 2]],
    ['without a frame in the middle', [0, 2]],
    ['with frames swapped', [1, 0, 2]],
    ['with a frame twice', [0, 0, 1, 2]],
    ['with more behind the last', [0, 1, 2, 2]],
    ['empty', []],
  ])('do not open %s', async (_what, order) => {
    const bytes = Buffer.concat(order.map((at) => frames[at] ?? Buffer.alloc(0)))
    await expect(openAll(bytes)).rejects.toThrow(DamagedFile)
  })
})

describe('a workspace file', () => {
  let folder: string
  let place: string
  const entries: { now: VaultEntries } = { now: {} }
  const vault = {
    read: () => Promise.resolve(ok(entries.now)),
    update: (change: (before: VaultEntries) => VaultEntries) => {
      entries.now = change(entries.now)
      return Promise.resolve(ok({}))
    },
  }

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'caravel-file-'))
    place = path.join(folder, 'out.caravel')
    entries.now = {}
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  function sessions(ask: string | null = place) {
    const backups = createBackupFolder(path.join(folder, 'backups'), () => 1_795_334_401_000)
    const keys = createBackupKeys(path.join(folder, 'backups', 'key.json'), vault)
    const deps = { backups, keys, noteFile: path.join(folder, 'note.json'), now: () => 1, cost: 2 ** 14 }
    return {
      backups,
      exports: createExportSessions({ ...deps, askWhere: () => Promise.resolve(ask) }),
      imports: createImportSessions({ ...deps, askWhich: () => Promise.resolve(ask) }),
    }
  }
  const lines = Array.from({ length: 40 }, (_, i) => `{"id":"${i}","x":"${'ü'.repeat(i * 3)}"}\n`).join('')
  const facts = { schemaVersion: 3, workspace: 'own' as const, counts: { orders: 40 } }
  const file = { kind: 'file' as const, passphrase: 'correct horse', suggestedName: 'x', ...facts }

  async function begin(exports: ReturnType<typeof sessions>['exports'], input = file): Promise<string> {
    const begun = await exports.begin(input)
    if (!begun.ok || begun.value.session === null) throw new Error('not begun')
    return begun.value.session
  }

  async function write(): Promise<void> {
    const { exports } = sessions()
    const session = await begin(exports)
    // In the middle of a character and of a line.
    const bytes = new TextEncoder().encode(lines)
    for (const part of [bytes.subarray(0, 777), bytes.subarray(777)])
      expect((await exports.write({ session, table: 'orders', bytes: part })).ok).toBe(true)
    await exports.write({ session, table: 'outbox', bytes: new Uint8Array() })
    const done = await exports.finish({ session, counts: { orders: 40, outbox: 0 } })
    expect(done.ok).toBe(true)
  }

  /** What an import of it comes to: a reason, or the records. */
  async function read(passphrase = 'correct horse'): Promise<string> {
    const { imports } = sessions()
    const chosen = await imports.choose({ backup: null })
    if (!chosen.ok || chosen.value.file === null) return chosen.ok ? 'none' : (chosen.error.reason ?? '')
    const { session } = chosen.value.file
    try {
      const unlocked = await imports.unlock({ session, passphrase })
      if (!unlocked.ok) return unlocked.error.reason ?? ''
      const verified = await imports.verify({ session })
      if (!verified.ok) return verified.error.reason ?? ''
      let text = ''
      for (;;) {
        const next = await imports.read({ session })
        if (!next.ok) return next.error.reason ?? ''
        if (next.value.page === null) return text
        text += Buffer.from(next.value.page.bytes).toString('utf8')
      }
    } finally {
      await imports.close({ session })
    }
  }

  it('gives back what was written, and nothing is left beside it', async () => {
    await write()
    expect(await read()).toBe(lines)
    expect(await readdir(folder)).toEqual(['out.caravel'])
  })

  it('tells a wrong passphrase from a damaged file, whichever byte is changed', async () => {
    await write()
    expect(await read('wrong horse')).toBe('wrong-file-passphrase')
    const whole = await readFile(place)
    for (let at = 0; at < whole.length; at += at < 12 ? 1 : 23) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 1
      await writeFile(place, changed)
      expect(await read(), `byte ${at}`).toBe(at < 8 ? 'not-a-workspace-file' : 'file-damaged')
    }
  }, 60_000)

  it('is damaged wherever it is cut off or added to', async () => {
    await write()
    const whole = await readFile(place)
    for (let at = 12; at < whole.length; at += 37) {
      await writeFile(place, whole.subarray(0, at))
      expect(await read(), `cut at ${at}`).toBe('file-damaged')
    }
    await writeFile(place, Buffer.concat([whole, Buffer.from([0])]))
    expect(await read()).toBe('file-damaged')
  }, 60_000)

  it('hands nothing out before all of it was verified', async () => {
    await write()
    const { imports } = sessions()
    const chosen = await imports.choose({ backup: null })
    const session = chosen.ok ? (chosen.value.file?.session ?? '') : ''
    await imports.unlock({ session, passphrase: 'correct horse' })
    expect(await imports.read({ session })).toMatchObject({ ok: false, error: { reason: 'transfer-gone' } })
    await imports.close({ session: null })
  })

  it('is not there after a stop, a wrong count or a torn record', async () => {
    const { exports } = sessions()
    const first = await begin(exports)
    await exports.write({ session: first, table: 'orders', bytes: new TextEncoder().encode(lines) })
    expect(await readdir(folder)).toContain('out.caravel.part')
    await exports.cancel({ session: first })
    expect(await readdir(folder)).toEqual([])
    const second = await begin(exports)
    await exports.write({ session: second, table: 'orders', bytes: new TextEncoder().encode(lines) })
    expect(await exports.finish({ session: second, counts: { orders: 39 } })).toMatchObject({
      error: { reason: 'export-counts' },
    })
    const third = await begin(exports)
    await exports.write({ session: third, table: 'orders', bytes: new TextEncoder().encode('{"id":') })
    expect(await exports.finish({ session: third, counts: { orders: 0 } })).toMatchObject({
      error: { reason: 'export-not-written' },
    })
    expect(await readdir(folder)).toEqual([])
  })

  it('leaves an older file of that name as it was until the new one is whole, and a kill leaves nothing for long', async () => {
    await writeFile(place, 'older')
    const killed = sessions().exports
    await begin(killed)
    expect(await readFile(place, 'utf8')).toBe('older')
    const next = sessions(path.join(folder, 'other.caravel')).exports
    await next.cancel({ session: await begin(next) })
    expect((await readdir(folder)).sort()).toEqual(['out.caravel'])
    await killed.cancel({ session: null })
  })

  it('says so when the place cannot be written', async () => {
    const { exports } = sessions(path.join(folder, 'no', 'such', 'folder.caravel'))
    expect(await exports.begin(file)).toMatchObject({ error: { reason: 'export-not-written' } })
  })

  it('as a backup opens with the vault’s key only', async () => {
    const { exports, backups } = sessions()
    const session = await begin(exports, { kind: 'backup', occasion: 'daily', ...facts } as never)
    await exports.write({ session, table: 'orders', bytes: new TextEncoder().encode(lines) })
    expect((await exports.finish({ session, counts: { orders: 40 } })).ok).toBe(true)
    const [backup] = await backups.list()
    expect(backup).toMatchObject({ workspace: 'own', occasion: 'daily', createdAt: 1_795_334_401_000 })
    const { imports } = sessions()
    const chosen = await imports.choose({ backup: backup?.id ?? '' })
    const opened = chosen.ok ? (chosen.value.file?.session ?? '') : ''
    expect(await imports.unlock({ session: opened, passphrase: '' })).toMatchObject({
      value: { header: facts },
    })
    entries.now = {}
    expect(await imports.unlock({ session: opened, passphrase: '' })).toMatchObject({
      error: { reason: 'backup-key-lost' },
    })
    await imports.close({ session: null })
    expect(await imports.choose({ backup: '../out.caravel' })).toMatchObject({
      error: { reason: 'backup-gone' },
    })
  })
})

describe('rotation', () => {
  const day = 86_400_000
  const made = (createdAt: number, occasion: Backup['occasion'] = 'daily'): Backup => ({
    ...{ id: `${createdAt}-${occasion}`, workspace: 'own', bytes: 1 },
    ...{ createdAt, occasion },
  })

  it('keeps 7 days, 4 weeks and 2 from before upgrades, also over days without a backup', () => {
    const all = Array.from({ length: 200 }, (_, i) => made(20_000 * day - i * (day / 2)))
    const upgrades = [1, 2, 3].map((i) => made(19_999 * day - i, 'upgrade'))
    const kept = keptBackups([...all, ...upgrades])
    const plain = kept.filter(({ occasion }) => occasion === 'daily')
    expect(new Set(plain.map(({ createdAt }) => Math.floor(createdAt / day))).size).toBeGreaterThanOrEqual(7)
    expect(plain.length).toBeLessThanOrEqual(11)
    expect(kept.filter(({ occasion }) => occasion === 'upgrade')).toHaveLength(2)
    expect(keptBackups([made(1 * day), made(0)])).toHaveLength(2)
  })
})
