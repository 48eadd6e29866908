import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Resvg } from '@resvg/resvg-js'

/** Renders resources/build/icon.svg to the forms the packages need: `npm run icons`. */

const folder = 'resources/build'
const svg = readFileSync(`${folder}/icon.svg`)

function png(size: number): Buffer {
  return new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng()
}

/** ICO with PNG entries (Windows Vista and later): header, one 16-byte entry each, then the pictures. */
function ico(sizes: number[]): Buffer {
  const pictures = sizes.map(png)
  const header = Buffer.alloc(6 + 16 * sizes.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(sizes.length, 4)
  let offset = header.length
  for (const [index, picture] of pictures.entries()) {
    const at = 6 + 16 * index
    const size = sizes[index] ?? 0
    header.writeUInt8(size % 256, at)
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(picture.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += picture.length
  }
  return Buffer.concat([header, ...pictures])
}

/** ICNS: 'icns', total length, then type, length and PNG each (types by Apple's icon services). */
function icns(entries: [type: string, size: number][]): Buffer {
  const blocks = entries.map(([type, size]) => {
    const picture = png(size)
    const head = Buffer.alloc(8)
    head.write(type, 0, 'ascii')
    head.writeUInt32BE(picture.length + 8, 4)
    return Buffer.concat([head, picture])
  })
  const head = Buffer.alloc(8)
  head.write('icns', 0, 'ascii')
  head.writeUInt32BE(8 + blocks.reduce((sum, block) => sum + block.length, 0), 4)
  return Buffer.concat([head, ...blocks])
}

mkdirSync(`${folder}/icons`, { recursive: true })
for (const size of [16, 32, 48, 64, 128, 256, 512])
  writeFileSync(`${folder}/icons/${size}x${size}.png`, png(size))
writeFileSync(`${folder}/icon.ico`, ico([16, 24, 32, 48, 64, 128, 256]))
writeFileSync(
  `${folder}/icon.icns`,
  icns([
    ['icp4', 16],
    ['icp5', 32],
    ['ic07', 128],
    ['ic08', 256],
    ['ic09', 512],
    ['ic10', 1024],
  ]),
)
console.log('Icons rendered')
