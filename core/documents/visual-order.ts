import bidiFactory from 'bidi-js'

/** A part of a line whose characters all run the same way. From right to left it is one word, or one space. */
export interface DirectedPart {
  text: string
  rightToLeft: boolean
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u
const bidi = bidiFactory()

/**
 * The parts of a line from left to right as they stand on paper (Unicode bidirectional algorithm); the first letter with a direction
 * decides that of the line. Brackets that turn around are turned.
 */
export function visualOrder(line: string): DirectedPart[] {
  if (!RIGHT_TO_LEFT.test(line)) return [{ text: line, rightToLeft: false }]
  const embedding = bidi.getEmbeddingLevels(line)
  const mirrored = bidi.getMirroredCharactersMap(line, embedding.levels)
  const order = bidi.getReorderedIndices(line, embedding)
  const parts: DirectedPart[] = []
  let before: number | undefined
  let level: number | undefined
  for (const index of order) {
    const own = embedding.levels[index] ?? 0
    const character = mirrored.get(index) ?? line.charAt(index)
    const rightToLeft = own % 2 === 1
    const last = parts.at(-1)
    // A space ends a word: pdfkit would put two words after each other from the left.
    const goesOn =
      last !== undefined &&
      own === level &&
      index === (before ?? 0) + (rightToLeft ? -1 : 1) &&
      !(rightToLeft && (character === ' ' || last.text === ' '))
    if (!goesOn) parts.push({ text: character, rightToLeft })
    else last.text = rightToLeft ? character + last.text : last.text + character
    ;[before, level] = [index, own]
  }
  return parts
}
