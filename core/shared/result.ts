import type { Issue } from '#core/shared/issue.ts'

/** An expected outcome as a value. Programmer errors throw; everything the world can do to us is a Result. */
export type Result<T, E = Issue> = { ok: true; value: T } | { ok: false; error: E }

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

export function err<E>(error: E): { ok: false; error: E } {
  return { ok: false, error }
}
