/**
 * Builds resources/fonts/*.ttf, the fonts our documents embed: subsets of six Noto families without the layout
 * features paper never uses. Run before build and tests; does nothing when the files already match the manifest.
 *
 *   tsx scripts/fonts.ts           build what is missing or stale
 *   tsx scripts/fonts.ts --force   build everything and rewrite the manifest
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { create } from 'fontkit'
import subsetFont from 'subset-font'

const OUT_DIR = fileURLToPath(new URL('../resources/fonts/', import.meta.url))
const MANIFEST = join(OUT_DIR, 'manifest.json')
const require = createRequire(import.meta.url)

type Range = readonly [from: number, to: number]

interface Family {
  package: string
  stem: string
  idStem: string
  characters: string
  ranges: readonly Range[]
  /** OpenType features kept. No ligatures: one glyph must always mean the same characters (deterministic PDFs, exact text extraction). */
  features: string[]
}

const SPACE: Range = [0x20, 0x20]

const FAMILIES: readonly Family[] = [
  {
    package: '@expo-google-fonts/noto-sans',
    stem: 'NotoSans',
    idStem: 'sans',
    characters:
      'Latin with all extensions, Greek, Cyrillic, combining marks, punctuation, currency, arrows and operators',
    ranges: [
      [0x20, 0x7e],
      [0xa1, 0xac],
      [0xae, 0x52f],
      [0x1ab0, 0x1aff],
      [0x1c80, 0x1c8f],
      [0x1d00, 0x1fff],
      [0x2010, 0x2027],
      [0x2030, 0x205e],
      [0x2070, 0x218f],
      [0x2190, 0x22ff],
      [0x2c60, 0x2c7f],
      [0x2de0, 0x2e52],
      [0xa640, 0xa69f],
      [0xa720, 0xa7ff],
      [0xab30, 0xab6f],
    ],
    features: ['kern', 'mark', 'mkmk'],
  },
  {
    package: '@expo-google-fonts/noto-sans-sc',
    stem: 'NotoSansSC',
    idStem: 'sc',
    characters:
      'every Han character of U+4E00–9FFF (GB 2312, Big5 and JIS included), kana, bopomofo, CJK punctuation, fullwidth forms',
    ranges: [
      SPACE,
      [0x3001, 0x3007],
      [0x300a, 0x303f],
      [0x3041, 0x3096],
      [0x3099, 0x30ff],
      [0x3105, 0x312f],
      [0x31a0, 0x31bf],
      [0x31f0, 0x31ff],
      [0x3200, 0x33ff],
      [0x4e00, 0x9fff],
      [0xfa0e, 0xfa29],
      [0xff01, 0xff9f],
      [0xffe0, 0xffe6],
    ],
    features: [],
  },
  {
    package: '@expo-google-fonts/noto-sans-kr',
    stem: 'NotoSansKR',
    idStem: 'kr',
    characters: 'all Hangul syllables and compatibility jamo',
    ranges: [SPACE, [0x3131, 0x3163], [0x3165, 0x318e], [0xac00, 0xd7a3]],
    features: [],
  },
  {
    package: '@expo-google-fonts/noto-sans-arabic',
    stem: 'NotoSansArabic',
    idStem: 'arabic',
    characters: 'Arabic with the letters of Persian and Urdu, its figures and marks',
    ranges: [SPACE, [0x60c, 0x61b], [0x61e, 0x6ff], [0x750, 0x77f], [0x200c, 0x200c]],
    // Letters that join are other glyphs than letters alone.
    features: ['ccmp', 'isol', 'init', 'medi', 'fina', 'rlig', 'calt', 'kern', 'mark', 'mkmk'],
  },
  {
    package: '@expo-google-fonts/noto-sans-hebrew',
    stem: 'NotoSansHebrew',
    idStem: 'hebrew',
    characters: 'Hebrew with points',
    ranges: [SPACE, [0x5b0, 0x5f4]],
    features: ['ccmp', 'kern', 'mark', 'mkmk'],
  },
  {
    package: '@expo-google-fonts/noto-sans-thai',
    stem: 'NotoSansThai',
    idStem: 'thai',
    characters: 'Thai',
    ranges: [SPACE, [0xe01, 0xe3a], [0xe3f, 0xe5b]],
    features: ['ccmp', 'kern', 'mark', 'mkmk'],
  },
]

const WEIGHTS = [
  { folder: '400Regular', suffix: 'Regular', idSuffix: '' },
  { folder: '700Bold', suffix: 'Bold', idSuffix: '-bold' },
] as const

interface ManifestEntry {
  file: string
  sourcePackage: string
  sourceVersion: string
  sourceSha256: string
  /** Hash of what this script asks for; another value means the file is stale. */
  recipe: string
  characters: string
  characterCount: number
  bytes: number
  sha256: string
}

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

/** The code points of the family's ranges that the font has, less those that share a glyph with an earlier one. */
function charactersOf(font: ReturnType<typeof create>, ranges: readonly Range[]): string {
  const taken = new Set<number>()
  const chosen: string[] = []
  for (const [from, to] of ranges) {
    for (let code = from; code <= to; code++) {
      if (!font.hasGlyphForCodePoint(code)) continue
      const glyph = font.glyphForCodePoint(code).id
      if (taken.has(glyph)) continue
      taken.add(glyph)
      chosen.push(String.fromCodePoint(code))
    }
  }
  return chosen.join('')
}

function readManifest(): ManifestEntry[] {
  if (!existsSync(MANIFEST)) return []
  return (JSON.parse(readFileSync(MANIFEST, 'utf8')) as { fonts: ManifestEntry[] }).fonts
}

function isUpToDate(entry: ManifestEntry | undefined, recipe: string, version: string): boolean {
  if (entry === undefined || entry.recipe !== recipe || entry.sourceVersion !== version) return false
  const path = join(OUT_DIR, entry.file)
  return existsSync(path) && sha256(readFileSync(path)) === entry.sha256
}

async function buildFont(
  family: Family,
  weight: (typeof WEIGHTS)[number],
  known: ManifestEntry[],
  force: boolean,
): Promise<ManifestEntry> {
  const packageJson = require.resolve(`${family.package}/package.json`)
  const version = (JSON.parse(readFileSync(packageJson, 'utf8')) as { version: string }).version
  const file = `${family.idStem}${weight.idSuffix}.ttf`
  const recipe = sha256(JSON.stringify([family.ranges, family.features, 'no-hinting', 1])).slice(0, 16)
  const entry = known.find((candidate) => candidate.file === file)
  if (!force && entry !== undefined && isUpToDate(entry, recipe, version)) return entry

  const source = readFileSync(
    join(dirname(packageJson), weight.folder, `${family.stem}_${weight.folder}.ttf`),
  )
  const characters = charactersOf(create(source), family.ranges)
  const result = await subsetFont(source, characters, {
    targetFormat: 'truetype',
    keepFeatures: family.features,
    noHinting: true,
    // Vertical metrics and signatures are never read by a PDF.
    dropTables: ['vhea', 'vmtx', 'VORG', 'BASE', 'DSIG', 'STAT'],
  })
  writeFileSync(join(OUT_DIR, file), result)
  console.log(`fonts: built ${file} (${(result.length / 1e6).toFixed(2)} MB)`)
  return {
    file,
    sourcePackage: family.package,
    sourceVersion: version,
    sourceSha256: sha256(source),
    recipe,
    characters: family.characters,
    characterCount: Array.from(characters).length,
    bytes: result.length,
    sha256: sha256(result),
  }
}

async function main(): Promise<void> {
  const force = process.argv.includes('--force')
  mkdirSync(OUT_DIR, { recursive: true })
  const known = readManifest()
  const fonts: ManifestEntry[] = []
  for (const family of FAMILIES) {
    for (const weight of WEIGHTS) fonts.push(await buildFont(family, weight, known, force))
  }
  const text = JSON.stringify({ licence: 'OFL-1.1', builtBy: 'scripts/fonts.ts', fonts }, null, 2) + '\n'
  if (!existsSync(MANIFEST) || readFileSync(MANIFEST, 'utf8') !== text) writeFileSync(MANIFEST, text)
}

await main()
