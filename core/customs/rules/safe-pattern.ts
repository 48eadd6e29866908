/** A pattern that came with a file, known to answer at once. */
export type SafePattern = RegExp & { readonly safe: unique symbol }

const MOST_CHARACTERS = 200
/** Ways through a pattern; a text is looked at that many times at most. */
const MOST_WAYS = 5_000
const MOST_REPEATS = 60
/** Literals, `\.` and the like, classes of characters, groups, `|`, `?`, `{n}`, `{n,m}`: nothing that repeats without end. */
const TOKEN =
  /(?<literal>[\p{L}\p{N} /&@#_-])|(?<escape>\\[.\-/()d])|(?<set>\[[\p{L}\p{N} /&.-]+\])|(?<open>\()|(?<close>\))|(?<bar>\|)|(?<times>\?|\{\d{1,2}(?:,\d{1,2})?\})/uy

/**
 * The pattern, or null when it uses more than numbers of authorities need. Such a file may be hostile, and a pattern like `(a+)+$` keeps a
 * machine busy for years. Allowed is a small part of the language, anchored at both ends.
 */
export function readSafePattern(text: unknown): SafePattern | null {
  if (typeof text !== 'string' || text.length > MOST_CHARACTERS) return null
  if (!text.startsWith('^') || !text.endsWith('$') || !isSmall(text.slice(1, -1))) return null
  try {
    return new RegExp(text, 'u') as SafePattern
  } catch {
    return null
  }
}

function isSmall(body: string): boolean {
  let ways = 1
  let before = ''
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < body.length) {
    const kind = nextToken(body)
    if (kind === null) return false
    const [name, text] = kind
    if (name === 'bar') ways *= 2
    if (name === 'times') {
      if (before === '' || before === 'times' || before === 'bar' || before === 'open') return false
      const choices = choicesOf(text)
      // What is repeated is one character: a group may be there or not, no more.
      if (choices === null || (before === 'close' && text !== '?')) return false
      ways *= choices
    }
    if (ways > MOST_WAYS) return false
    before = name
  }
  return true
}

function nextToken(body: string): [name: string, text: string] | null {
  const groups = TOKEN.exec(body)?.groups
  const found = Object.entries(groups ?? {}).find(([, text]) => text !== undefined)
  return found ?? null
}

/** How many lengths a repetition allows. */
function choicesOf(times: string): number | null {
  if (times === '?') return 2
  const [least = 0, most = least] = times.slice(1, -1).split(',').map(Number)
  return most < least || most > MOST_REPEATS ? null : most - least + 1
}
