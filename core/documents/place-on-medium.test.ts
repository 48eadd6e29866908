import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MEDIA_PRESETS } from '#core/documents/media-presets.ts'
import { MEDIA } from '#core/documents/media.ts'
import { placeOnMedium } from '#core/documents/place-on-medium.ts'

const side = fc.double({ min: 20, max: 400, noNaN: true })
const paper = fc.record({ width: side, height: side })

describe('a carrier’s label on other paper', () => {
  it('is never smaller than 95 %, never larger, never out of shape, and never over the edge', () => {
    let placedOnes = 0
    fc.assert(
      fc.property(
        paper,
        fc.double({ min: 0.9, max: 1.2, noNaN: true }),
        fc.boolean(),
        (medium, factor, lies) => {
          const [width, height] = lies ? [medium.height, medium.width] : [medium.width, medium.height]
          const placed = placeOnMedium(
            { width: width * factor, height: height * factor },
            MEDIA_PRESETS.whole,
            medium,
          )
          const fits = Math.min(1, 1 / factor)
          if (!placed.ok) {
            expect(fits).toBeLessThan(0.95 + 1e-6)
            return
          }
          placedOnes++
          const { scale, turn, cut, box } = placed.value
          expect(scale).toBeGreaterThanOrEqual(0.95 - 1e-6)
          expect(scale).toBeLessThanOrEqual(1)
          const [wide, high] = turn === 90 ? [cut.height, cut.width] : [cut.width, cut.height]
          expect(box.width / wide).toBeCloseTo(scale, 9)
          expect(box.height / high).toBeCloseTo(scale, 9)
          expect(box.x).toBeGreaterThanOrEqual(-1e-6)
          expect(box.y).toBeGreaterThanOrEqual(-1e-6)
          expect(box.x + box.width).toBeLessThanOrEqual(medium.width + 1e-6)
          expect(box.y + box.height).toBeLessThanOrEqual(medium.height + 1e-6)
        },
      ),
    )
    expect(placedOnes).toBeGreaterThan(20)
  })

  it.each([
    ['4×6 in on 100×150 mm', MEDIA['label-4x6'], 'whole', 'label-100x150', 0.984, 0],
    ['A6 on 100×150 mm', MEDIA.a6, 'whole', 'label-100x150', 0.952, 0],
    ['a corner of A4 on 4×6 in', MEDIA.a4, 'a4-bottom-right', 'label-4x6', 0.968, 0],
    ['half of A4 on A4', MEDIA.a4, 'a4-top-half', 'a4', 1, 0],
    ['a label that lies on 4×6 in', { width: 152.4, height: 101.6 }, 'whole', 'label-4x6', 1, 90],
  ] as const)('%s', (_, page, preset, medium, scale, turn) => {
    const placed = placeOnMedium(page, MEDIA_PRESETS[preset], MEDIA[medium])
    expect(placed.ok && placed.value.scale).toBeCloseTo(scale, 3)
    expect(placed.ok && placed.value.turn).toBe(turn)
  })

  it.each([
    ['99×200 mm on 100×150 mm', { width: 99, height: 200 }, 'whole', 'label-larger-than-medium'],
    ['half of Letter on 100×150 mm', MEDIA.letter, 'letter-top-half', 'label-larger-than-medium'],
    ['a corner of A4 from a Letter', MEDIA.letter, 'a4-top-left', 'sheet-not-as-preset'],
    ['a corner of A4 that lies', { width: 297, height: 210 }, 'a4-top-left', 'sheet-not-as-preset'],
  ] as const)('refuses %s', (_, page, preset, reason) => {
    expect(placeOnMedium(page, MEDIA_PRESETS[preset], MEDIA['label-100x150'])).toMatchObject({
      error: { code: 'unsupported', reason },
    })
  })
})
