// @ts-check
import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import tseslint from 'typescript-eslint'
import { parseForESLint as parseComponent } from 'vue-eslint-parser'

/**
 * The parser for linting with types. By itself typescript-eslint makes a program of its own for each component, because what vue-eslint-parser
 * gives it is not what is in the file; to resolve all types anew in each took half of all linting. Here one program has every component as
 * it will be given, and everything else.
 */

/** @typedef {{ filePath?: string, project?: unknown }} Options */

/** Its types leave the options out. */
const scriptParser = /** @type {{ parseForESLint(code: string, options: object): unknown }} */ (
  /** @type {unknown} */ (tseslint.parser)
)
const MARK = 'the whole script'

/** What vue-eslint-parser gives to the parser of scripts. @param {string} file */
function scriptOf(file) {
  /** @type {string[]} */
  const found = []
  const parser = {
    /** @param {string} code @param {Options} options */
    parseForESLint(code, options) {
      // It takes the project away for expressions of the template.
      if (options.project === MARK) found.push(code)
      return scriptParser.parseForESLint(code, { ...options, project: undefined })
    },
  }
  const options = { filePath: file, sourceType: 'module', ecmaVersion: 'latest', parser, project: MARK }
  try {
    parseComponent(readFileSync(file, 'utf8'), options)
  } catch {
    // What is wrong with it is said when it is linted itself.
  }
  return found.at(-1) ?? ''
}

/** @param {string} config path of a tsconfig */
function makeProgram(config) {
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    path.dirname(config),
    undefined,
    undefined,
    undefined,
    [{ extension: '.vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred }],
  )
  const settings = { ...options, allowNonTsExtensions: true }
  const host = ts.createCompilerHost(settings, true)
  const { getSourceFile } = host
  host.getSourceFile = (file, target, ...rest) => {
    if (!file.endsWith('.vue')) return getSourceFile.call(host, file, target, ...rest)
    return ts.createSourceFile(file, scriptOf(file), target, true, ts.ScriptKind.TS)
  }
  return ts.createProgram(fileNames, settings, host)
}

/** @param {string} config path of the tsconfig that has every file */
export function lintParser(config) {
  /** @type {import('typescript').Program | undefined} */
  let program
  return {
    meta: { name: 'caravel-lint', version: '1' },
    /** @param {string} code @param {Options} options */
    parseForESLint(code, options) {
      // Expressions of a template, which have no types.
      if (options.project === undefined) return scriptParser.parseForESLint(code, options)
      program ??= makeProgram(path.resolve(config))
      // An editor gives what is not saved yet.
      const isKnown = program.getSourceFile(path.resolve(options.filePath ?? ''))?.text === code
      const typed = isKnown ? { project: undefined, programs: [program] } : {}
      return scriptParser.parseForESLint(code, { ...options, ...typed })
    },
  }
}
