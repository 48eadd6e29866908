import { parse } from 'vue/compiler-sfc'

/** A place in the code that names a text. */
export interface KeyUse {
  file: string
  text: string
  /** Matches every key this may stand for: `orders:queue.${id}` matches all under `orders:queue`. */
  pattern: RegExp
}

/** All keys a source names, always with their namespace: `'orders:title'`, `` `orders:queue.${id}` ``. */
export function collectUses(code: string, file: string, namespaces: ReadonlySet<string>): KeyUse[] {
  const prefix = [...namespaces].join('|')
  const found = code.matchAll(
    new RegExp(`(['"\`])((?:${prefix}):(?=[\\w$])[\\w.\\-]*(?:\\$\\{[^}]*\\}[\\w.\\-]*)*)\\1`, 'g'),
  )
  return [...found].map(([, , text = '']) => ({ file, text, pattern: patternOf(text) }))
}

function patternOf(text: string): RegExp {
  const parts = text.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[\\w.\\-]+')}$`)
}

/** Attributes that people read or hear. */
const SPOKEN = new Set([
  'title',
  'label',
  'placeholder',
  'alt',
  'description',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'question',
  'hint',
  'empty-title',
  'empty-hint',
])
/** Names, which no language translates. */
const NAMES = new Set(['Caravel'])

interface Node {
  type: number
  tag?: string
  name?: string
  content?: unknown
  value?: { content: string }
  arg?: { content: string }
  exp?: { content: string }
  children?: Node[]
  props?: Node[]
  branches?: Node[]
  loc: { start: { line: number } }
}

const TEXT = 2
const ATTRIBUTE = 6
const DIRECTIVE = 7

/** Words that stand in a template itself instead of in the locales. */
export function rawTexts(code: string, file: string): string[] {
  const { descriptor } = parse(code, { filename: file })
  const found: string[] = []
  const say = (node: Node, text: string) =>
    found.push(`${file}:${node.loc.start.line}: raw text “${text.trim()}”`)

  function visit(node: Node): void {
    if (node.type === TEXT && isWords(String(node.content))) say(node, String(node.content))
    for (const prop of node.props ?? []) {
      if (prop.type === ATTRIBUTE && SPOKEN.has(prop.name ?? '') && isWords(prop.value?.content ?? ''))
        say(prop, prop.value?.content ?? '')
      if (prop.type === DIRECTIVE && prop.name === 'bind' && SPOKEN.has(prop.arg?.content ?? '')) {
        const literal = /^\s*(['"`])([^'"`$]*)\1\s*$/.exec(prop.exp?.content ?? '')?.[2]
        if (literal && isWords(literal)) say(prop, literal)
      }
    }
    for (const child of node.children ?? []) visit(child)
  }

  if (descriptor.template?.ast) visit(descriptor.template.ast as unknown as Node)
  return found
}

function isWords(text: string): boolean {
  const clean = text.trim()
  return /\p{L}{2,}/u.test(clean) && !NAMES.has(clean)
}
