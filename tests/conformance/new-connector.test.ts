import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { CAPABILITIES } from '#core/connectors/_kit/manifest.ts'
import {
  faultOf,
  joinLists,
  planConnector,
  templateFiles,
  type NewConnector,
} from '../../scripts/new-connector/plan-connector.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const whole: NewConnector = {
  ...{ id: 'paper-boat', name: 'Paper Boat', kind: 'marketplace', today: '2026-11-23' },
  capabilities: CAPABILITIES,
}
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const planned = () => ({ ...planConnector(whole), ...joinLists(read, whole) })

/** Errors of the compiler when these files lie over the project's own. */
function compile(files: Record<string, string>): string[] {
  const places = new Map(Object.entries(files).map(([file, text]) => [path.join(root, file), text]))
  const base = ts.readConfigFile(path.join(root, 'tests/tsconfig.json'), (file) => ts.sys.readFile(file))
  const folder = mkdtempSync(path.join(tmpdir(), 'caravel-new-'))
  const { options } = ts.parseJsonConfigFileContent(base.config, ts.sys, path.join(root, 'tests'))
  const host = ts.createCompilerHost({ ...options, outDir: folder })
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (file) => places.has(file) || fileExists(file)
  host.readFile = (file) => places.get(file) ?? readFile(file)
  host.getSourceFile = (file, version, ...rest) => {
    const text = places.get(file)
    return text === undefined
      ? getSourceFile(file, version, ...rest)
      : ts.createSourceFile(file, text, version, true)
  }
  const roots = [...places.keys()].filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const program = ts.createProgram(
    roots,
    { ...options, noEmit: true, composite: false, incremental: false },
    host,
  )
  const found = roots.flatMap((file) => {
    const source = program.getSourceFile(file)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
  })
  rmSync(folder, { recursive: true })
  return found.map(
    ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  )
}

describe('a new connector', () => {
  it('compiles with every capability there is', { timeout: 120_000 }, () => {
    expect(compile(planned())).toEqual([])
  })

  it('uses every file of the template and leaves no placeholder', () => {
    const used = new Set<string>()
    for (const file of Object.keys(planConnector(whole))) {
      const name = path.basename(file)
      if (file.includes('/operations/')) used.add('core/operations/operation.ts.txt')
      else if (file.endsWith('.cases.ts')) used.add('conformance/cases.ts.txt')
      else if (name !== '.gitkeep') used.add(`core/${file.split('/paper-boat/')[1]}.txt`)
    }
    expect([...used].sort()).toEqual(templateFiles().sort())
    expect(Object.values(planConnector(whole)).filter((text) => /__[A-Za-z]+__/.test(text))).toEqual([])
  })

  it('stands at the end of the lists that know every connector', () => {
    const lists = Object.values(joinLists(read, whole))
    expect(lists.map((text) => /, (paperBoat\w*)\]/.exec(text)?.[1])).toEqual([
      'paperBoat',
      'paperBoatManifest',
      'paperBoatCases',
    ])
    expect(existsSync(path.join(root, 'docs/how-to-add-a-connector.md'))).toBe(true)
  })

  it.each([
    [{ ...whole, id: 'Etsy' }, 'lower-case'],
    [{ ...whole, name: ' ' }, 'name'],
    [{ ...whole, capabilities: ['pull-everything' as never] }, 'pull-everything'],
  ])('says what is wrong with a name', (given, word) => expect(faultOf(given)).toContain(word))
})
