const POLYNOMIAL = 0x1021

const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ POLYNOMIAL : crc << 1
  return crc
})

/** CRC-16 with the CCITT polynomial and no start value, of a text in ASCII: what ZPL expects after `:Z64:` data. */
export function crc16(ascii: string): number {
  let crc = 0
  for (let at = 0; at < ascii.length; at++)
    crc = ((crc << 8) ^ (TABLE[((crc >> 8) ^ ascii.charCodeAt(at)) & 0xff] ?? 0)) & 0xffff
  return crc
}
