/** Where a pull stands: remote time of the newest item stored, and its remote id to tell ties apart. */
export interface PullCheckpoint {
  updatedAt: number
  id: string
}

/**
 * Negative when `a` is before `b`: by time, then by id. Ids made of digits compare as numbers ("9" before "10"), any
 * other pair by code unit, so the order does not depend on a locale.
 */
export function compareCheckpoints(a: PullCheckpoint, b: PullCheckpoint): number {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt < b.updatedAt ? -1 : 1
  return compareIds(a.id, b.id)
}

/** The later of the two. A checkpoint never moves back, whatever a remote or an old answer says. */
export function advanceCheckpoint(
  current: PullCheckpoint | null,
  candidate: PullCheckpoint | null,
): PullCheckpoint | null {
  if (candidate === null) return current
  if (current === null) return candidate
  return compareCheckpoints(candidate, current) > 0 ? candidate : current
}

function compareIds(a: string, b: string): number {
  if (a === b) return 0
  const digits = /^\d+$/
  const aIsNumber = digits.test(a)
  const bIsNumber = digits.test(b)
  // Numbers before words: one total order over mixed ids, so that sorting stays transitive.
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1
  if (aIsNumber) {
    const left = a.replace(/^0+/, '')
    const right = b.replace(/^0+/, '')
    if (left.length !== right.length) return left.length < right.length ? -1 : 1
    if (left !== right) return left < right ? -1 : 1
  }
  return a < b ? -1 : 1
}
