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
