import { FALLBACK, type FontId, type FontMetrics, type FontWeight } from '#core/documents/font-metrics.ts'
import { visualOrder } from '#core/documents/visual-order.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** Neighbouring characters of one font, of one direction; `unitWidth` is the width in mm at 1 pt. */
export interface TextRun {
  font: FontId
  text: string
  unitWidth: number
}

/** All but the sign that keeps two Arabic letters from joining, where it stands between such. */
const INVISIBLE = /(?!(?<=\p{Script=Arabic})\u200c(?=\p{Script=Arabic}))[\p{Cf}\p{Cc}\u{fe00}-\u{fe0f}]/gu
const COMBINING = /^[\p{M}\u200c]$/u

/** Thai AM after a tone is drawn as a circle below the tone and the rest after it. */
const THAI_AM = /([\u0e48-\u0e4b])\u0e33/g
/** A doubled Arabic letter carries its vowel over the sign of doubling. */
const ARABIC_VOWEL_FIRST = /([\u064b-\u0650\u0652])\u0651/g

/**
 * Text as it goes on paper: composed (NFC), every kind of white space one plain space, no invisible characters, marks in the order
 * in which they are stacked, and the no-break hyphen as a plain one (they look the same, and fonts disagree about having it).
 */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(/\u2011/g, '-')
    .replace(THAI_AM, '\u0e4d$1\u0e32')
    .replace(ARABIC_VOWEL_FIRST, '\u0651$1')
    .trim()
}

function fontFor(
  metrics: FontMetrics,
  weight: FontWeight,
  character: string,
  current: FontId | undefined,
): FontId | undefined {
  const codePoint = character.codePointAt(0) ?? 0
  const staysWithNeighbour = character === ' ' || COMBINING.test(character)
  if (staysWithNeighbour && current !== undefined && metrics.has(current, codePoint)) return current
  return FALLBACK[weight].find((font) => metrics.has(font, codePoint))
}

/** Splits text of one direction by fonts; what no font has is added to `missing`. */
function fontRuns(metrics: FontMetrics, text: string, weight: FontWeight, missing: Set<string>): TextRun[] {
  const runs: TextRun[] = []
  for (const character of text) {
    const last = runs.at(-1)
    const font = fontFor(metrics, weight, character, last?.font)
    if (font === undefined) missing.add(character)
    else if (last?.font === font) last.text += character
    else runs.push({ font, text: character, unitWidth: 0 })
  }
  return runs
}

/** Signs between words from right to left: only fonts of such scripts turn their characters themselves. */
function turnSigns(run: TextRun): TextRun {
  return /^(arabic|hebrew)/.test(run.font) ? run : { ...run, text: Array.from(run.text).reverse().join('') }
}

/** Papers say the same words over and over, and a text is tried at several sizes. */
const MAX_KNOWN = 5000
type Runs = Result<readonly TextRun[], string[]>
const known = new WeakMap<FontMetrics, Map<string, Runs>>()

/**
 * Splits a line into runs by the fonts that have its characters, in the order in which they stand on paper. Fails with the characters
 * no font has.
 */
export function splitRuns(metrics: FontMetrics, text: string, weight: FontWeight): Runs {
  let runs = known.get(metrics)
  if (runs === undefined || runs.size >= MAX_KNOWN) known.set(metrics, (runs = new Map<string, Runs>()))
  const key = `${weight}|${text}`
  let answer = runs.get(key)
  if (answer === undefined) runs.set(key, (answer = findRuns(metrics, text, weight)))
  return answer
}

function findRuns(metrics: FontMetrics, text: string, weight: FontWeight): Runs {
  const missing = new Set<string>()
  const runs = visualOrder(text).flatMap((part) => {
    const found = fontRuns(metrics, part.text, weight, missing)
    return part.rightToLeft ? found.map(turnSigns).reverse() : found
  })
  if (missing.size > 0) return err([...missing])
  for (const run of runs) run.unitWidth = metrics.width(run.font, run.text, 1)
  return ok(runs)
}

/** Width in mm at 1 pt. */
export function runsWidth(runs: readonly TextRun[]): number {
  return runs.reduce((sum, run) => sum + run.unitWidth, 0)
}

/** Whether every character can be printed. */
export function isPrintable(metrics: FontMetrics, text: string, weight: FontWeight): boolean {
  return splitRuns(metrics, cleanText(text), weight).ok
}

/** The issue for characters no font has; `remoteMessage` names them, e.g. `U+1F338 🌸`. */
export function glyphMissing(field: string, characters: readonly string[]): Issue {
  const names = characters.map((character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    return `U+${code} ${character}`
  })
  return issue('invalid-input', { reason: 'glyph-missing', field, remoteMessage: names.join(', ') })
}
