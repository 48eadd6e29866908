import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { collectReasons, findReasonParameters } from './reason-uses.ts'
import { collectUses, rawTexts, type KeyUse } from './locale-uses.ts'

/** Languages that have to be complete; the first is the source. */
const LANGUAGES = ['en', 'zh-CN'] as const
const PLURAL = /_(zero|one|two|few|many|other)$/

export interface LocaleRoots {
  /** Holds one folder per language with one file per namespace. */
  locales: string
  /** Folders whose .ts and .vue files use the texts. */
  sources: readonly string[]
  /** Folders whose .ts and .vue files make issues and findings. */
  reasons?: readonly string[]
}

/** Everything that is wrong with the texts of the app, one line each; empty when nothing is. */
export function checkLocales({ locales, sources, reasons = [] }: LocaleRoots): string[] {
  const [source, ...others] = LANGUAGES.map((language) => ({
    language,
    texts: readTexts(path.join(locales, language)),
  }))
  if (!source) return ['no source language']
  const files = sources.flatMap((folder) => filesIn(folder))
  const uses = files.flatMap((file) =>
    collectUses(readFileSync(file, 'utf8'), file, namespaces(source.texts)),
  )
  return [
    ...missingPlurals(source.language, source.texts),
    ...others.flatMap((other) => [
      ...compareKeys(source.texts, other.language, other.texts),
      ...missingPlurals(other.language, other.texts),
      ...comparePlaceholders(source.texts, other.language, other.texts),
    ]),
    ...checkUses(source.texts, uses),
    ...checkReasons(source.texts, reasons),
    ...files
      .filter((file) => file.endsWith('.vue'))
      .flatMap((file) => rawTexts(readFileSync(file, 'utf8'), file)),
  ]
}

/** All texts of a language by full key, `orders:queue.all`. */
function readTexts(folder: string): Map<string, string> {
  const texts = new Map<string, string>()
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    const tree: unknown = JSON.parse(readFileSync(path.join(folder, file), 'utf8'))
    flatten(tree, `${file.slice(0, -5)}:`, texts)
  }
  return texts
}

function flatten(tree: unknown, prefix: string, into: Map<string, string>): void {
  if (typeof tree === 'string') into.set(prefix.slice(0, -1), tree)
  else for (const [key, value] of Object.entries(tree as object)) flatten(value, `${prefix}${key}.`, into)
}

function namespaces(texts: ReadonlyMap<string, string>): Set<string> {
  return new Set([...texts.keys()].map((key) => key.split(':')[0] ?? ''))
}

const base = (key: string): string => key.replace(PLURAL, '')

function compareKeys(
  source: ReadonlyMap<string, string>,
  language: string,
  texts: ReadonlyMap<string, string>,
): string[] {
  const wanted = new Set([...source.keys()].map(base))
  const there = new Set([...texts.keys()].map(base))
  return [
    ...[...wanted].filter((key) => !there.has(key)).map((key) => `${language}: missing ${key}`),
    ...[...there].filter((key) => !wanted.has(key)).map((key) => `${language}: ${key} is not in the source`),
    ...[...texts].filter(([, text]) => text.trim() === '').map(([key]) => `${language}: ${key} is empty`),
  ]
}

/** A text that counts has every form of its language. */
function missingPlurals(language: string, texts: ReadonlyMap<string, string>): string[] {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const counted = new Set([...texts.keys()].filter((key) => PLURAL.test(key)).map(base))
  return [...counted].flatMap((key) =>
    forms
      .filter((form) => !texts.has(`${key}_${form}`))
      .map((form) => `${language}: ${key} lacks the form ${form}`),
  )
}

/** Placeholders of all forms of a text; one form may leave the count out. */
function comparePlaceholders(
  source: ReadonlyMap<string, string>,
  language: string,
  texts: ReadonlyMap<string, string>,
): string[] {
  const wanted = placeholdersByBase(source)
  const there = placeholdersByBase(texts)
  return [...wanted].flatMap(([key, names]) => {
    const other = there.get(key)
    if (!other || sameSet(names, other)) return []
    return [
      `${language}: placeholders of ${key} differ: {${[...names].join(', ')}} and {${[...other].join(', ')}}`,
    ]
  })
}

function placeholdersByBase(texts: ReadonlyMap<string, string>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const [key, text] of texts) {
    const names = found.get(base(key)) ?? new Set<string>()
    for (const match of text.matchAll(/\{\{\s*-?\s*([\w.]+)[^}]*\}\}/g)) names.add(match[1] ?? '')
    found.set(base(key), names)
  }
  return found
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((name) => b.has(name))
}

function checkUses(source: ReadonlyMap<string, string>, uses: readonly KeyUse[]): string[] {
  const keys = [...new Set([...source.keys()].map(base))]
  const used = new Set<string>()
  const problems: string[] = []
  for (const use of uses) {
    const matching = keys.filter((key) => use.pattern.test(key))
    for (const key of matching) used.add(key)
    if (matching.length === 0) problems.push(`${use.file}: ${use.text} is not in the source texts`)
  }
  return [...problems, ...keys.filter((key) => !used.has(key)).map((key) => `en: ${key} is not used`)]
}

/** Every reason that the code can give has a text of its own; a bare code is no answer to "what now?". */
function checkReasons(texts: ReadonlyMap<string, string>, folders: readonly string[]): string[] {
  const files = folders
    .flatMap((folder) => filesIn(folder))
    .map((file) => ({ file, code: scriptOf(file, readFileSync(file, 'utf8')) }))
  const parameters = new Map(files.flatMap(({ code, file }) => [...findReasonParameters(code, file)]))
  return files
    .flatMap(({ code, file }) => collectReasons(code, file, parameters))
    .filter(({ reason }) => !texts.has(`issues:reason.${reason}`))
    .map(({ file, reason }) => `${file}: no text for the reason ${reason}`)
}

function scriptOf(file: string, code: string): string {
  return file.endsWith('.vue') ? (/<script[^>]*>([\s\S]*?)<\/script>/.exec(code)?.[1] ?? '') : code
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue)$/.test(name) && !/\.(test|d)\.ts$/.test(name))
    .map((name) => path.join(folder, name))
    .sort()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = path.resolve(import.meta.dirname, '..')
  const problems = checkLocales({
    locales: path.join(root, 'locales'),
    sources: [path.join(root, 'renderer', 'src')],
    reasons: ['core', 'electron', path.join('renderer', 'src')].map((folder) => path.join(root, folder)),
  })
  for (const problem of problems) console.error(problem.replace(`${root}/`, ''))
  console.log(problems.length === 0 ? 'locales: complete' : `locales: ${problems.length} problems`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
