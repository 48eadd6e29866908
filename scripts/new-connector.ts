import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'
import type { Capability } from '#core/connectors/_kit/manifest.ts'
import { faultOf, joinLists, planConnector } from './new-connector/plan-connector.ts'

// npm run new-connector -- ID "NAME" [--kind shop|marketplace] [--capabilities pull-orders,read-orders,confirm-shipment]: the files of a
// connector that compile and do nothing yet. The conformance suite is red for it until it conforms (docs/how-to-add-a-connector.md).

const root = fileURLToPath(new URL('..', import.meta.url))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kind: { type: 'string', default: 'marketplace' },
    capabilities: { type: 'string', default: 'pull-orders,read-orders,confirm-shipment' },
  },
})
const [id = '', name = ''] = positionals
const kind = values.kind === 'shop' ? 'shop' : 'marketplace'
const capabilities = values.capabilities.split(',') as Capability[]
const connector = { id, name, kind, capabilities, today: new Date().toISOString().slice(0, 10) } as const
const folder = path.join(root, 'core/connectors', id)
const fault =
  id === ''
    ? 'Usage: npm run new-connector -- etsy "Etsy" [--kind shop|marketplace] [--capabilities pull-orders,read-orders]'
    : (faultOf(connector) ?? (existsSync(folder) ? `There is a connector ${id} already.` : null))
if (fault !== null) {
  console.error(fault)
  process.exit(1)
}

const files = {
  ...planConnector(connector),
  ...joinLists((file) => readFileSync(path.join(root, file), 'utf8'), connector),
}
for (const [file, text] of Object.entries(files)) {
  const place = path.join(root, file)
  mkdirSync(path.dirname(place), { recursive: true })
  const options = await resolveConfig(place)
  const isPlain = file.endsWith('.gitkeep')
  writeFileSync(place, isPlain ? text : await format(text, { ...options, filepath: place }))
  console.log(file)
}
console.log(`\nRed until it conforms: npx vitest run --project unit tests/conformance -t "connector ${id}"`)
console.log('What comes next: docs/how-to-add-a-connector.md')
