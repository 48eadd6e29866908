import type { ItemCustoms } from '#core/catalog/product.ts'
import type { Money } from '#core/money/money.ts'

/** Products of the demo workspace. Titles and descriptions are this project's own words; HS codes are of HS 2022. */

interface Article {
  code: string
  /** English, German, French, Japanese. */
  titles: [en: string, de: string, fr: string, ja: string]
  /** What the declaration says: English, Chinese. */
  customs: [en: string, zh: string, hs6: string, grams: number]
  euroCents: number
  colours: number
}

/** Of the price. */
const COST_SHARE = 0.42

/** English, German, French, Japanese. */
const COLOURS: [code: string, ...names: [string, string, string, string]][] = [
  ['BLU', 'blue', 'blau', 'bleu', '青'],
  ['GRN', 'green', 'grün', 'vert', '緑'],
  ['NAT', 'natural', 'natur', 'naturel', 'ナチュラル'],
]

// prettier-ignore
const ARTICLES: Article[] = [
  { code: 'MUG', titles: ['Ceramic mug', 'Keramikbecher', 'Mug en céramique', '陶器のマグカップ'], customs: ['Ceramic mug, stoneware', '陶瓷杯', '691200', 340], euroCents: 1490, colours: 3 },
  { code: 'TEA', titles: ['Porcelain teapot', 'Teekanne aus Porzellan', 'Théière en porcelaine', '磁器の急須'], customs: ['Porcelain teapot', '瓷茶壶', '691110', 620], euroCents: 3890, colours: 2 },
  { code: 'TSH', titles: ['Cotton T-shirt', 'T-Shirt aus Baumwolle', 'T-shirt en coton', '綿のTシャツ'], customs: ['Cotton T-shirt, knitted', '针织棉T恤', '610910', 180], euroCents: 1990, colours: 3 },
  { code: 'SCF', titles: ['Silk scarf', 'Seidentuch', 'Foulard en soie', 'シルクのスカーフ'], customs: ['Silk scarf, woven', '真丝围巾', '621410', 60], euroCents: 4590, colours: 2 },
  { code: 'WSC', titles: ['Wool scarf', 'Wollschal', 'Écharpe en laine', 'ウールのマフラー'], customs: ['Wool scarf, woven', '羊毛围巾', '621420', 190], euroCents: 3490, colours: 3 },
  { code: 'CBL', titles: ['USB-C charging cable 1 m', 'USB-C-Ladekabel 1 m', 'Câble de charge USB-C 1 m', 'USB-C充電ケーブル 1m'], customs: ['USB-C charging cable 1 m', '充电线', '854442', 40], euroCents: 990, colours: 2 },
  { code: 'BAG', titles: ['Folding shopping bag', 'Faltbare Einkaufstasche', 'Sac de courses pliable', '折りたたみ買い物袋'], customs: ['Polyester shopping bag', '涤纶购物袋', '420292', 85], euroCents: 890, colours: 3 },
  { code: 'WAL', titles: ['Leather wallet', 'Geldbörse aus Leder', 'Portefeuille en cuir', '革の財布'], customs: ['Leather wallet', '皮革钱包', '420231', 110], euroCents: 3990, colours: 2 },
  { code: 'NTB', titles: ['Dotted notebook A5', 'Notizbuch A5, gepunktet', 'Carnet pointillé A5', 'ドット方眼ノート A5'], customs: ['Paper notebook A5', '纸质笔记本', '482010', 260], euroCents: 1290, colours: 3 },
  { code: 'PEN', titles: ['Brass ballpoint pen', 'Kugelschreiber aus Messing', 'Stylo à bille en laiton', '真鍮のボールペン'], customs: ['Ballpoint pen, brass', '黄铜圆珠笔', '960810', 35], euroCents: 1790, colours: 1 },
  { code: 'CMB', titles: ['Sandalwood comb', 'Kamm aus Sandelholz', 'Peigne en santal', '白檀の櫛'], customs: ['Wooden comb', '木梳', '961519', 45], euroCents: 1190, colours: 1 },
  { code: 'CHP', titles: ['Bamboo chopsticks, 5 pairs', 'Essstäbchen aus Bambus, 5 Paar', 'Baguettes en bambou, 5 paires', '竹箸 5膳'], customs: ['Bamboo chopsticks, 5 pairs', '竹筷五双', '441912', 120], euroCents: 990, colours: 1 },
  { code: 'FLK', titles: ['Vacuum flask 500 ml', 'Thermosflasche 500 ml', 'Bouteille isotherme 500 ml', '真空断熱ボトル 500ml'], customs: ['Vacuum flask, stainless steel', '不锈钢保温瓶', '961700', 310], euroCents: 2690, colours: 3 },
  { code: 'LMP', titles: ['LED desk lamp', 'LED-Schreibtischlampe', 'Lampe de bureau LED', 'LEDデスクライト'], customs: ['LED desk lamp, USB powered', 'LED台灯', '940521', 540], euroCents: 3290, colours: 2 },
  { code: 'TMB', titles: ['Glass tumbler, set of 2', 'Trinkgläser, 2er-Set', 'Gobelets en verre, lot de 2', 'グラス 2個組'], customs: ['Drinking glasses, set of 2', '玻璃杯两只', '701337', 480], euroCents: 1890, colours: 1 },
  { code: 'PUZ', titles: ['Wooden puzzle, harbour', 'Holzpuzzle Hafen', 'Puzzle en bois, port', '木製パズル 港'], customs: ['Wooden jigsaw puzzle', '木制拼图', '950300', 390], euroCents: 2190, colours: 1 },
  { code: 'UMB', titles: ['Folding umbrella', 'Taschenschirm', 'Parapluie pliant', '折りたたみ傘'], customs: ['Folding umbrella', '折叠雨伞', '660191', 330], euroCents: 2290, colours: 3 },
  { code: 'SUN', titles: ['Sunglasses', 'Sonnenbrille', 'Lunettes de soleil', 'サングラス'], customs: ['Sunglasses, plastic frame', '太阳镜', '900410', 70], euroCents: 2490, colours: 2 },
  { code: 'WCH', titles: ['Quartz wristwatch', 'Quarz-Armbanduhr', 'Montre à quartz', 'クォーツ腕時計'], customs: ['Quartz wristwatch', '石英手表', '910211', 95], euroCents: 5990, colours: 2 },
  { code: 'CSH', titles: ['Cushion cover 45 cm', 'Kissenbezug 45 cm', 'Housse de coussin 45 cm', 'クッションカバー 45cm'], customs: ['Cotton cushion cover, woven', '棉靠垫套', '630492', 160], euroCents: 1690, colours: 3 },
  { code: 'TWL', titles: ['Kitchen towel', 'Geschirrtuch', 'Torchon de cuisine', 'キッチンタオル'], customs: ['Cotton terry kitchen towel', '棉毛巾', '630260', 140], euroCents: 1090, colours: 2 },
  { code: 'CAP', titles: ['Baseball cap', 'Baseballkappe', 'Casquette', 'ベースボールキャップ'], customs: ['Cotton baseball cap', '棉棒球帽', '650500', 90], euroCents: 1790, colours: 3 },
  { code: 'SOX', titles: ['Wool socks', 'Wollsocken', 'Chaussettes en laine', 'ウールソックス'], customs: ['Wool socks, knitted', '羊毛袜', '611594', 80], euroCents: 1390, colours: 3 },
  { code: 'CRD', titles: ['Postcards, set of 12', 'Postkarten, 12er-Set', 'Cartes postales, lot de 12', 'ポストカード 12枚'], customs: ['Printed postcards, set of 12', '明信片', '490900', 90], euroCents: 890, colours: 1 },
  { code: 'KEY', titles: ['Steel key ring', 'Schlüsselring aus Stahl', 'Porte-clés en acier', 'スチールキーリング'], customs: ['Steel key ring', '钢钥匙圈', '732690', 30], euroCents: 690, colours: 1 },
  { code: 'CLK', titles: ['Wall clock 30 cm', 'Wanduhr 30 cm', 'Horloge murale 30 cm', '掛け時計 30cm'], customs: ['Wall clock, battery operated', '挂钟', '910521', 720], euroCents: 3690, colours: 2 },
  { code: 'PLS', titles: ['Plush sea turtle', 'Plüsch-Meeresschildkröte', 'Tortue de mer en peluche', 'ウミガメのぬいぐるみ'], customs: ['Plush toy turtle', '毛绒玩具', '950300', 210], euroCents: 1990, colours: 1 },
  { code: 'SOP', titles: ['Olive soap 100 g', 'Olivenseife 100 g', "Savon à l'huile d'olive 100 g", 'オリーブ石鹸 100g'], customs: ['Toilet soap 100 g', '香皂', '340111', 105], euroCents: 590, colours: 1 },
]

/** The languages of the titles, in their order. */
export const DEMO_LOCALES = ['en', 'de', 'fr', 'ja'] as const

export interface DemoArticle {
  code: string
  titles: Record<string, string>
  euroCents: number
  /** One to buy each; `option` is its colour, null when the article has one alone. */
  variants: { sku: string; titles: Record<string, string>; option: Record<string, string> | null }[]
}

export interface DemoProduct {
  sku: string
  titles: Record<string, string>
  customs: ItemCustoms
  euroCents: number
  /** What it costs the seller; of goods that are not described yet nobody knows. */
  cost: Money | undefined
}

/** The same goods as listings show them: one article, and what can be bought of it. */
export function listDemoArticles(): DemoArticle[] {
  return ARTICLES.map((article) => ({
    code: article.code,
    titles: byLocale(article.titles),
    euroCents: article.euroCents,
    variants: COLOURS.slice(0, article.colours).map(([code, ...names]) => {
      const colour = article.colours > 1 ? ([code, ...names] as const) : null
      const { sku, titles } = makeProduct(article, colour, false)
      return { sku, titles, option: colour === null ? null : byLocale(names) }
    }),
  }))
}

function byLocale(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(DEMO_LOCALES.map((locale, index) => [locale, texts[index] ?? '']))
}

/** Every article in its colours. Each seventh product has no customs facts yet, so that there is work to show. */
export function listDemoProducts(): DemoProduct[] {
  const products: DemoProduct[] = []
  for (const article of ARTICLES) {
    for (const colour of COLOURS.slice(0, article.colours)) {
      products.push(makeProduct(article, article.colours > 1 ? colour : null, products.length % 7 === 5))
    }
  }
  return products
}

function makeProduct(
  article: Article,
  colour: Readonly<(typeof COLOURS)[number]> | null,
  bare: boolean,
): DemoProduct {
  const [en, de, fr, ja] = article.titles
  const name = (title: string, word: string | undefined, join: string) =>
    word ? `${title}${join}${word}` : title
  const [description, descriptionLocal, hs6, grams] = article.customs
  return {
    sku: colour ? `${article.code}-${colour[0]}` : `${article.code}-01`,
    titles: {
      en: name(en, colour?.[1], ', '),
      de: name(de, colour?.[2], ', '),
      fr: name(fr, colour?.[3], ', '),
      ja: name(ja, colour?.[4], ' '),
    },
    customs: {
      description: bare ? '' : description,
      descriptionLocal: bare ? '' : descriptionLocal,
      hs6: bare ? '' : hs6,
      origin: bare ? '' : 'CN',
      unitValue: null,
      unitNetGrams: bare ? null : grams,
    },
    euroCents: article.euroCents,
    cost: bare ? undefined : { minor: Math.round(article.euroCents * COST_SHARE), currency: 'EUR' },
  }
}
