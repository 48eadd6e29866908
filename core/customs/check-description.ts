import { isLatin } from '#core/address/is-latin.ts'
import { foldText } from '#core/shared/fold-text.ts'

/**
 * Words that alone say nothing to customs, folded, singular. Own short list in the spirit of the EU ICS2
 * guidance on acceptable goods descriptions; English and French.
 */
const EMPTY_WORDS = new Set(
  `accessory apparel appliance article assorted cap cargo chemical clothes clothing computer different electronic
   electrical equipment food foodstuff garment gift good home household item leather machinery material merchandise
   metal misc miscellaneous new other package parcel part personal pipe plastic present product sample set spare stuff
   textile thing tool toy various
   accessoire appareil article cadeau cadeaux colis divers echantillon electronique habit jouet machine marchandise
   objet outil piece produit textile vetement effect effet personnel rechange autre
   and or of for the a de du des et ou le la les`.split(/\s+/),
)

/** The same in Chinese; a description that is made of these and nothing else says nothing. */
const EMPTY_CHINESE = [
  '礼品|礼物|赠品|样品|样本|商品|货品|货物|产品|物品|用品|日用品|生活用品|百货|日用百货|杂货|杂物|配件|附件|零件|部件',
  '饰品|装饰品|工艺品|衣服|服装|服饰|衣物|玩具|工具|电子|电器|设备|机器|材料|塑料制品|金属制品|皮革制品|纺织品',
  '食品|化工品|包裹|其他|其它|个人|家用|新|旧|的|和|与|及|等|一批|若干|各种|各类',
].join('|')
const ONLY_EMPTY_CHINESE = new RegExp(`^(?:${EMPTY_CHINESE})+$`, 'u')

/** True when words in the sender's language are there and say nothing. Numbers and marks do not count. */
export function isVagueLocal(description: string): boolean {
  const words = description.normalize('NFKC').replace(/[^\p{L}]/gu, '')
  if (words === '') return false
  return /\p{Script=Han}/u.test(words)
    ? ONLY_EMPTY_CHINESE.test(words)
    : checkDescription(description) === 'description-vague'
}

export type DescriptionReason =
  'description-missing' | 'description-not-latin' | 'description-no-words' | 'description-vague'

/**
 * What is wrong with a goods description; null when nothing is. A stop word is refused only when nothing else
 * is said: `gift`, `spare parts` and `Gift – accessories` are, `car seat accessories` is not.
 */
export function checkDescription(description: string): DescriptionReason | null {
  const text = description.trim()
  if (text === '') return 'description-missing'
  if (!isLatin(text)) return 'description-not-latin'
  const words = foldText(text).match(/[a-z]+/g) ?? []
  if (words.join('').length < 3) return 'description-no-words'
  return words.every(isEmptyWord) ? 'description-vague' : null
}

function isEmptyWord(word: string): boolean {
  if (EMPTY_WORDS.has(word)) return true
  const singular = word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.replace(/s$/, '')
  return EMPTY_WORDS.has(singular)
}
