const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
const MAX_BYTES = 180

/**
 * A name that every file system takes and that shows what it is: no separators, no control or direction characters, no
 * names of devices, no hidden files. `extension` comes with its dot and replaces one that is already there.
 */
export function safeFileName(wish: string, extension: string, fallback = 'document'): string {
  const cleaned = wish
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .replace(/[<>:"/\\|?*\u2044\u2215\uFF0F]/g, '-')
    .replace(/\s+/g, ' ')
  const stem = trimEnds(cutBytes(trimEnds(dropExtension(cleaned, extension)), MAX_BYTES))
  const usable = stem === '' || RESERVED.test(stem) ? `${fallback}${stem === '' ? '' : `-${stem}`}` : stem
  return `${usable}${extension}`
}

/** `name.pdf` → `name (2).pdf`. */
export function numberedFileName(name: string, n: number): string {
  const dot = name.lastIndexOf('.')
  return n === 1 ? name : `${name.slice(0, dot)} (${n})${name.slice(dot)}`
}

function dropExtension(name: string, extension: string): string {
  return name.toLowerCase().endsWith(extension.toLowerCase()) ? name.slice(0, -extension.length) : name
}

/** Windows drops dots and spaces at the end; a dot or dash in front hides a file or looks like an option. */
function trimEnds(name: string): string {
  return name.replace(/^[\s.-]+/, '').replace(/[\s.]+$/, '')
}

function cutBytes(text: string, max: number): string {
  let cut = ''
  let size = 0
  for (const character of text) {
    size += Buffer.byteLength(character)
    if (size > max) break
    cut += character
  }
  return cut
}
