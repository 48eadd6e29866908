import type { Declaration, DeclarationLine } from '#core/customs/declaration.ts'

/**
 * The declaration with one row per tariff code and origin, and only these brought together: what duty per line is reckoned on, and what fits
 * on a form. Codes that agree in six digits are one row, with all their digits where these agree as well. Goods without a code or an
 * origin are only the same when they are called the same. Rows, and words in a row, are sorted, so the order of the lines does not matter.
 */
export function groupDeclaration(declaration: Declaration): Declaration {
  const groups = new Map<string, DeclarationLine[]>()
  for (const line of declaration.lines) {
    const group = groups.get(keyOf(line))
    if (group === undefined) groups.set(keyOf(line), [line])
    else group.push(line)
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...declaration, lines: sorted.map(([, lines]) => bringTogether(lines)) }
}

function keyOf({ hs6, origin, description, value }: DeclarationLine): string {
  const named = hs6 === '' || origin === '' ? description.toLowerCase() : ''
  return JSON.stringify([hs6.slice(0, 6), origin, named, value.currency])
}

function bringTogether(lines: readonly DeclarationLine[]): DeclarationLine {
  const words = (read: (line: DeclarationLine) => string): string =>
    [...new Set(lines.map(read).filter((word) => word !== ''))].sort().join('; ')
  const sum = (read: (line: DeclarationLine) => number): number =>
    lines.reduce((total, line) => total + read(line), 0)
  const codes = new Set(lines.map(({ hs6 }) => hs6))
  const [code = ''] = codes
  // A weight nobody knows would make the row look lighter than it is.
  const weighed = lines.every(({ netGrams }) => netGrams > 0)
  return {
    sku: words(({ sku }) => sku),
    quantity: sum(({ quantity }) => quantity),
    description: words(({ description }) => description),
    descriptionLocal: words(({ descriptionLocal }) => descriptionLocal),
    hs6: codes.size === 1 ? code : code.slice(0, 6),
    origin: lines[0]?.origin ?? '',
    netGrams: weighed ? sum(({ netGrams }) => netGrams) : 0,
    value: { minor: sum(({ value }) => value.minor), currency: lines[0]?.value.currency ?? '' },
  }
}
