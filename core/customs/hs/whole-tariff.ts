import { issue, type Issue } from '#core/shared/issue.ts'

/** Chapters of the Harmonized System; 77 is kept free, 98 and 99 are a country's own. */
const CHAPTERS = Array.from({ length: 97 }, (_, at) => String(at + 1).padStart(2, '0')).filter(
  (chapter) => chapter !== '77',
)

/** What a tariff that was fetched came to. */
export interface FetchedTariff {
  /** Chapters of the codes that it names; null where it says only what codes cost. */
  chapters: ReadonlySet<string> | null
  /** How many codes or duties, and how many of the same address are in force. */
  counts: readonly { now: number; before: number }[]
}

/**
 * Why what came is not all of a tariff, as when a server gives only so many rows, or ends early and says nothing of it: chapters are missing, or
 * there is less than half of what there was. Null when it may be whole. Issue: `malformed.tariff-incomplete`.
 */
export function whyNotWhole({ chapters, counts }: FetchedTariff): Issue | null {
  const lacksChapters = chapters !== null && CHAPTERS.some((chapter) => !chapters.has(chapter))
  const isShrunken = counts.some(({ now, before }) => now * 2 < before)
  return lacksChapters || isShrunken ? issue('malformed', { reason: 'tariff-incomplete' }) : null
}
