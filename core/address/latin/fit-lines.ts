/** How much of an address a carrier takes. */
export interface LineLimits {
  /** Characters in a line. */
  width: number
  /** Lines for the street and what belongs to it. */
  lines: number
}

export interface FittedLines {
  /** All words, none cut; more or longer than allowed where a finding says so. */
  lines: string[]
  findings: LineFinding[]
}

/** A word that no line has room for, or more lines than the carrier takes. */
export interface LineFinding {
  reason: 'word-too-long' | 'lines-too-many'
  /** The word, or the lines that have no place. */
  text: string
}

/** Puts texts into lines of a width, broken between words only. Nothing is cut: what does not fit is said. */
export function fitLines(texts: readonly string[], { width, lines: most }: LineLimits): FittedLines {
  const lines = texts.flatMap((text) => wrapWords(text, width))
  const findings: LineFinding[] = lines
    .filter((line) => lengthOf(line) > width)
    .map((text) => ({ reason: 'word-too-long', text }))
  if (lines.length > most) findings.push({ reason: 'lines-too-many', text: lines.slice(most).join('\n') })
  return { lines, findings }
}

function wrapWords(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const last = lines.at(-1)
    if (last !== undefined && lengthOf(last) + 1 + lengthOf(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** Characters as a person counts them, not UTF-16 units. */
function lengthOf(text: string): number {
  return Array.from(text.normalize('NFC')).length
}
