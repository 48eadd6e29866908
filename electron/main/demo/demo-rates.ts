import type { Manifest } from '#core/connectors/_kit/manifest.ts'
import type { Connector } from '#core/connectors/_kit/connector.ts'
import { ecb } from '#core/connectors/ecb/index.ts'
import { dayOf, hasRates, newestRatesDay } from '#core/money/rate-days.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'

/** The demo's bank: documents of the European Central Bank's layout, with figures that say they are made up. */

/** Its rates come from an address of this machine; everything else is the real connector. */
const manifest: Manifest = {
  ...ecb.manifest,
  id: 'ecb-demo',
  address: { hosts: [], settings: ['baseUrl'] },
  settings: [{ key: 'baseUrl', kind: 'url', required: true }],
}
export const demoRatesConnector: Connector = { ...ecb, manifest }

/** Round figures nobody takes for rates of a day: per euro, and with how many digits. */
const FIGURES: readonly [code: string, rate: number, digits: number][] = [
  ['USD', 1.1, 4],
  ['JPY', 170, 2],
  ['GBP', 0.85, 5],
  ['CHF', 0.95, 4],
  ['CNY', 8, 4],
  ['HKD', 8.6, 4],
  ['KRW', 1600, 2],
  ['AUD', 1.7, 4],
  ['CAD', 1.5, 4],
  ['NZD', 1.9, 4],
  ['SGD', 1.45, 4],
  ['SEK', 11, 4],
  ['NOK', 11.5, 4],
  ['DKK', 7.45, 4],
  ['PLN', 4.3, 4],
  ['CZK', 25, 3],
  ['HUF', 400, 2],
  ['RON', 5, 4],
  ['TRY', 45, 4],
  ['BRL', 6, 4],
  ['MXN', 20, 4],
  ['INR', 100, 4],
  ['THB', 38, 3],
  ['ZAR', 20, 4],
]

const DAY_MS = 24 * 3_600_000
const DAYS = 90

/** The document at a path of the bank at this moment; null where it has none. */
export function findDemoRates(path: string, now: number): string | null {
  const newest = newestRatesDay(now)
  if (path === '/stats/eurofxref/eurofxref-daily.xml') return document([newest])
  if (path !== '/stats/eurofxref/eurofxref-hist-90d.xml') return null
  const end = Date.parse(`${newest}T00:00:00Z`)
  const days = Array.from({ length: DAYS }, (_, n) => dayOf(end - n * DAY_MS)).filter(hasRates)
  return document(days)
}

/** The same day has the same figures, whenever it is asked for. */
function document(days: readonly string[]): string {
  const cubes = days.map((day) => {
    const rng = seededRng(Number(day.replaceAll('-', '')))
    const quotes = FIGURES.map(([code, rate, digits]) => {
      const moved = rate * (1 + (rng() - 0.5) / 50)
      return `<Cube currency='${code}' rate='${moved.toFixed(digits)}'/>`
    })
    return `<Cube time='${day}'>${quotes.join('')}</Cube>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Made-up rates for the demo workspace</gesmes:subject>
<gesmes:Sender><gesmes:name>Caravel demo figures</gesmes:name></gesmes:Sender>
<Cube>${cubes.join('')}</Cube>
</gesmes:Envelope>
`
}
