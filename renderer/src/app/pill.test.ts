import { describe, expect, it } from 'vitest'
import { pillParts, type PillFacts } from '#renderer/app/pill.ts'

const facts = (more: Partial<PillFacts> = {}): PillFacts => ({
  ...{
    shops: 1,
    connectivity: { state: 'online', since: 1 },
    signIn: [],
    unreached: [],
    waiting: 0,
    attention: 0,
    conflicts: 0,
  },
  ...more,
})

describe('the connection pill', () => {
  it.each<[string, Partial<PillFacts>, string[]]>([
    ['online', {}, ['online']],
    ['nothing connected', { shops: 0 }, ['none']],
    ['not tried yet', { connectivity: { state: 'unknown', since: 0 } }, ['unknown']],
    [
      'offline with work',
      { connectivity: { state: 'offline', since: 5 }, waiting: 12 },
      ['offline', 'waiting'],
    ],
    [
      'offline wins over a sign-in, which needs the line',
      { connectivity: { state: 'offline', since: 5 }, signIn: ['A'] },
      ['offline'],
    ],
    [
      'sign-in wins over refused changes',
      { signIn: ['A', 'B'], attention: 3, waiting: 4 },
      ['sign-in', 'waiting'],
    ],
    ['that one shop is down', { unreached: [{ name: 'A', since: 3 }], waiting: 2 }, ['unreached', 'waiting']],
    [
      'refused changes before those in conflict',
      { attention: 1, conflicts: 2, waiting: 3 },
      ['attention', 'waiting'],
    ],
    ['changes in conflict', { conflicts: 2, waiting: 2 }, ['conflicts', 'waiting']],
    ['refused changes', { attention: 1, waiting: 1 }, ['attention', 'waiting']],
  ])('says %s', (_what, more, kinds) => {
    expect(pillParts(facts(more)).map((part) => part.kind)).toEqual(kinds)
  })

  it('names the first shop and counts the others', () => {
    expect(pillParts(facts({ signIn: ['Berlin', 'Osaka', 'Lyon'] }))[0]).toEqual({
      kind: 'sign-in',
      name: 'Berlin',
      more: 2,
    })
  })

  it('says until when the data is fit to work on, while there is no line', () => {
    const offline = { state: 'offline', since: 5 } as const
    expect(pillParts(facts({ connectivity: offline, safeUntil: 9 }))).toEqual([
      { kind: 'offline', since: 5, safeUntil: 9 },
    ])
    expect(pillParts(facts({ connectivity: offline }))).toEqual([
      { kind: 'offline', since: 5, safeUntil: null },
    ])
    expect(pillParts(facts({ safeUntil: 9 }))).toEqual([{ kind: 'online' }])
  })
})
