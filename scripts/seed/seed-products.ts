import type { Product } from '#core/catalog/product.ts'
import { makeId } from '#core/shared/ids.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'

/** Kinds of goods: English, German, Japanese, Chinese, HS code of HS 2022, grams, euro cents. */
type Kind = [en: string, de: string, ja: string, zh: string, hs6: string, grams: number, cents: number]
type Word = [en: string, de: string, ja: string, zh: string]

// prettier-ignore
const KINDS: Kind[] = [
  ['mug', 'Becher', 'マグカップ', '马克杯', '691200', 340, 1490], ['teapot', 'Teekanne', '急須', '茶壶', '691110', 620, 3890],
  ['T-shirt', 'T-Shirt', 'Tシャツ', 'T恤', '610910', 180, 1990], ['scarf', 'Tuch', 'スカーフ', '围巾', '621410', 60, 4590],
  ['charging cable', 'Ladekabel', '充電ケーブル', '充电线', '854442', 40, 990], ['shopping bag', 'Einkaufstasche', '買い物袋', '购物袋', '420292', 85, 890],
  ['wallet', 'Geldbörse', '財布', '钱包', '420231', 110, 3990], ['notebook', 'Notizbuch', 'ノート', '笔记本', '482010', 260, 1290],
  ['pen', 'Kugelschreiber', 'ボールペン', '圆珠笔', '960810', 35, 1790], ['comb', 'Kamm', '櫛', '梳子', '961519', 45, 1190],
  ['flask', 'Flasche', 'ボトル', '保温瓶', '961700', 310, 2690], ['desk lamp', 'Schreibtischlampe', 'デスクライト', '台灯', '940521', 540, 3290],
  ['puzzle', 'Puzzle', 'パズル', '拼图', '950300', 390, 2190], ['umbrella', 'Schirm', '傘', '雨伞', '660191', 330, 2290],
  ['sunglasses', 'Sonnenbrille', 'サングラス', '太阳镜', '900410', 70, 2490], ['wristwatch', 'Armbanduhr', '腕時計', '手表', '910211', 95, 5990],
  ['cushion cover', 'Kissenbezug', 'クッションカバー', '靠垫套', '630492', 160, 1690], ['cap', 'Kappe', 'キャップ', '棒球帽', '650500', 90, 1790],
  ['wall clock', 'Wanduhr', '掛け時計', '挂钟', '910521', 720, 3690], ['soap', 'Seife', '石鹸', '香皂', '340111', 105, 590],
]
// prettier-ignore
const LOOKS: Word[] = [
  ['blue', 'blau', '青', '蓝色'], ['green', 'grün', '緑', '绿色'], ['natural', 'natur', 'ナチュラル', '原色'], ['striped', 'gestreift', '縞', '条纹'],
  ['folding', 'faltbar', '折りたたみ', '折叠'], ['small', 'klein', '小', '小号'], ['large', 'groß', '大', '大号'], ['engraved', 'graviert', '刻印', '刻字'],
]
// prettier-ignore
const LINES: Word[] = [
  ['Harbour', 'Hafen', '港', '港湾'], ['Meadow', 'Wiese', '草原', '草地'], ['Winter', 'Winter', '冬', '冬日'], ['Atelier', 'Atelier', 'アトリエ', '工坊'],
  ['Lantern', 'Laterne', '提灯', '灯笼'], ['Pebble', 'Kiesel', '小石', '卵石'], ['Orchard', 'Obstgarten', '果樹園', '果园'],
]

export const SEED_LOCALES = ['en', 'de', 'ja', 'zh'] as const
export type SeedLocale = (typeof SEED_LOCALES)[number]

export interface SeedProduct extends Product {
  titles: Record<SeedLocale, string>
  /** What buyers pay for one, in euro cents. */
  euroCents: number
}

/** The n-th product, whatever was asked before: orders name products that nobody has to remember. */
export function seedProduct(n: number, createdAt: number): SeedProduct {
  const rng = seededRng(0x5eed + n * 2654435761)
  const kind = KINDS[n % KINDS.length] as Kind
  const look = LOOKS[Math.floor(n / KINDS.length) % LOOKS.length] as Word
  const line = LINES[Math.floor(n / KINDS.length / LOOKS.length) % LINES.length] as Word
  const model = String(100 + n)
  const [en, , , , hs6, grams, cents] = kind
  const euroCents = Math.round(cents * (0.6 + rng() * 1.2))
  const known = rng() > 0.02
  return {
    id: makeId<'product'>(createdAt + n, rng),
    sku: `${en.slice(0, 3).toUpperCase()}-${(look[0] ?? '').slice(0, 2).toUpperCase()}-${model}`,
    titles: {
      ...{ en: `${line[0]} ${look[0]} ${en} ${model}`, de: `${kind[1]} ${line[1]}, ${look[1]} ${model}` },
      ...{ ja: `${line[2]} ${look[2]}${kind[2]} ${model}`, zh: `${line[3]}${look[3]}${kind[3]} ${model}` },
    },
    customs: {
      ...{ description: `${look[0]} ${en}`, descriptionLocal: kind[3], unitValue: null },
      ...{ hs6: known ? hs6 : '', origin: known ? 'CN' : '', unitNetGrams: known ? grams : null },
    },
    ...(rng() < 0.7 ? { barcodes: [ean13(n)] } : {}),
    ...(rng() < 0.9
      ? { cost: { minor: Math.round(euroCents * (0.25 + rng() * 0.3)), currency: 'EUR' } }
      : {}),
    updatedAt: createdAt + n,
    euroCents,
  }
}

/** Of the range that is kept for use within a shop (prefix 20), with its check digit. */
function ean13(n: number): string {
  const body = `20${String(n).padStart(10, '0')}`
  const sum = Array.from(body).reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}
