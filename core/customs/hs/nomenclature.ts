/** Whose tariff a nomenclature is. */
export const TARIFFS = ['EU', 'GB', 'US'] as const
export type Tariff = (typeof TARIFFS)[number]

/** One line of an official file, before it is understood. */
export interface RawRow {
  /** In the file; the first is 1. Of JSON: the n-th record. */
  line: number
  /** As it stands there; blank for a group without a code. */
  code: string
  /** How deep the row is below its heading; null where the file does not say. */
  indent: number | null
  text: string
  /** As it stands there; '' where the file says nothing. */
  duty: string
}

/** What the tariff asks of goods of a code, wherever they come from unless an agreement says otherwise. */
export interface DutyRow {
  /** Ten digits; a shorter code is filled up with zeros. */
  code: string
  /** As it stands in the file, e.g. `6.5 %`, `Free`, `5¢/kg + 8%`. */
  text: string
}

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
