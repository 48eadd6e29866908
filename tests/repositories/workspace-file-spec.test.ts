import 'fake-indexeddb/auto'
import {
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  scryptSync,
} from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Result } from '#core/shared/result.ts'
import { beginExport, makeBackup, sendRecords } from '#renderer/usecases/export-workspace.ts'
import { LABEL, recordsOf } from '#tests/repositories/version-records.ts'
import { startTransfers, type MainTransfers } from '#tests/support/main-transfers.ts'
import { freshDatabase } from '#tests/support/test-desk.ts'
import { SCHEMA_VERSION } from '#renderer/data/schema/v8.ts'

/** A reader of workspace files written from docs/spec/workspace-file.md alone: what the page says is what is on the disk. */

interface Header {
  format: string
  version: number
  salt: string
  lock:
    | { kind: 'passphrase'; lock: { kdf: string; cost: number; salt: string; check: string } }
    | { kind: 'backup'; recipient: string; ephemeral: string }
}

const bytes = (text: string): Buffer => Buffer.from(text, 'base64')
const sha256 = (data: Buffer): Buffer => createHash('sha256').update(data).digest()

function readFileBySpec(file: Buffer, secretOf: (lock: Header['lock']) => Buffer) {
  expect(file.subarray(0, 8).toString('hex')).toBe('434152415645' + '4c01')
  const jsonEnd = 12 + file.readUInt32BE(8)
  const header = JSON.parse(file.subarray(12, jsonEnd).toString('utf8')) as Header
  expect(header).toMatchObject({ format: 'caravel-workspace', version: 1 })
  const hash = file.subarray(jsonEnd, jsonEnd + 32)
  expect(hash).toEqual(sha256(file.subarray(0, jsonEnd)))
  const key = Buffer.from(hkdfSync('sha256', secretOf(header.lock), bytes(header.salt), hash, 32))
  return readLines(gunzipSync(openFrames(file, jsonEnd + 32, key, hash)))
}

function openFrames(file: Buffer, start: number, key: Buffer, hash: Buffer): Buffer {
  const plain: Buffer[] = []
  let at = start
  for (let n = 0; ; n++) {
    const word = file.subarray(at, at + 4)
    const last = word.readUInt32BE() >= 2 ** 31
    const length = word.readUInt32BE() % 2 ** 31
    const nonce = Buffer.alloc(12)
    nonce.writeUInt32BE(n, 7)
    nonce[11] = last ? 1 : 0
    const opening = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
    opening.setAAD(Buffer.concat([hash, word]))
    opening.setAuthTag(file.subarray(at + 4 + length, at + 20 + length))
    plain.push(opening.update(file.subarray(at + 4, at + 4 + length)), opening.final())
    at += 20 + length
    if (last) break
    expect(length).toBe(2 ** 20)
  }
  expect(at).toBe(file.length)
  return Buffer.concat(plain)
}

function readLines(text: Buffer) {
  const lines = text.toString('utf8').split('\n')
  expect(lines.pop()).toBe('')
  const [, trailer] = JSON.parse(lines.pop() ?? '') as [string, { counts: object; sha256: string }]
  const before = Buffer.from(lines.map((line) => `${line}\n`).join(''))
  expect(trailer.sha256).toBe(sha256(before).toString('hex'))
  const tables: Record<string, Record<string, unknown>[]> = {}
  let table = ''
  const [, header] = JSON.parse(lines[0] ?? '') as [string, { schemaVersion: number; workspace: string }]
  for (const line of lines.slice(1)) {
    const value = JSON.parse(line) as [string, string] | Record<string, unknown>
    if (Array.isArray(value)) tables[(table = value[1])] = []
    else tables[table]?.push(value)
  }
  const counted = Object.entries(tables).map(([name, records]) => [name, records.length])
  expect(Object.fromEntries(counted)).toEqual(trailer.counts)
  return { header, tables }
}

let main: MainTransfers
beforeEach(async () => (main = await startTransfers()))
afterEach(() => main.remove())

async function source() {
  const db = await freshDatabase(`caravel.spec${Date.now()}${Math.random()}`)
  for (const [table, records] of Object.entries(recordsOf(SCHEMA_VERSION)))
    await db.table(table).bulkAdd(records)
  // More than one frame, of what does not shrink.
  const bulk = Uint8Array.from({ length: 3 * 2 ** 20 }, (_, i) => (i * i * 31 + (i >> 7) * 17) % 256)
  for (let at = 0; at < bulk.length; at += 65_536) crypto.getRandomValues(bulk.subarray(at, at + 65_536))
  const [label] = recordsOf(SCHEMA_VERSION)['documents'] ?? []
  await db.table('documents').add({ ...label, id: '0d00000000000002', bytes: bulk })
  return { source: { db, workspace: 'own' as const, host: main.host }, bulk }
}
const control = { onProgress: () => undefined, stopped: () => false }

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}.${result.error.reason}`)
  return result.value
}

it('an export opens with its passphrase, as the page says', async () => {
  const { source: from, bulk } = await source()
  // Typed with one letter for ü, read with two.
  const session = need(await beginExport(from, { passphrase: 'schlüssel horse', suggestedName: 'desk' }))
  need(await sendRecords(from, session ?? '', control))
  const { header, tables } = readFileBySpec(await readFile(main.place), (lock) => {
    if (lock.kind !== 'passphrase') throw new Error('not by passphrase')
    expect(lock.lock.kdf).toBe('scrypt')
    const text = 'schlu\u0308ssel horse'.normalize('NFKC')
    const options = { N: lock.lock.cost, r: 8, p: 1, maxmem: 2 ** 30 }
    const made = scryptSync(text, bytes(lock.lock.salt), 64, options)
    expect(sha256(made.subarray(32))).toEqual(bytes(lock.lock.check))
    return made.subarray(0, 32)
  })
  expect(header).toMatchObject({ formatVersion: 1, schemaVersion: SCHEMA_VERSION, workspace: 'own' })
  const leftOut = ['pictures', 'orderChanges', 'indexParts', 'bulkJobs', 'bulkSteps']
  const written = from.db.tables.map(({ name }) => name).filter((name) => !leftOut.includes(name))
  expect(Object.keys(tables).sort()).toEqual(written.sort())
  expect(tables['orders']?.map(({ number }) => number)).toEqual([
    'A-1001',
    'A-1002',
    'A-1003',
    'A-1004',
    'A-1005',
  ])
  const labels = tables['documents']?.map(({ bytes: written }) => {
    const { $caravel, base64 } = written as { $caravel: string; base64: string }
    expect($caravel).toBe('bytes')
    return bytes(base64)
  })
  expect(labels?.[0]).toEqual(Buffer.from(LABEL))
  expect(labels?.[1]?.equals(bulk)).toBe(true)
})

it('a backup opens with the private key of its vault, as the page says', async () => {
  const { source: from } = await source()
  need(await makeBackup(from, 'daily', control))
  const { backups } = need(await main.host['backups.list']({}))
  const file = await readFile(path.join(main.folder, 'backups', backups[0]?.id ?? ''))
  const { publicKey } = JSON.parse(await readFile(path.join(main.folder, 'backups', 'key.json'), 'utf8')) as {
    publicKey: string
  }
  const { tables } = readFileBySpec(file, (lock) => {
    if (lock.kind !== 'backup') throw new Error('no backup')
    expect(lock.recipient).toBe(sha256(Buffer.from(publicKey)).toString('hex').slice(0, 32))
    const text = Object.values(main.vault())[0]?.secrets['privateKey'] ?? ''
    const privateKey = createPrivateKey({ key: bytes(text), format: 'der', type: 'pkcs8' })
    const ephemeral = createPublicKey({ key: bytes(lock.ephemeral), format: 'der', type: 'spki' })
    return diffieHellman({ privateKey, publicKey: ephemeral })
  })
  expect(tables['shipments']).toHaveLength(1)
})
