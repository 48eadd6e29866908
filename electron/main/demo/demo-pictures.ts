import { Buffer } from 'node:buffer'
import { deflateSync } from 'node:zlib'
import { DEMO_DRAWINGS } from '#main/demo/demo-drawings.ts'
import { drawPicture, type Palette } from '#main/demo/draw-demo-picture.ts'
import { PICTURE_SIZE } from '#main/demo/show-demo-listing.ts'

/** Pictures of the demo's goods, drawn when they are first asked for. */

/** Shades of renderer/src/app/tokens.css: ground 50, light 200, body 400, dark 600. */
const PALETTES: readonly Palette[] = [
  shades('#effaf9', '#aee1df', '#45b0b1', '#17767b'),
  shades('#eef5ff', '#bcd6ff', '#5f9cf5', '#2862c4'),
  shades('#fef8e9', '#f8da8e', '#e6a52a', '#97620e'),
  shades('#eefaf1', '#b2e4c1', '#4fb471', '#1d7a42'),
  shades('#f8fafb', '#e1e7ec', '#93a1b0', '#4a5866'),
  shades('#fef2f1', '#fbc9c5', '#ef7d75', '#bb322a'),
]

const drawn = new Map<string, Buffer>()

/** The PNG at this address; null when there is none. Sizes that an asset server cuts (`?preset=thumb`) are not cut here. */
export function findDemoPicture(url: string): Buffer | null {
  const code = /^\/assets\/preview\/([A-Z]{3})__preview\.png(\?|$)/.exec(url)?.[1]
  const shapes = code === undefined ? undefined : DEMO_DRAWINGS[code]
  if (code === undefined || shapes === undefined) return null
  const known = drawn.get(code)
  if (known !== undefined) return known
  const palette = PALETTES[Object.keys(DEMO_DRAWINGS).indexOf(code) % PALETTES.length] as Palette
  const png = encodePng(drawPicture(shapes, palette, PICTURE_SIZE), PICTURE_SIZE)
  drawn.set(code, png)
  return png
}

/** Eight bits of RGB, no filter. */
function encodePng(pixels: Uint8Array, size: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const rows = Buffer.alloc(size * (size * 3 + 1))
  for (let row = 0; row < size; row++)
    rows.set(pixels.subarray(row * size * 3, (row + 1) * size * 3), row * (size * 3 + 1) + 1)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([signature, ...parts])
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

function crc32(data: Buffer): number {
  let crc = 0xffffffff
  for (const byte of data) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1))
  }
  return (crc ^ 0xffffffff) >>> 0
}

function shades(paper: string, light: string, body: string, dark: string): Palette {
  const rgb = (hex: string) =>
    [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number]
  return { paper: rgb(paper), light: rgb(light), body: rgb(body), dark: rgb(dark) }
}
