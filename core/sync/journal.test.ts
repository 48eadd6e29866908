import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '#core/shared/canonical-json.ts'
import {
  chainEntries,
  checkEntry,
  EMPTY_JOURNAL,
  type JournalEntry,
  type JournalFacts,
} from '#core/sync/journal.ts'

const facts = (n: number, more: Partial<JournalFacts> = {}): JournalFacts => ({
  ...{ id: `e${n}`, entityKey: 'order:1', connectionId: 'shop', label: 'A-1', at: 1000 + n },
  ...{ what: 'note-set', values: { n }, by: 'here', deskId: 'd', deskName: 'Desk', offline: false },
  ...{ salt: `s${n}`, changes: [{ field: 'note', from: null, to: `text ${n}` }] },
  ...more,
})

function firstFlaw(entries: readonly JournalEntry[]): string | null {
  let before = EMPTY_JOURNAL
  for (const entry of entries) {
    const flaw = checkEntry(before, entry)
    if (flaw !== null) return `${entry.seq}: ${flaw}`
    before = entry
  }
  return null
}

describe('the journal', () => {
  const { entries } = chainEntries(
    EMPTY_JOURNAL,
    Array.from({ length: 6 }, (_, n) => facts(n)),
  )

  it('verifies as it was written, in one go or one by one', () => {
    expect(firstFlaw(entries)).toBeNull()
    let head = EMPTY_JOURNAL
    const single = Array.from({ length: 6 }, (_, n) => {
      const step = chainEntries(head, [facts(n)])
      head = step.head
      return step.entries[0]
    })
    expect(single).toEqual(entries)
    expect(head.hash).toBe(entries[5]?.hash)
  })

  it('shows an entry that was taken out, moved, or put in', () => {
    expect(firstFlaw(entries.toSpliced(2, 1))).toBe('4: missing')
    expect(
      firstFlaw([...entries.slice(0, 2), entries[3], entries[2]].filter((each) => each !== undefined)),
    ).toBe('4: missing')
    const forged = chainEntries({ seq: 2, hash: 'f'.repeat(64) }, [facts(9)]).entries
    expect(firstFlaw([...entries.slice(0, 2), ...forged])).toBe('3: altered')
  })

  it('still verifies when the changes of an entry were removed, not when they were changed', () => {
    const removed = entries.map((entry, i) => (i === 3 ? { ...entry, salt: '', changes: [] } : entry))
    expect(firstFlaw(removed)).toBeNull()
    const changed = entries.map((entry, i) =>
      i === 3 ? { ...entry, changes: [{ field: 'note', from: null, to: 'other' }] } : entry,
    )
    expect(firstFlaw(changed)).toBe('4: changes-altered')
  })

  it('shows any other change of any field of any entry', () => {
    const field = fc.constantFrom<keyof JournalEntry>(
      ...([
        'id',
        'entityKey',
        'connectionId',
        'label',
        'what',
        'by',
        'deskId',
        'deskName',
        'prev',
        'hash',
      ] as const),
      ...(['at', 'seq', 'values', 'offline', 'changesHash'] as const),
    )
    fc.assert(
      fc.property(fc.nat(5), field, (at, key) => {
        const altered = entries.map((entry, i) => (i === at ? { ...entry, [key]: spoil(entry[key]) } : entry))
        expect(firstFlaw(altered)).not.toBeNull()
      }),
    )
  })
})

function spoil(value: unknown): unknown {
  if (typeof value === 'string') return `${value}x`
  if (typeof value === 'number') return value + 1
  return typeof value === 'boolean' ? !value : { other: 1 }
}

describe('canonicalJson', () => {
  it('is one text per value, whatever the order of its keys', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, each]) => [key, shuffled(each)]),
      )
    }
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
  it('leaves out what has no value', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}')
  })
})
