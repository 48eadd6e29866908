import ts from 'typescript'

/** Which reasons of issues and findings a source can produce; each needs a text (`issues:reason.<reason>`). */

const KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/
/** Lists and types that end like reasons but name something else; their texts are looked up elsewhere. */
const OTHER_LISTS = new Set(['BLOCKED_REASONS'])
/** Findings whose texts stand under a prefix of their own. */
const PREFIXES: readonly [file: RegExp, prefix: string][] = [
  [/core\/address\/check-address\.ts$/, 'address-'],
]
/** Words beside the cause, in a field that happens to have the same name. */
const NOT_SHOWN: readonly RegExp[] = [/core\/customs\/choose-form\.ts$/]

export interface ReasonUse {
  file: string
  reason: string
}

/** Functions by name with the place of their parameter `reason`, over all sources. */
export type ReasonParameters = ReadonlyMap<string, number>

/** Finds functions that take a reason: `customsError(id, field, reason)`. */
export function findReasonParameters(code: string, file: string): Map<string, number> {
  const found = new Map<string, number>()
  const note = (name: string | undefined, parameters: ts.NodeArray<ts.ParameterDeclaration>): void => {
    const at = parameters.findIndex(({ name: parameter }) => parameter.getText() === 'reason')
    if (name !== undefined && at >= 0) found.set(name, at)
  }
  walk(sourceOf(code, file), (node) => {
    if (ts.isFunctionDeclaration(node)) note(node.name?.text, node.parameters)
    if (ts.isVariableDeclaration(node) && node.initializer && ts.isArrowFunction(node.initializer))
      note(node.name.getText(), node.initializer.parameters)
  })
  return found
}

/** `reason: 'x'`, `refuse('x')`, `type HsReason = 'x' | …`, `const REASONS = {…: 'x'}`; by literals, without running it. */
export function collectReasons(code: string, file: string, shared: ReasonParameters): ReasonUse[] {
  if (NOT_SHOWN.some((place) => place.test(file))) return []
  const parameters = new Map([...shared, ...findReasonParameters(code, file)])
  const prefix = PREFIXES.find(([place]) => place.test(file))?.[1] ?? ''
  const found = new Set<string>()
  const take = (node: ts.Node | undefined): void => {
    for (const text of node === undefined ? [] : literalsOf(node))
      if (KEY.test(text)) found.add(prefix + text)
  }
  walk(sourceOf(code, file), (node) => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'reason') take(node.initializer)
    if (ts.isPropertySignature(node) && node.name.getText() === 'reason') take(node.type)
    if (ts.isTypeAliasDeclaration(node) && node.name.text.endsWith('Reason')) take(node.type)
    if (ts.isVariableDeclaration(node) && isReasonName(node.name.getText())) take(node.initializer)
    if (ts.isCallExpression(node)) take(node.arguments[parameters.get(node.expression.getText()) ?? -1])
  })
  return [...found].map((reason) => ({ file, reason }))
}

function isReasonName(name: string): boolean {
  return name === 'reason' || (/(^|_)REASONS$/.test(name) && !OTHER_LISTS.has(name))
}

/** Texts a value can be: of both branches, of every entry; not of what it is compared with. */
function literalsOf(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isLiteralTypeNode(node)) return literalsOf(node.literal)
  if (ts.isUnionTypeNode(node)) return node.types.flatMap(literalsOf)
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(literalsOf)
  if (ts.isBinaryExpression(node) && isFallback(node.operatorToken.kind))
    return [node.left, node.right].flatMap(literalsOf)
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(literalsOf)
  if (ts.isNewExpression(node)) return (node.arguments ?? []).flatMap(literalsOf)
  if (ts.isObjectLiteralExpression(node))
    return node.properties.flatMap((each) =>
      ts.isPropertyAssignment(each) ? literalsOf(each.initializer) : [],
    )
  if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node) || ts.isSatisfiesExpression(node))
    return literalsOf(node.expression)
  return []
}

function isFallback(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken
}

function sourceOf(code: string, file: string): ts.SourceFile {
  return ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true)
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}
