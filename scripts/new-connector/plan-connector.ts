import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { WRITE_OPERATIONS, type OperationName } from '#core/contracts/operations.ts'
import { CAPABILITIES, type Capability } from '#core/connectors/_kit/manifest.ts'

export interface NewConnector {
  id: string
  name: string
  kind: 'shop' | 'marketplace'
  capabilities: readonly Capability[]
  /** YYYY-MM-DD. */
  today: string
}

/** Text by path from the project's root. */
export type PlannedFiles = Record<string, string>

const TEMPLATE = fileURLToPath(new URL('./template/', import.meta.url))
const CASES = 'tests/conformance'

/** What is wrong with the names given, in a sentence; null when nothing is. */
export function faultOf({ id, name, capabilities }: Omit<NewConnector, 'today' | 'kind'>): string | null {
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(id))
    return 'The id has 2 to 40 lower-case letters, digits and hyphens and begins with a letter, as in etsy or tiktok-shop.'
  if (name.trim() === '' || name.length > 60) return 'The name is what sellers read, up to 60 characters.'
  const unknown = capabilities.filter((each) => !CAPABILITIES.includes(each))
  return unknown.length === 0
    ? null
    : `No such capability: ${unknown.join(', ')}. There are ${CAPABILITIES.join(', ')}.`
}

/** Every new file of a connector. */
export function planConnector(connector: NewConnector): PlannedFiles {
  const folder = `core/connectors/${connector.id}`
  const files: PlannedFiles = { [`${folder}/fixtures/.gitkeep`]: '' }
  for (const file of ['manifest', 'index', 'session', 'api', 'wire', 'mapping/order'])
    files[`${folder}/${file}.ts`] = fill(`core/${file}.ts.txt`, connector)
  for (const operation of ['test-connection', ...connector.capabilities] as const)
    files[`${folder}/operations/${operation}.ts`] = fill(
      'core/operations/operation.ts.txt',
      connector,
      operation,
    )
  files[`${folder}/README.md`] = fill('core/README.md.txt', connector)
  files[`${CASES}/${connector.id}.cases.ts`] = fill('conformance/cases.ts.txt', connector)
  return files
}

/** The three lists that know every connector, with this one at their end. */
export function joinLists(read: (file: string) => string, { id }: NewConnector): PlannedFiles {
  const camel = toCamel(id)
  const at = `#core/connectors/${id}`
  const list = (file: string, what: string, name: string, from: string): [string, string] => [
    file,
    withEntry(read(file), what, name, `import { ${name} } from '${from}'`),
  ]
  return Object.fromEntries([
    list('core/connectors/registry.ts', 'connectors', camel, `${at}/index.ts`),
    list('core/connectors/manifests.ts', 'manifests', `${camel}Manifest`, `${at}/manifest.ts`),
    list(`${CASES}/conformance.test.ts`, 'ALL_CASES', `${camel}Cases`, `#tests/conformance/${id}.cases.ts`),
  ])
}

/** Paths of the template, for the test that none is forgotten. */
export function templateFiles(): string[] {
  return readdirSync(TEMPLATE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(TEMPLATE, path.join(entry.parentPath, entry.name)))
}

function fill(file: string, connector: NewConnector, operation: OperationName = 'test-connection'): string {
  const { id, name, kind, capabilities, today } = connector
  const isWrite = (WRITE_OPERATIONS as readonly OperationName[]).includes(operation)
  const words: Record<string, string> = {
    ...{ id, Name: name, kind, today, camel: toCamel(id), operation },
    capabilities: capabilities.map((each) => `'${each}'`).join(', '),
    camelOperation: toCamel(operation),
    PascalOperation: toPascal(operation),
    effect: isWrite ? 'write' : 'read',
    operationImports: capabilities
      .map((each) => `import { ${toCamel(each)} } from '#core/connectors/${id}/operations/${each}.ts'`)
      .join('\n'),
    operationEntries: capabilities.map((each) => `    '${each}': ${toCamel(each)},`).join('\n'),
  }
  const text = readFileSync(path.join(TEMPLATE, file), 'utf8')
  return text.replace(/__([A-Za-z]+)__/g, (placeholder, word: string) => words[word] ?? placeholder)
}

/** The list `what` with one entry more, and the file with its import after the last. */
function withEntry(text: string, what: string, entry: string, importLine: string): string {
  const list = new RegExp(`(const ${what}\\b[^=]*= \\[)([^\\]]*?),?\\s*\\]`)
  if (!list.test(text))
    throw new Error(`There is no list ${what} any more: name it in scripts/new-connector.`)
  const lastImport = text.lastIndexOf('\nimport ')
  const end = text.indexOf('\n', lastImport + 1)
  const imported = `${text.slice(0, end)}\n${importLine}${text.slice(end)}`
  return imported.replace(list, `$1$2, ${entry}]`)
}

function toPascal(words: string): string {
  return words.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

function toCamel(words: string): string {
  const pascal = toPascal(words)
  return pascal.charAt(0).toLowerCase() + pascal.slice(1)
}
