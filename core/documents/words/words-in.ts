import { DE } from '#core/documents/words/de.ts'
import { EN } from '#core/documents/words/en.ts'
import { ES } from '#core/documents/words/es.ts'
import { FR } from '#core/documents/words/fr.ts'
import { ZH } from '#core/documents/words/zh.ts'
import type { FlowWords, PaperLanguage } from '#core/documents/words/flow-words.ts'

const WORDS: Readonly<Record<PaperLanguage, FlowWords>> = { en: EN, fr: FR, zh: ZH, de: DE, es: ES }

/** The words of papers in a language. */
export function wordsIn(language: PaperLanguage): FlowWords {
  return WORDS[language]
}
