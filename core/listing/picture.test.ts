import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPicture, PICTURE_MOST_BYTES, PICTURE_MOST_SIDE } from '#core/listing/picture.ts'

const text = (value: string): number[] => Array.from(value, (char) => char.charCodeAt(0))
const be16 = (n: number): number[] => [n >> 8, n & 255]
const be32 = (n: number): number[] => [0, 0, n >> 8, n & 255]
const le24 = (n: number): number[] => [n & 255, n >> 8, 0]
const png = (width: number, height: number): Uint8Array =>
  new Uint8Array([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...be32(13), ...text('IHDR')],
    ...[...be32(width), ...be32(height), 8, 2, 0, 0, 0],
  ])
const jpeg = (width: number, height: number): Uint8Array =>
  new Uint8Array([
    ...[0xff, 0xd8, 0xff, 0xe0, 0, 6, 1, 2, 3, 4],
    ...[0xff, 0xc2, 0, 17, 8, ...be16(height), ...be16(width), 3, 0, 0],
  ])
const webp = (form: string, rest: number[]): Uint8Array =>
  new Uint8Array([...text('RIFF'), 0, 0, 0, 0, ...text('WEBP'), ...text(form), 0, 0, 0, 0, ...rest])
const extended = (width: number, height: number): Uint8Array =>
  webp('VP8X', [0, 0, 0, 0, ...le24(width - 1), ...le24(height - 1)])
const lossy = webp('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 150, 0, 150, 0])
const lossless = webp('VP8L', [0x2f, 149, 64, 37, 0, 0, 0, 0, 0, 0])

describe('a picture is what its bytes say', () => {
  it.each([
    ['image/png', png(150, 150)],
    ['image/jpeg', jpeg(150, 200)],
    ['image/webp', extended(150, 150)],
    ['image/webp', lossy],
    ['image/webp', lossless],
    ['image/png', png(PICTURE_MOST_SIDE, 1)],
  ])('takes %s', (type, bytes) => expect(checkPicture(bytes)).toBe(type))

  it.each([
    ['SVG', new Uint8Array(text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><path/></svg>'))],
    [
      'SVG behind a mark of order',
      new Uint8Array([0xef, 0xbb, 0xbf, ...text('<?xml version="1.0"?><svg/>')]),
    ],
    ['HTML', new Uint8Array(text('<!doctype html><script>alert(1)</script>'))],
    ['GIF', new Uint8Array(text('GIF89a..........................'))],
    ['a picture that unfolds', png(60_000, 60_000)],
    ['a wide one', jpeg(PICTURE_MOST_SIDE + 1, 10)],
    ['a tall one', extended(10, PICTURE_MOST_SIDE + 1)],
    ['nothing to see', png(0, 10)],
    ['no frame', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 2, 0, 0, 0, 0, 0, 0])],
    ['nothing', new Uint8Array()],
    ['too many bytes', new Uint8Array([...png(1, 1), ...Array<number>(PICTURE_MOST_BYTES).fill(0)])],
  ])('refuses %s', (_what, bytes) => expect(checkPicture(bytes)).toBeNull())

  it('never throws, wherever bytes are cut off or changed', () => {
    const anyOf = fc.constantFrom(png(9, 9), jpeg(9, 9), extended(9, 9), lossy, lossless)
    fc.assert(
      fc.property(anyOf, fc.nat(40), fc.nat(40), fc.nat(255), (whole, cut, at, value) => {
        const bytes = whole.slice(0, whole.length - (cut % (whole.length + 1)))
        if (at < bytes.length) bytes[at] = value
        checkPicture(bytes)
      }),
      { numRuns: 2000 },
    )
  })
})
