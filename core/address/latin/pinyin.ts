import { pinyin } from 'pinyin-pro'

/** Surnames of two characters, simplified and traditional; all others are of one. */
const LONG_SURNAMES = new Set(
  (
    '欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 司徒 令狐 夏侯 轩辕 軒轅 ' +
    '长孙 長孫 宇文 端木 南宫 南宮 独孤 獨孤 司空 钟离 鍾離 闻人 聞人 东郭 東郭 百里 呼延 申屠 淳于 单于 單于 濮阳 濮陽 西门 西門'
  ).split(' '),
)

/** Surnames with a reading of their own; the dictionary has only their simplified form. */
const SIMPLIFIED: Readonly<Record<string, string>> = {
  單: '单',
  區: '区',
  樂: '乐',
  蓋: '盖',
  繆: '缪',
  種: '种',
}

/** Characters that end the name of a place and are a word of their own: province, town, district, road, number, floor, room… */
const PLACE_ENDS = /[省市区區县縣镇鎮乡鄉村路街道巷弄号號楼樓室栋棟层層座]/

/** A Chinese name the way passports have it: surname first, capitals, the given name in one word, LYU for ü. */
export function romaniseChineseName(han: string): string {
  const characters = Array.from(han)
  const [surname = ''] = characters
  const syllables = readAloud((SIMPLIFIED[surname] ?? surname) + characters.slice(1).join(''), true)
  const split = characters.length > 2 && LONG_SURNAMES.has(characters.slice(0, 2).join('')) ? 2 : 1
  return [syllables.slice(0, split), syllables.slice(split)]
    .map((part) => part.join('').toUpperCase())
    .filter((part) => part !== '')
    .join(' ')
}

/** Chinese words of an address, a word for each place and for what kind of place it is. */
export function romaniseChinesePlace(han: string): string {
  const syllables = readAloud(han, false)
  const words: string[] = []
  let open = ''
  Array.from(han).forEach((character, i) => {
    const syllable = syllables[i] ?? ''
    if (PLACE_ENDS.test(character)) {
      words.push(open, syllable)
      open = ''
    } else open += open !== '' && /^[aeo]/.test(syllable) ? `'${syllable}` : syllable
  })
  return [...words, open]
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}

/** One syllable for each character, without tones. Surnames are read as such only in names: elsewhere it would be wrong. */
function readAloud(han: string, name: boolean): string[] {
  const options = { toneType: 'none', type: 'array', v: true } as const
  return pinyin(han, name ? { ...options, surname: 'head' } : options).map((each) =>
    each.replaceAll('v', 'yu'),
  )
}
