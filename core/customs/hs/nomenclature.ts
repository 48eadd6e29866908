/** Whose tariff a nomenclature is. */
export const TARIFFS = ['EU', 'GB', 'US'] as const
export type Tariff = (typeof TARIFFS)[number]

/** A code at the end of its branch. */
export interface NomenclatureRow {
  /** Digits only, eight or ten of them. */
  code: string
  /** What stands at the code itself, often no more than "Other". */
  text: string
  /** What stands above it, from the heading down. */
  path: string[]
}

/** How many groups above a leaf are named with it, beside the heading. */
const NEAREST_GROUPS = 1

/** A leaf with its heading and the group it is in: by itself it is often but "Other". */
export function nameLeaf({ text, path }: NomenclatureRow): string {
  const groups = path.slice(1).slice(-NEAREST_GROUPS)
  return [...path.slice(0, 1), ...groups, text].map((each) => each.replace(/[:\s]+$/, '')).join(' › ')
}
