import type { Address } from '#core/address/address.ts'
import { isEqual, type FieldConflict } from '#core/sync/merge3.ts'

/** What a person has in mind for a field; an edit keeps what was typed as it was typed. */
export type Choice = { choice: 'mine' | 'theirs' } | { choice: 'edit'; typed: string | Address }
/** By field; a field without one is undecided. */
export type Choices = ReadonlyMap<string, Choice>

export interface Draft {
  /** The conflict as the choices were made on it. */
  fields: readonly FieldConflict[]
  choices: Choices
  /** Fields that moved under the person's hands and have to be looked at again. */
  moved: ReadonlySet<string>
}

export function beginDraft(fields: readonly FieldConflict[]): Draft {
  return { fields, choices: new Map(), moved: new Set() }
}

/**
 * The draft on what the conflict is now. A side that changed makes the choice between the sides void, for it was made on something
 * else; what was typed stays, and is marked as well.
 */
export function rebaseDraft(draft: Draft, fields: readonly FieldConflict[]): Draft {
  if (isEqual(draft.fields, fields)) return draft
  const before = new Map(draft.fields.map((one) => [one.field, one]))
  const choices = new Map<string, Choice>()
  const moved = new Set<string>()
  for (const now of fields) {
    const was = before.get(now.field)
    const same = was !== undefined && isEqual([was.here, was.there], [now.here, now.there])
    const choice = draft.choices.get(now.field)
    if (!same || draft.moved.has(now.field)) moved.add(now.field)
    if (choice !== undefined && (same || choice.choice === 'edit')) choices.set(now.field, choice)
  }
  return { fields, choices, moved }
}

/** Choosing is looking: the field no longer counts as moved. Null takes a choice back. */
export function choose(draft: Draft, field: string, choice: Choice | null): Draft {
  const choices = new Map(draft.choices)
  if (choice === null) choices.delete(field)
  else choices.set(field, choice)
  const moved = new Set(draft.moved)
  moved.delete(field)
  return { ...draft, choices, moved }
}

export function chooseAll(draft: Draft, choice: 'mine' | 'theirs'): Draft {
  return {
    ...{ fields: draft.fields, moved: new Set() },
    choices: new Map(draft.fields.map(({ field }) => [field, { choice }])),
  }
}
