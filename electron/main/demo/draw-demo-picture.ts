import type { Shape, Tone } from '#main/demo/demo-drawings.ts'

/** Paints plain shapes into rows of RGB bytes; edges are softened over one pixel. */

export type Rgb = readonly [red: number, green: number, blue: number]
export type Palette = Readonly<Record<Tone, Rgb>>

/** `size` rows of `size` pixels, three bytes each. */
export function drawPicture(shapes: readonly Shape[], palette: Palette, size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 3)
  const unit = 100 / size
  const marks = shapes.map((shape) => ({ shape, colour: palette[shape[1]], reach: reachOf(shape) }))
  for (let row = 0; row < size; row++) {
    const y = (row + 0.5) * unit
    const near = marks.filter(({ reach }) => y > reach[0] - unit && y < reach[1] + unit)
    for (let column = 0; column < size; column++) {
      let colour = palette.paper
      for (const { shape, colour: over } of near) {
        const cover = Math.min(1, 0.5 - distanceTo(shape, (column + 0.5) * unit, y) / unit)
        if (cover > 0) colour = mix(colour, over, cover)
      }
      const at = (row * size + column) * 3
      for (const part of [0, 1, 2] as const) pixels[at + part] = Math.round(colour[part])
    }
  }
  return pixels
}

/** Top and bottom: most rows meet few of the shapes. */
function reachOf(shape: Shape): readonly [top: number, bottom: number] {
  switch (shape[0]) {
    case 'box':
      return [shape[3], shape[3] + shape[5]]
    case 'oval':
      return [shape[3] - shape[5], shape[3] + shape[5]]
    case 'ring':
      return [shape[3] - shape[4] - shape[5], shape[3] + shape[4] + shape[5]]
    case 'line':
      return [Math.min(shape[3], shape[5]) - shape[6], Math.max(shape[3], shape[5]) + shape[6]]
    case 'poly': {
      const rows = (shape.slice(2) as number[]).filter((_each, at) => at % 2 === 1)
      return [Math.min(...rows), Math.max(...rows)]
    }
  }
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
      return distanceToPolygon(x, y, shape)
  }
}

function distanceToSegment(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - x1 - dx * along, y - y1 - dy * along)
}

function distanceToPolygon(
  x: number,
  y: number,
  shape: Extract<Shape, readonly ['poly', ...unknown[]]>,
): number {
  let nearest = Infinity
  let inside = false
  // The first two places are no numbers; the last corner is followed by the first.
  let [x1, y1] = [shape[shape.length - 2] as number, shape[shape.length - 1] as number]
  for (let at = 2; at < shape.length; at += 2) {
    const [x2, y2] = [shape[at] as number, shape[at + 1] as number]
    nearest = Math.min(nearest, distanceToSegment(x, y, x1, y1, x2, y2))
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
    ;[x1, y1] = [x2, y2]
  }
  return inside ? -nearest : nearest
}
