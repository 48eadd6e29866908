import type { RuleSource } from '#core/customs/rules/rule.ts'
import { foldText } from '#core/shared/fold-text.ts'

/** Until what value and weight a post takes a CN 22, from a day on; `country` `*` is for posts without a row of their own. */
export interface FormLimit {
  operator: string
  country: string
  /** ISO days, inclusive. */
  from: string
  until: string | null
  /** Decimal text in units of `unit`, a currency or `XDR`. */
  amount: string
  unit: string
  grams: number
  /** Other weights by destination. */
  gramsTo: readonly { country: string; grams: number }[]
  source: string
}

/** Goods that posts or destinations turn back, by the words that they are sold under. A hint for a person: nothing is decided by it. */
interface WatchedWords {
  id: string
  /** Nobody takes it; otherwise it needs papers, or depends on the destination. */
  prohibited: boolean
  /** ISO 3166-1 alpha-2; none: wherever it goes. */
  where: readonly string[]
  /** English and Chinese, folded, with bars between. */
  words: string
  /** Words with which it is something else. */
  unless: string
  source: string
}

/** Where a row can be looked up, with the day on which the address was last found named. */
interface CheckedSource extends RuleSource {
  /** ISO day. */
  checkedOn: string
}

/** `resources/parcel-checks.json`: our own short lists, dated, each row with where it can be looked up. */
export interface ParcelChecksFile {
  /** ISO day. */
  edition: string
  sources: Readonly<Record<string, CheckedSource>>
  forms: readonly FormLimit[]
  goods: readonly WatchedWords[]
}

export interface WatchedGoods extends Omit<WatchedWords, 'words' | 'unless'> {
  words: RegExp
  unless: RegExp | null
}

/** The lists made ready to be asked. */
export interface ParcelChecks {
  sources: ParcelChecksFile['sources']
  forms: readonly FormLimit[]
  goods: readonly WatchedGoods[]
}

export function prepareChecks({ sources, forms, goods }: ParcelChecksFile): ParcelChecks {
  return {
    ...{ sources, forms },
    goods: goods.map((row) => ({
      ...row,
      words: anyOf(row.words),
      unless: row.unless === '' ? null : anyOf(row.unless, 'g'),
    })),
  }
}

/** The rows whose words are in these texts. Words that make it something else do not count, the others around them do. */
export function findWatched(
  texts: readonly string[],
  destination: string,
  goods: readonly WatchedGoods[],
): WatchedGoods[] {
  const said = texts.map((text) => foldText(text).replace(/[^\p{L}\p{N}]+/gu, ' ')).join(' | ')
  return goods.filter(({ where, words, unless }) => {
    if (where.length > 0 && !where.includes(destination)) return false
    return words.test(unless === null ? said : said.replace(unless, ' '))
  })
}

/** Latin words as wholes, with a plural; Chinese ones anywhere, for it is written without blanks. */
function anyOf(words: string, flags = ''): RegExp {
  const each = words
    .split('|')
    .map((word) => (/[a-z]/.test(word) ? `(?<![a-z])${word}(?:s|es)?(?![a-z])` : word))
  return new RegExp(each.join('|'), `u${flags}`)
}
