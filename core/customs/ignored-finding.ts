import type { CustomsFinding } from '#core/customs/finding.ts'

/** A finding that a person looked at and lets pass. */
export interface IgnoredFinding {
  reason: string
  /** Without the line's place, which may change: `customs.description`. */
  field: string
  /** The goods it is about; '' where it is about the parcel. */
  sku: string
  /** In the person's words. */
  why: string
  /** As people here call them; '' where nobody is named. */
  by: string
  /** Epoch ms. */
  at: number
}

/** Errors about words and judgement. All others say what a paper cannot print or customs cannot read. */
const MATTERS_OF_JUDGEMENT = new Set(['description-vague'])

/** Whether a person may let it pass. */
export function isIgnorable({ severity, reason }: CustomsFinding): boolean {
  return severity === 'warning' || MATTERS_OF_JUDGEMENT.has(reason)
}

/** What a finding is known by while lines come and go. */
export function placeOfFinding(
  { id, reason, field, detail, sku }: CustomsFinding,
  lines: readonly { sku: string }[],
): Pick<IgnoredFinding, 'reason' | 'field' | 'sku'> {
  const [, index, rest] = /^lines\.(\d+)\.(?:parts\.\d+\.)?(.+)$/.exec(field) ?? []
  // One description may be of two kinds of goods that are turned back.
  const kind = id === 'goods' ? `:${detail}` : ''
  return { reason, field: (rest ?? field) + kind, sku: sku ?? lines[Number(index)]?.sku ?? '' }
}

/** The findings that still count. */
export function withoutIgnored(
  findings: readonly CustomsFinding[],
  ignored: readonly IgnoredFinding[],
  lines: readonly { sku: string }[],
): CustomsFinding[] {
  if (ignored.length === 0) return [...findings]
  return findings.filter((finding) => {
    const place = placeOfFinding(finding, lines)
    return !isIgnorable(finding) || !ignored.some((each) => isSamePlace(each, place))
  })
}

export function isSamePlace(
  a: Pick<IgnoredFinding, 'reason' | 'field' | 'sku'>,
  b: Pick<IgnoredFinding, 'reason' | 'field' | 'sku'>,
): boolean {
  return a.reason === b.reason && a.field === b.field && a.sku === b.sku
}
