import { describe, expect, it } from 'vitest'
import { beginDraft, choose, chooseAll, rebaseDraft } from '#renderer/features/conflicts/conflict-draft.ts'

const field = (name: string, here: unknown, there: unknown) => ({
  ...{ field: name, before: 'old', here, there },
})
const title = field('contents.de.title', 'Becher', 'Tasse')
const stock = field('offers.1.stock', 0, 3)

describe('what a person decides of a conflict', () => {
  it('stays while the conflict is the same, also when it is read anew', () => {
    const draft = choose(beginDraft([title, stock]), title.field, { choice: 'mine' })
    expect(rebaseDraft(draft, structuredClone([title, stock]))).toBe(draft)
  })

  it('is void for a side that changed, and what was typed is not', () => {
    let draft = choose(beginDraft([title, stock]), title.field, { choice: 'edit', typed: 'Kaffeebecher' })
    draft = choose(draft, stock.field, { choice: 'theirs' })
    const after = rebaseDraft(draft, [
      { ...title, there: 'Pott' },
      { ...stock, there: 1 },
    ])
    expect([...after.choices]).toEqual([[title.field, { choice: 'edit', typed: 'Kaffeebecher' }]])
    expect([...after.moved]).toEqual([title.field, stock.field])
    // A later reading does not make it looked at.
    expect([
      ...rebaseDraft(after, [
        { ...title, there: 'Pott' },
        { ...stock, there: 2 },
      ]).moved,
    ]).toEqual([title.field, stock.field])
    expect([...choose(after, stock.field, { choice: 'mine' }).moved]).toEqual([title.field])
  })

  it('keeps the choice on a field when another one moves, joins or is over', () => {
    const draft = chooseAll(beginDraft([title, stock]), 'theirs')
    const after = rebaseDraft(draft, [title, field('contents.de.description', 'a', 'b')])
    expect([...after.choices]).toEqual([[title.field, { choice: 'theirs' }]])
    expect([...after.moved]).toEqual(['contents.de.description'])
  })

  it('can be taken back', () => {
    const draft = choose(chooseAll(beginDraft([title, stock]), 'mine'), title.field, null)
    expect([...draft.choices.keys()]).toEqual([stock.field])
  })
})
