/** A label as the printer would burn it: rows of dots, `1` is black. */
export interface ZplGraphic {
  width: number
  height: number
  rows: string[]
}

/** CRC-16/XMODEM bit by bit, to check what the app writes with its table. */
function slowCrc(text: string): number {
  let crc = 0
  for (const byte of Buffer.from(text, 'latin1')) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff
  }
  return crc
}

/** Reads labels that are one compressed graphic each; throws on a wrong CRC or length, as a printer would print nothing. */
export function readZplGraphics(zpl: string, inflate: (data: Uint8Array) => Uint8Array): ZplGraphic[] {
  const pattern = /\^XA\^PW(\d+)\^LL(\d+)[^]*?\^GFA,(\d+),\3,(\d+),:Z64:([^:]+):([0-9A-F]{4})\^FS\s*\^XZ/g
  return [...zpl.matchAll(pattern)].map(([, width, height, size, perRow, data = '', crc]) => {
    if (slowCrc(data) !== Number.parseInt(crc!, 16)) throw new Error('wrong CRC')
    const bits = inflate(Buffer.from(data, 'base64'))
    if (bits.length !== Number(size)) throw new Error('wrong length')
    const rows = Array.from({ length: Number(height) }, (_, y) =>
      [...bits.subarray(y * Number(perRow), (y + 1) * Number(perRow))]
        .map((byte) => byte.toString(2).padStart(8, '0'))
        .join('')
        .slice(0, Number(width)),
    )
    return { width: Number(width), height: Number(height), rows }
  })
}

/** The dots as a portable bitmap, for tools that read pictures. */
export function toPbm({ width, height, rows }: ZplGraphic): string {
  return `P1\n${width} ${height}\n${rows.map((row) => row.replace(/.{60}/g, '$&\n')).join('\n')}\n`
}
