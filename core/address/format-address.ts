import type { Address } from '#core/address/address.ts'
import { isLatin, toLatinAddress } from '#core/address/is-latin.ts'
import { requirementOf } from '#core/address/requirements.ts'

/**
 * Large to small, as written in their own script: N name, O company, 1 and 2 lines, C city, R region, Z
 * postcode.
 */
const LOCAL_SCRIPT_LINES: Readonly<Record<string, string>> = {
  JP: '〒Z|RC1|2|O|N',
  CN: 'Z|RC1|2|O|N',
  TW: 'Z|RC1|2|O|N',
  KR: 'R C 1|2|O|N|Z',
}

export interface FormatOptions {
  /** Put the Latin forms in, and use the Latin order. */
  latin?: boolean
  /** Text of the last line, e.g. `GERMANY`; empty or absent leaves it out. */
  countryName?: string
}

/**
 * The address as lines in the order of its country. Every part that is given appears (libraries are known to
 * drop some, customs-pricing.md 6), except a region that repeats the city. White space and control characters
 * inside a part become one blank, so a hostile name cannot add a line.
 */
export function formatAddress(address: Address, options: FormatOptions = {}): string[] {
  const source = options.latin === true ? toLatinAddress(address) : address
  const parts = collectParts(source)
  const local = LOCAL_SCRIPT_LINES[address.country]
  const template =
    local !== undefined && options.latin !== true && !isLatin(source.line1 + source.city + source.region)
      ? local
      : `N|O|1|2|${requirementOf(address.country).cityLines}`
  const lines = template.split('|').map((line) => fillLine(line, parts))
  return [...lines, tidyPart(options.countryName ?? '')].filter((line) => line !== '')
}

function collectParts(address: Address): Readonly<Record<string, string>> {
  const city = tidyPart(address.city)
  const region = tidyPart(address.region)
  return {
    N: tidyPart(address.name),
    O: tidyPart(address.company),
    1: tidyPart(address.line1),
    2: tidyPart(address.line2),
    C: city,
    R: region.toLowerCase() === city.toLowerCase() ? '' : region,
    Z: tidyPart(address.postcode),
  }
}

/** Fills one line; what stands between two parts is written only when both are there. */
function fillLine(template: string, parts: Readonly<Record<string, string>>): string {
  let line = ''
  let between = ''
  for (const token of template) {
    const part = parts[token]
    if (part === undefined) between += token
    else {
      if (part !== '') line += line === '' && between !== '〒' ? part : between + part
      between = ''
    }
  }
  return line
}

/** Also drops the characters that reorder text, which could make a label read as another address. */
function tidyPart(text: string): string {
  return text
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}
