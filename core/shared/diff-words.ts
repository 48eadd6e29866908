/** A run of text that is in both, only in the first (`gone`) or only in the second (`new`). */
export interface TextRun {
  kind: 'same' | 'gone' | 'new'
  text: string
}

/** Above this product of pieces a comparison by pieces is not worth its time: the whole middle counts as changed. */
const MOST_CELLS = 1_000_000

/**
 * What became of a text, by words; scripts that write no blanks between words, by characters. Concatenated, `same` and `gone`
 * are the first text, `same` and `new` the second.
 */
export function diffWords(from: string, to: string): TextRun[] {
  const a = piecesOf(from)
  const b = piecesOf(to)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end++
  return join([
    ...a.slice(0, start).map((text): TextRun => ({ kind: 'same', text })),
    ...diffPieces(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map((text): TextRun => ({ kind: 'same', text })),
  ])
}

function piecesOf(text: string): string[] {
  return (
    text.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+|\s+|[^]/gu,
    ) ?? []
  )
}

/** Longest common subsequence of the pieces. */
function diffPieces(a: readonly string[], b: readonly string[]): TextRun[] {
  if (a.length * b.length > MOST_CELLS)
    return [
      { kind: 'gone', text: a.join('') },
      { kind: 'new', text: b.join('') },
    ]
  const width = b.length + 1
  const longest = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const runs: TextRun[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      runs.push({ kind: 'same', text: a[i++] ?? '' })
      j++
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1)))
      runs.push({ kind: 'gone', text: a[i++] ?? '' })
    else runs.push({ kind: 'new', text: b[j++] ?? '' })
  }
  return runs
}

function join(runs: readonly TextRun[]): TextRun[] {
  const joined: TextRun[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    if (run.text === '') continue
    if (last?.kind === run.kind) last.text += run.text
    else joined.push({ ...run })
  }
  return joined
}
