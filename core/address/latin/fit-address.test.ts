import { describe, expect, it } from 'vitest'
import { limitsOf } from '#core/address/latin/carrier-limits.ts'
import { fitAddress } from '#core/address/latin/fit-address.ts'
import { address } from '#tests/support/label-samples.ts'

const dpd = limitsOf('dpd')
const asGiven = { letters: 'as-given', path: 'shipTo' } as const
const fit = (parts: object, how: Parameters<typeof fitAddress>[2] = asGiven, limits = dpd) =>
  fitAddress(address({ name: 'Jörg Müßigbrodt', city: 'München', country: 'DE', ...parts }), limits, how)

describe('an address for a carrier', () => {
  it('stays as it is while its lines are short enough, to the character', () => {
    const line1 = 'a'.repeat(35)
    expect(fit({ line1, line2: 'b' })).toMatchObject({ value: { line1, line2: 'b' } })
    expect(fit({ line1: `${line1}a` })).toMatchObject({
      error: [{ reason: 'address-line-too-long', field: 'shipTo.line1' }],
    })
  })

  it('has its street broken between words, and no word is lost', () => {
    const line1 = 'Zweite Straße hinter dem Alten Rathaus 128'
    expect(fit({ line1 })).toMatchObject({
      value: { line1: 'Zweite Straße hinter dem Alten', line2: 'Rathaus 128' },
    })
    const both = fit({ line1, line2: 'Hinterhaus 3' })
    expect(both).toMatchObject({ value: { line2: 'Rathaus 128 Hinterhaus 3' } })
    expect(fit({ line1, line2: 'Hinterhaus 3, vierter Stock links hinten' })).toMatchObject({
      error: [{ field: 'shipTo.line1' }],
    })
  })

  it('names every other part that is too long for one line', () => {
    expect(fit({ line1: 'A 1', company: 'x '.repeat(30), region: 'y'.repeat(36) })).toMatchObject({
      error: [{ field: 'shipTo.company' }, { field: 'shipTo.region' }],
    })
  })

  it('has the room that a carrier gives each part, which is not always that of the street', () => {
    const at = (carrier: string, parts: object) => fit({ line1: 'A 1', ...parts }, asGiven, limitsOf(carrier))
    expect(at('amazon-shipping', { line1: 'x'.repeat(60), company: 'x'.repeat(50) })).toMatchObject({
      ok: true,
    })
    expect(at('amazon-shipping', { company: 'x'.repeat(51), city: 'x'.repeat(31) })).toMatchObject({
      error: [{ field: 'shipTo.company' }, { field: 'shipTo.city' }],
    })
    expect(at('ups', { company: 'x'.repeat(35), city: 'x'.repeat(30) })).toMatchObject({ ok: true })
    expect(at('ups', { city: 'x'.repeat(31) })).toMatchObject({ error: [{ field: 'shipTo.city' }] })
    expect(at('dhl-parcel-de', { line1: 'x'.repeat(50), region: 'x'.repeat(20) })).toMatchObject({ ok: true })
    expect(at('dhl-parcel-de', { region: 'x'.repeat(21) })).toMatchObject({
      error: [{ field: 'shipTo.region' }],
    })
    expect(at('royal-mail', { name: 'x'.repeat(210), line2: 'x'.repeat(100) })).toMatchObject({ ok: true })
  })

  it('spells letters out where that is chosen, and counts what comes of it', () => {
    expect(fit({ line1: 'Größestraße 1' }, { letters: 'ue', path: '' })).toMatchObject({
      value: { name: 'Joerg Muessigbrodt', city: 'Muenchen', line1: 'Groessestrasse 1' },
    })
    expect(fit({ line1: 'ß'.repeat(18) }, { letters: 'u', path: 'to' })).toMatchObject({ ok: false })
  })
})
