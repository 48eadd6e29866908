import { describe, expect, it } from 'vitest'
import type { ItemCustoms } from '#core/catalog/product.ts'
import { fromDraft, takeCode, toDraft } from '#renderer/ui/customs-draft.ts'

const SHIRT: ItemCustoms = {
  ...{ description: 'Cotton T-shirt', descriptionLocal: '', hs6: '610910', origin: 'CN' },
  ...{ unitValue: null, unitNetGrams: 180, national: { US: '6109100012' }, nomenclature: 'HS2022' },
}
const draft = () => toDraft(SHIRT, 'EUR', 'en')

describe('codes of single destinations, as typed', () => {
  it('come back as they were, with the edition of the nomenclature', () => {
    expect(fromDraft(draft(), 'en')).toMatchObject({ ok: true, value: SHIRT })
  })

  it('are let go when they are empty, and kept as digits', () => {
    const national = [
      { place: 'EU', code: '6109 10 00' },
      { place: 'GB', code: ' ' },
    ]
    expect(fromDraft({ ...draft(), national }, 'en')).toMatchObject({
      value: { national: { EU: '61091000' } },
    })
    expect(fromDraft({ ...draft(), national: [] }, 'en')).toMatchObject({ value: { national: undefined } })
  })

  it.each([
    ['US', '6110100012', 'hs-national-differs'],
    ['U', '6109100012', 'hs-national-place'],
    ['US', '61O9100012', 'hs-not-digits'],
  ])('%s %s is refused: %s', (place, code, reason) =>
    expect(fromDraft({ ...draft(), national: [{ place, code }] }, 'en')).toMatchObject({
      error: { reason, field: 'national' },
    }),
  )

  it('follow a code that is taken over: those of other goods go', () => {
    const moved = takeCode(draft(), '691200', { EU: '6912002310' })
    expect(moved).toMatchObject({ hs6: '691200', national: [{ place: 'EU', code: '6912002310' }] })
    expect(takeCode(draft(), '610910', { US: '6109100040' }).national).toEqual([
      { place: 'US', code: '6109100040' },
    ])
  })
})
