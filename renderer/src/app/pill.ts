/** What the connection pill knows. */
export interface PillFacts {
  shops: number
  connectivity: { state: 'online' | 'offline' | 'unknown'; since: number }
  /** Until when the data is fit to work on; null while nobody prepared for that, or no end is known. */
  safeUntil?: number | null
  /** Names of shops that refuse the credentials. */
  signIn: readonly string[]
  /** Shops that calls do not get through to, while others are reached. */
  unreached: readonly { name: string; since: number }[]
  waiting: number
  attention: number
  /** Changes that wait for a choice between two sides. */
  conflicts: number
}

export type PillPart =
  | { kind: 'none' | 'unknown' | 'online' }
  | { kind: 'offline'; since: number; safeUntil: number | null }
  | { kind: 'sign-in'; name: string; more: number }
  | { kind: 'unreached'; name: string; more: number; since: number }
  | { kind: 'attention' | 'conflicts'; count: number }
  | { kind: 'waiting'; count: number }

/** The truth in at most two parts: the state of the line or what a person must do, then what waits. */
export function pillParts(facts: PillFacts): PillPart[] {
  const waiting: PillPart[] = facts.waiting > 0 ? [{ kind: 'waiting', count: facts.waiting }] : []
  return [leading(facts), ...waiting]
}

function leading(facts: PillFacts): PillPart {
  const [first, ...more] = facts.signIn
  if (facts.shops === 0) return { kind: 'none' }
  if (facts.connectivity.state === 'offline')
    return { kind: 'offline', since: facts.connectivity.since, safeUntil: facts.safeUntil ?? null }
  if (first !== undefined) return { kind: 'sign-in', name: first, more: more.length }
  if (facts.attention > 0) return { kind: 'attention', count: facts.attention }
  if (facts.conflicts > 0) return { kind: 'conflicts', count: facts.conflicts }
  const [down, ...others] = facts.unreached
  if (down !== undefined) return { kind: 'unreached', ...down, more: others.length }
  return { kind: facts.connectivity.state === 'unknown' ? 'unknown' : 'online' }
}
