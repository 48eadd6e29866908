import type { Shape, Tone } from '#main/demo/demo-drawings.ts'

/** Paints plain shapes into rows of RGB bytes; edges are softened over one pixel. */

export type Rgb = readonly [red: number, green: number, blue: number]
export type Palette = Readonly<Record<Tone, Rgb>>

/** `size` rows of `size` pixels, three bytes each. */
export function drawPicture(shapes: readonly Shape[], palette: Palette, size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 3)
  const unit = 100 / size
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [x, y] = [(column + 0.5) * unit, (row + 0.5) * unit]
      let colour = palette.paper
      for (const shape of shapes) {
        const cover = Math.min(1, Math.max(0, 0.5 - distanceTo(shape, x, y) / unit))
        if (cover > 0) colour = mix(colour, palette[shape[1]], cover)
      }
      pixels.set(colour.map(Math.round), (row * size + column) * 3)
    }
  }
  return pixels
}

function mix(under: Rgb, over: Rgb, cover: number): Rgb {
  const one = (at: 0 | 1 | 2) => under[at] + (over[at] - under[at]) * cover
  return [one(0), one(1), one(2)]
}

/** How far a point is outside a shape; negative inside. */
function distanceTo(shape: Shape, x: number, y: number): number {
  switch (shape[0]) {
    case 'box': {
      const [, , left, top, width, height, radius] = shape
      const dx = Math.abs(x - left - width / 2) - width / 2 + radius
      const dy = Math.abs(y - top - height / 2) - height / 2 + radius
      return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius
    }
    case 'oval': {
      const [, , cx, cy, rx, ry] = shape
      // Near enough along the edge, which is all that is seen.
      return (Math.hypot((x - cx) / rx, (y - cy) / ry) - 1) * Math.min(rx, ry)
    }
    case 'ring': {
      const [, , cx, cy, radius, width] = shape
      return Math.abs(Math.hypot(x - cx, y - cy) - radius) - width / 2
    }
    case 'line': {
      const [, , x1, y1, x2, y2, width] = shape
      return distanceToSegment(x, y, x1, y1, x2, y2) - width / 2
    }
    case 'poly':
      return distanceToPolygon(x, y, shape.slice(2) as number[])
  }
}

function distanceToSegment(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - x1 - dx * along, y - y1 - dy * along)
}

function distanceToPolygon(x: number, y: number, points: readonly number[]): number {
  let nearest = Infinity
  let inside = false
  for (let at = 0; at < points.length; at += 2) {
    const [x1 = 0, y1 = 0] = points.slice(at, at + 2)
    const [x2 = 0, y2 = 0] = at + 2 < points.length ? points.slice(at + 2, at + 4) : points
    nearest = Math.min(nearest, distanceToSegment(x, y, x1, y1, x2, y2))
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
  }
  return inside ? -nearest : nearest
}
