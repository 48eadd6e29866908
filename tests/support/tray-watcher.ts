import { Buffer } from 'node:buffer'
import { createConnection, type Socket } from 'node:net'

/**
 * Stands in for a desktop that shows tray icons: owns the name of the StatusNotifier watcher on a session bus and answers every
 * call with `true`. Speaks as much of the D-Bus protocol as that needs (https://dbus.freedesktop.org/doc/dbus-specification.html).
 */
export async function startTrayWatcher(busAddress: string): Promise<{ stop(): void }> {
  const socket = createConnection({ path: readPath(busAddress) })
  await new Promise<void>((resolve, reject) => socket.once('connect', () => resolve()).once('error', reject))
  const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
  socket.write(`\0AUTH EXTERNAL ${uid}\r\n`)
  await new Promise((resolve) => socket.once('data', resolve))
  socket.write('BEGIN\r\n')
  const named = new Promise<void>((resolve) => answerCalls(socket, resolve))
  const bus = { path: BUS_PATH, destination: BUS, interface: BUS }
  socket.write(message(CALL, 1, [...place(bus, 'Hello')]))
  const name = Buffer.concat([string(WATCHER), padding(string(WATCHER).length, 4), u32(0)])
  socket.write(message(CALL, NAMED, [...place(bus, 'RequestName'), [8, 'g', 'su']], name))
  await named
  return { stop: () => socket.destroy() }
}

const WATCHER = 'org.kde.StatusNotifierWatcher'
const BUS = 'org.freedesktop.DBus'
const BUS_PATH = '/org/freedesktop/DBus'
const CALL = 1
const RETURN = 2
/** Serial of the call that asks for the name. */
const NAMED = 2

type Field = [code: number, type: 's' | 'o' | 'g' | 'u', value: string | number]

function place(to: { path: string; destination: string; interface: string }, member: string): Field[] {
  return [
    [1, 'o', to.path],
    [2, 's', to.interface],
    [3, 's', member],
    [6, 's', to.destination],
  ]
}

/** The way of `unix:path=/tmp/dbus-x,guid=…` or `unix:abstract=…`. */
function readPath(address: string): string {
  const found = /(path|abstract)=([^,;]+)/.exec(address)
  if (found === null) throw new Error(`no socket in ${address}`)
  return found[1] === 'abstract' ? `\0${found[2] ?? ''}` : (found[2] ?? '')
}

function answerCalls(socket: Socket, named: () => void): void {
  let left: Buffer = Buffer.alloc(0)
  let serial = NAMED
  socket.on('data', (chunk: Buffer) => {
    left = Buffer.concat([left, chunk])
    while (left.length >= 16) {
      const header = 16 + left.readUInt32LE(12)
      const length = header + padding(header, 8).length + left.readUInt32LE(4)
      if (left.length < length) return
      const fields = readFields(left.subarray(16, header))
      const [type, asked] = [left.readUInt8(1), left.readUInt32LE(8)]
      if (fields.get(5) === NAMED) named()
      if (type === CALL)
        socket.write(
          message(
            RETURN,
            ++serial,
            [
              [5, 'u', asked],
              [6, 's', String(fields.get(7) ?? '')],
              [8, 'g', 'v'],
            ],
            Buffer.from([1, 0x62, 0, 0, 1, 0, 0, 0]),
          ),
        )
      left = left.subarray(length)
    }
  })
}

function message(type: number, serial: number, fields: Field[], body: Buffer = Buffer.alloc(0)): Buffer {
  let packed: Buffer = Buffer.alloc(0)
  for (const [code, kind, value] of fields) {
    const head = Buffer.from([code, 1, kind.charCodeAt(0), 0])
    const content =
      kind === 'u' ? u32(Number(value)) : kind === 'g' ? signature(String(value)) : string(String(value))
    packed = Buffer.concat([packed, padding(packed.length, 8), head, content])
  }
  const start = Buffer.concat([
    Buffer.from([0x6c, type, 0, 1]),
    u32(body.length),
    u32(serial),
    u32(packed.length),
  ])
  return Buffer.concat([start, packed, padding(start.length + packed.length, 8), body])
}

/** Header fields by their code; only texts and numbers are kept. */
function readFields(bytes: Buffer): Map<number, string | number> {
  const found = new Map<number, string | number>()
  for (let at = 0; at + 4 < bytes.length;) {
    const [code, kind] = [bytes.readUInt8(at), String.fromCharCode(bytes.readUInt8(at + 2))]
    at += 4
    const length = kind === 'g' ? bytes.readUInt8(at) : bytes.readUInt32LE(at)
    if (kind === 'u') found.set(code, length)
    else if (kind !== 'g') found.set(code, bytes.toString('utf8', at + 4, at + 4 + length))
    at += kind === 'u' ? 4 : kind === 'g' ? length + 2 : length + 5
    at += padding(at, 8).length
  }
  return found
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function string(text: string): Buffer {
  return Buffer.concat([u32(Buffer.byteLength(text)), Buffer.from(`${text}\0`)])
}

function signature(text: string): Buffer {
  return Buffer.from([text.length, ...Buffer.from(text), 0])
}

function padding(length: number, to: number): Buffer {
  return Buffer.alloc((to - (length % to)) % to)
}
