import type { CustomsFinding } from '#core/customs/finding.ts'

/** What a row of a declaration stands for. */
export interface DeclaredPlace {
  /** Path of the order line, whose value it is: `lines.0`. */
  line: string
  /** Path of the goods: `lines.0`, or `lines.0.parts.1` of a bundle. */
  path: string
  /** The part of a bundle; null for the goods of the line itself. */
  sku: string | null
}

export function placeOfItem(at: number): DeclaredPlace {
  return { line: `lines.${at}`, path: `lines.${at}`, sku: null }
}

export function placeOfPart(at: number, part: number, sku: string): DeclaredPlace {
  return { line: `lines.${at}`, path: `lines.${at}.parts.${part}`, sku }
}

/** The finding with the SKU whose facts mend it, where that is not the line's own. */
export function aboutPart(finding: CustomsFinding, { path, sku }: DeclaredPlace): CustomsFinding {
  return sku === null || !finding.field.startsWith(`${path}.`) ? finding : { ...finding, sku }
}
