import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRatesAnswer, readRatesFile } from '#core/connectors/ecb/mapping/rates.ts'
import { hasRates } from '#core/money/rate-days.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import { readSpecText, SKIPPED, specsFolder } from './specs-folder.ts'

/** Files of the European Central Bank as they were published, and one that somebody saved with decimal commas. */
describe.skipIf(!specsFolder)(`exchange rates as the bank publishes them${SKIPPED}`, () => {
  const NOW = Date.UTC(2026, 3, 14)
  const files = () => readdirSync(join(specsFolder ?? '', 'data/fx'))
  const textOf = (begin: string, end: string) => {
    const name = files().find((file) => file.startsWith(begin) && file.endsWith(end))
    return readSpecText(`data/fx/${name ?? ''}`)
  }
  const read = (text: string) => {
    const found = readRatesFile(text, NOW)
    if (!found.ok) throw new Error(found.error.reason)
    return found.value
  }
  const history = () => read(textOf('eurofxref-hist-2025', '.csv')).sets
  const figures = ({ rates }: RateSet) =>
    Object.fromEntries(Object.entries(rates).map(([code, rate]) => [code, Number(rate)]))

  it('reads every rate of a day, and names none that is left out', () => {
    const answer = readRatesAnswer(textOf('eurofxref-daily.2026-03-13.xml', ''), NOW)
    expect(answer).toMatchObject({ value: { leftOut: [], sets: [{ date: '2026-03-13', source: 'ecb' }] } })
    expect(answer.ok && Object.keys(answer.value.sets[0]?.rates ?? {})).toHaveLength(29)
  })

  it('reads the same from the day, from 90 days and from the history', () => {
    const [newest] = history()
    const [ofDay] = read(textOf('eurofxref.csv', '')).sets
    const ninety = readRatesAnswer(textOf('eurofxref-hist-90d', '.xml'), NOW)
    expect(newest?.date).toBe('2026-04-13')
    expect(ofDay && figures(ofDay)).toEqual(newest && figures(newest))
    if (!ninety.ok || newest === undefined) throw new Error('no rates')
    for (const set of ninety.value.sets) {
      const same = history().find(({ date }) => date === set.date)
      expect(same && figures(same), set.date).toEqual(figures(set))
    }
  })

  it('has rates on exactly the days that the calendar says', () => {
    const days = history().map(({ date }) => date)
    expect(days).toHaveLength(325)
    const oldest = Date.parse(days.at(-1) ?? '')
    const expected: string[] = []
    for (let at = Date.parse(days[0] ?? ''); at >= oldest; at -= 86_400_000) {
      const day = new Date(at).toISOString().slice(0, 10)
      if (hasRates(day)) expected.push(day)
    }
    expect(days).toEqual(expected)
  })

  it('takes nothing from a file with decimal commas', () => {
    const text = textOf('eurofxref-daily', 'decimal-comma.stored.xml')
    expect(readRatesAnswer(text, NOW)).toMatchObject({ error: { code: 'malformed', reason: 'rates-none' } })
  })
})
