import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Fixture } from '#tests/conformance/fixture.ts'

/** The recorded runs of a connector, by `<operation>.<case>`. */
export function loadFixtures(connectorId: string): Record<string, Fixture> {
  const folder = fileURLToPath(new URL(`../../core/connectors/${connectorId}/fixtures/`, import.meta.url))
  const names = readdirSync(folder).filter(
    (file) => file.endsWith('.json') && !file.includes('wrong-password'),
  )
  return Object.fromEntries(
    names.map((file) => [
      file.replace(/\.json$/, ''),
      JSON.parse(readFileSync(folder + file, 'utf8')) as Fixture,
    ]),
  )
}
