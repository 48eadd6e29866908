import { describe, expect, it } from 'vitest'
import { exponentOf, isCurrency } from '#core/money/currencies.ts'
import { readSpec, SKIPPED, specsFolder } from './specs-folder.ts'

interface Listed {
  code: string
  minorUnits: number | null
}

/** Metals, units of account and test codes: nobody sells in them. */
const NOT_MONEY = /^X(AG|AU|BA|BB|BC|BD|DR|PD|PT|SU|TS|UA|XX)$/

describe.skipIf(!specsFolder)(`currencies against the ISO list${SKIPPED}`, () => {
  it('keeps every amount with the digits that ISO gives', () => {
    const { currencies } = readSpec('data/currencies.json') as { currencies: Listed[] }
    const selling = currencies.filter(({ code, minorUnits }) => !NOT_MONEY.test(code) && minorUnits !== null)
    expect(selling.length).toBeGreaterThan(150)
    const missing = selling.filter(({ code }) => !isCurrency(code)).map(({ code }) => code)
    const different = selling.filter(
      ({ code, minorUnits }) => isCurrency(code) && exponentOf(code) !== minorUnits,
    )
    expect({ missing, different }).toEqual({ missing: [], different: [] })
  })
})
