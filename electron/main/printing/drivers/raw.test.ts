import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { isPrivateAddress } from '#main/printing/drivers/private-address.ts'
import { createRawDriver, type RawDriverOptions } from '#main/printing/drivers/raw.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A printer: takes bytes its own way. */
async function sink(take: (socket: Socket, received: Buffer[]) => void) {
  const received: Buffer[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined)
    take(socket, received)
  })
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { port: (server.address() as AddressInfo).port, received: () => Buffer.concat(received) }
}
const polite = (socket: Socket, received: Buffer[]) => {
  socket.on('data', (chunk) => received.push(chunk))
  socket.on('end', () => socket.end())
}
const job = (bytes: Uint8Array, copies = 1) => ({ title: 'x', widthMm: 100, heightMm: 150, copies, bytes })
const print = (
  port: number,
  bytes = Buffer.from('^XA^XZ'),
  options: RawDriverOptions = {},
  copies = 1,
  host = '127.0.0.1',
) =>
  createRawDriver({ connectMs: 400, silenceMs: 400, ...options })(job(bytes, copies), {
    driver: 'raw',
    host,
    port,
  })

describe('the raw driver', () => {
  it('delivers every byte, unchanged, as often as asked', async () => {
    const printer = await sink(polite)
    const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, n) => n % 251))
    expect(await print(printer.port, bytes, {}, 2)).toEqual({
      ok: true,
      value: { spooledAs: `127.0.0.1:${printer.port}` },
    })
    expect(printer.received().equals(Buffer.concat([bytes, bytes]))).toBe(true)
  })

  it('is not confused by a printer that talks back', async () => {
    const printer = await sink((socket, received) => {
      socket.write('status: ok\r\n'.repeat(10_000))
      polite(socket, received)
    })
    expect(await print(printer.port)).toMatchObject({ ok: true })
  })

  it('says down when nobody listens', async () => {
    const printer = await sink(polite)
    await new Promise((done) => servers.pop()?.close(done))
    expect(await print(printer.port)).toEqual({
      ok: false,
      error: { code: 'remote-down', reason: 'printer-refused' },
    })
  })

  it('says down when the printer hangs up in the middle', async () => {
    const printer = await sink((socket) => socket.once('data', () => socket.resetAndDestroy()))
    const result = await print(printer.port, Buffer.alloc(30_000_000))
    expect(result).toEqual({ ok: false, error: { code: 'remote-down', reason: 'printer-broke-off' } })
  })

  it('says down when the printer takes nothing (no paper, lid open)', async () => {
    const printer = await sink((socket) => void socket.pause())
    expect(await print(printer.port, Buffer.alloc(60_000_000))).toEqual({
      ok: false,
      error: { code: 'remote-down', reason: 'printer-stalled' },
    })
  })

  it('does not claim success when the printer took all and never closed', async () => {
    const printer = await sink((socket, received) => void socket.on('data', (chunk) => received.push(chunk)))
    expect(await print(printer.port)).toEqual({
      ok: false,
      error: { code: 'outcome-unknown', reason: 'printer-silent' },
    })
  })

  it('goes to no address outside the house, also when a name hides it or changes its mind', async () => {
    const printer = await sink(polite)
    const refused = {
      ok: false,
      error: { code: 'invalid-input', field: 'target.host', reason: 'address-not-private' },
    }
    expect(await print(9100, undefined, {}, 1, '93.184.216.34')).toEqual(refused)
    const mixed = async () => [{ address: '127.0.0.1' }, { address: '93.184.216.34' }]
    expect(await print(printer.port, undefined, { lookup: mixed }, 1, 'printer.example')).toEqual(refused)
    let asked = 0
    const once = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '93.184.216.34' }]
    expect(await print(printer.port, undefined, { lookup: once }, 1, 'printer.example')).toMatchObject({
      ok: true,
    })
    expect(asked).toBe(1)
    expect(printer.received().toString()).toBe('^XA^XZ')
  })

  it('goes to no port of other services', async () => {
    expect(await print(631)).toMatchObject({ ok: false, error: { field: 'target.port' } })
  })

  it('says so when the name is unknown', async () => {
    const result = await print(
      9100,
      undefined,
      { lookup: () => Promise.reject(new Error('ENOTFOUND')) },
      1,
      'nowhere.local',
    )
    expect(result).toMatchObject({ ok: false, error: { code: 'remote-down', reason: 'printer-not-found' } })
  })
})

describe('isPrivateAddress', () => {
  it.each([
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.50',
    '127.0.0.1',
    '169.254.7.7',
    '::1',
    'fe80::1%eth0',
    'fd12::9',
    '::ffff:192.168.1.5',
  ])('takes %s', (address) => expect(isPrivateAddress(address)).toBe(true))
  it.each([
    '8.8.8.8',
    '172.32.0.1',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '169.254.169.254',
    '2001:db8::1',
    '::',
    '::ffff:8.8.8.8',
    'fd00:ec2::254',
    'localhost',
    '',
  ])('refuses %s', (address) => expect(isPrivateAddress(address)).toBe(false))
})
