import { describe, expect, it } from 'vitest'
import { whyNotWhole } from '#core/customs/hs/whole-tariff.ts'
import { CHAPTERS } from '#tests/support/full-tariffs.ts'

const all = new Set(CHAPTERS)

describe('a tariff that was fetched', () => {
  it('has every chapter but 77, or names none because it says only what codes cost', () => {
    expect(whyNotWhole({ chapters: all, counts: [] })).toBeNull()
    expect(whyNotWhole({ chapters: null, counts: [] })).toBeNull()
    expect(whyNotWhole({ chapters: new Set([...all, '98', '99']), counts: [] })).toBeNull()
    for (const chapter of ['01', '50', '97']) {
      const chapters = new Set(CHAPTERS.filter((each) => each !== chapter))
      expect(whyNotWhole({ chapters, counts: [] })).toMatchObject({ reason: 'tariff-incomplete' })
    }
  })

  it('has at least half of what there was', () => {
    const at = (now: number, before: number) => whyNotWhole({ chapters: null, counts: [{ now, before }] })
    expect(at(50, 100)).toBeNull()
    expect(at(49, 100)).toMatchObject({ code: 'malformed', reason: 'tariff-incomplete' })
    expect(at(0, 0)).toBeNull()
  })
})
